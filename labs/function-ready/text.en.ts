import { hints, say } from '../wording/wording.ts';

/** What the check of a lab's functions says. @param lab its number @param name the function that a student makes first */
export const ready = (lab: number, name: string) => ({
  title: 'The function is Active on a supported runtime',
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
  notActive: (state: string) =>
    say(
      `The function is in the state \`${state}\`. Lambda calls a function only when it is \`Active\`.`,
      'Deploy again, and wait for `Active` before you grade.',
    ),
  updateFailed: say(
    "The function's last update ended as `Failed`, so the older code or configuration still runs.",
    'Mend what the reason names, and deploy again.',
  ),
  runtime: (runtime: string) =>
    say(
      `The function runs on \`${runtime}\`. This lab needs a Node.js runtime that AWS still supports.`,
      'Set the runtime to `nodejs24.x` and deploy again.',
    ),
});

export type Ready = ReturnType<typeof ready>;
