import { hints, say } from '../wording/wording.ts';
import { states } from './states.en.ts';

/** What the check of a lab's functions says. @param lab its number @param name the function that a student makes first */
export const ready = (lab: number, name: string) => ({
  title: states.title,
  hints: hints(
    'A function exists once a deployment has made it. Has yours run to its end?',
    `The starter deploys as it is. Run \`npm run deploy ${lab}\` and read its lines.`,
    `Run \`npm run deploy ${lab}\`. If you deploy by hand: the name is \`${name}\`, the runtime \`nodejs24.x\`.`,
  ),
  missing: (missing: string) =>
    say(
      `There is no function named \`${missing}\` in this region.`,
      `Run \`npm run deploy ${lab}\`, then grade again.`,
    ),
  notActive: (state: string) => states.notActive(state, ''),
  updateFailed: states.updateFailed(''),
  runtime: states.runtime,
});

export type Ready = ReturnType<typeof ready>;
