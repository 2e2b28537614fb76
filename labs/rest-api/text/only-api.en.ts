import { say } from '../../wording/wording.ts';

/** What is said of an API that is not there once, or has no stage. @param lab its number */
export const onlyApi = (lab: number) => ({
  missing: (name: string) =>
    say(
      `There is no REST API named \`${name}\` in this region.`,
      `Run \`npm run deploy ${lab}\`. An HTTP API is another kind and does not count here.`,
    ),
  several: (name: string, count: number) =>
    say(
      `There are ${count} REST APIs named \`${name}\`. A name is no key: each creation makes another, and nobody knows which one clients use.`,
      'Delete those that you do not need, and look for the API before you create one.',
    ),
  noStage: (stage: string) =>
    say(
      `The API has no stage \`${stage}\`, so no client can reach it: the stage is the first part of every path.`,
      `Create a deployment with the stage name \`${stage}\`.`,
    ),
});

export type OnlyApi = ReturnType<typeof onlyApi>;
