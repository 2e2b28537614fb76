import { hints, say } from '../../wording/wording.ts';

/** What the checks of releases and the way back say. */
export const releasing = {
  promotion: {
    title: 'The second release is promoted on prod',
    hints: hints(
      'A canary is a trial. How does it end well?',
      'Two things of the canary become the stage’s own: its deployment and its variables. Then the canary goes.',
      'UpdateStage: `copy` from `/canarySettings/deploymentId` to `/deploymentId` and from `/canarySettings/stageVariableOverrides` to `/variables`, then `remove` `/canarySettings`.',
    ),
    canaryLeft: (percent: number) =>
      say(
        `The stage \`prod\` still has a canary, which gets ${percent} % of the requests. The release is neither out nor taken back.`,
        'Promote it, and remove `/canarySettings`.',
      ),
    oldDeployment: (deployment: string, route: string) =>
      say(
        `The stage \`prod\` shows the deployment \`${deployment}\`, which has no \`${route}\`: the second release is not out.`,
        'Point `prod` at the deployment of the second release.',
      ),
    oldAlias: (alias: string) =>
      say(
        `The stage \`prod\` has the new deployment and still calls \`${alias}\`. A deployment holds no variables: only one half of the release was promoted.`,
        'Copy the variables of the canary, too: from `/canarySettings/stageVariableOverrides` to `/variables`. Delete the lines of `CHANGELOG.md` from the canary on, and `deploy.ts` does both again.',
      ),
  },

  together: {
    title: '/v1 and /v2 live together, and old clients notice nothing',
    hints: hints(
      'A client of /v1 was written a year ago. What does it do with an object where it knows a number?',
      'The new shape has a path of its own. The old path answers as it always has, also by the new code.',
      '`/v1/quote` answers `{ item, total: 3600 }`, `/v2/quote` answers `{ item, total: { amount: 3600, currency: "KRW" } }`.',
    ),
    v1Gone: (stage: string) =>
      say(
        `The stage \`${stage}\` does not know \`GET /v1/quote\` any more. Its clients get 403 from one day to the next.`,
        'Keep the resource and its method, also in the deployments of later releases.',
      ),
    v1Changed: (stage: string) =>
      say(
        `The total of \`GET /v1/quote\` on \`${stage}\` has become an object. Clients that calculate with a number break: it is a breaking change under an old path.`,
        'Let `/v1/quote` answer as in the first release, and show the new shape under `/v2/quote`.',
      ),
    v1Text: (stage: string) =>
      say(
        `The total of \`GET /v1/quote\` on \`${stage}\` has become text. It looks the same, and a client that adds to it gets something else.`,
        'Answer with a number.',
      ),
    v1Wrong: (stage: string) =>
      say(
        `The answer of \`GET /v1/quote\` on \`${stage}\` is not what its clients were promised.`,
        'Return `item` as it came, and price × count as the number `total`.',
      ),
    v2Missing: (stage: string) =>
      say(
        `The stage \`${stage}\` does not know \`GET /v2/quote\`.`,
        'Make the method before the deployment of the second release is taken.',
      ),
    v2Old: (stage: string) =>
      say(
        `\`GET /v2/quote\` on \`${stage}\` answers in the shape of /v1.`,
        'Return the total as `{ amount, currency: "KRW" }` under `/v2/quote`.',
      ),
    v2Wrong: (stage: string) =>
      say(
        `The answer of \`GET /v2/quote\` on \`${stage}\` is not that of the second release.`,
        'Return `{ item, total: { amount, currency: "KRW" } }` with price × count as the amount.',
      ),
  },

  rollback: {
    title: 'A way back leads to the first release',
    hints: hints(
      'What do you need at three in the morning, when the release of the day is broken?',
      'The deployment of the release before, as it was. It is there as long as nobody deletes it.',
      'Keep the deployment of release 1. The way back is UpdateStage with `/deploymentId` and `/variables/alias`, in one call.',
    ),
    none: say(
      'No deployment is left from before the one of `prod` that has `/v1/quote` and not `/v2/quote`. There is no way back to the first release.',
      'Keep the deployments of releases that were out. If this one is deleted: `npm run clean 8`, and deploy again.',
    ),
    other: (deployment: string) =>
      say(
        `A stage that is pointed back at the deployment \`${deployment}\` with the alias \`blue\` is not answered by \`blue\`.`,
        'Look at what was in the API when the deployment was taken: the URI has `${stageVariables.alias}` in it.',
      ),
    v1: (deployment: string) =>
      say(
        `A stage that is pointed back at the deployment \`${deployment}\` does not answer \`GET /v1/quote\` as its clients were promised.`,
        'Look at `src/release-1.ts`: it returns `item` and the number `total`.',
      ),
    v2: (deployment: string) =>
      say(
        `A stage that is pointed back at the deployment \`${deployment}\` still answers \`GET /v2/quote\`: the way back changed nothing.`,
        'Keep the deployment that was taken before `/v2/quote` was made.',
      ),
  },

  canary: {
    title: 'A canary divides requests between the two releases',
    hints: hints(
      'A canary has a deployment. What else does it need so that other code answers?',
      'It has variables of its own, which override those of the stage. Without them it is a new API in front of old code.',
      'The pair of release 1 is its deployment and `blue`, the pair of release 2 its deployment and `green`. Each deployment has `${stageVariables.alias}` in its URIs.',
    ),
    atZero: say(
      'With 0 % for the canary, something else than the first release answers.',
      'Look at the deployment of release 1: does its URI leave the alias to the stage?',
    ),
    atHalf: say(
      'With 50 % for the canary, all answers come from one release.',
      'Look at the deployments of both releases: do their URIs leave the alias to the stage?',
    ),
    atHundred: say(
      'With 100 % for the canary and the override `green`, something else than the second release answers.',
      'Look at the deployment of release 2: does its URI leave the alias to the stage?',
    ),
    promoted: say(
      'After the promotion on a stage of the grader’s own, something else than the second release answers.',
      'Look at the deployment of release 2, and at what the alias `green` stands for.',
    ),
  },

  stages: {
    title: 'dev and prod point at different deployments',
    hints: hints(
      'What does a stage for trying out protect you from?',
      'Only a deployment of its own may be seen on `dev`. `prod` stays where it is.',
      'Take a third deployment, and point `dev` at it, and `dev` alone.',
    ),
    same: (deployment: string) =>
      say(
        `Both stages point at the deployment \`${deployment}\`. Whatever is tried on \`dev\` is live on \`prod\` at the same moment.`,
        'Take another deployment for `dev`.',
      ),
  },

  apart: {
    title: 'A change on dev is not seen on prod',
    hints: hints(
      'Add something to the API and deploy it. Who sees it?',
      'A deployment for `dev` alone: taken, and no stage but `dev` pointed at it.',
      'Make `GET /notice` by a mock after the deployment of release 2, take the deployment of release 3, and point `dev` at it.',
    ),
    missing: (route: string) =>
      say(`The API has no \`${route}\`.`, 'Make it by a mock, take a deployment, and point `dev` at it.'),
    notOnDev: say(
      'The stage `dev` does not know `GET /notice`, and the API has it. The deployment that `dev` shows is older than the method.',
      'Take a new deployment, and point `dev` at it.',
    ),
    onProd: (status: number) =>
      say(
        `\`GET /notice\` is answered with ${status} on \`prod\`, too. It was in the API when the deployment of \`prod\` was taken.`,
        'Take the deployment of a release before you make what comes after it.',
      ),
    inProd: say(
      'The deployment that `prod` shows has `GET /notice`, too. It was in the API when the deployment was taken.',
      'Take the deployment of a release before you make what comes after it.',
    ),
  },

  draft: {
    title: 'An edit that is not deployed is seen nowhere',
    hints: hints(
      'Is the API that you edit the API that clients see?',
      'Make a method after the last deployment, and ask both stages for it.',
      '`GET /draft` by a mock, as the very last edit. No deployment is taken after it.',
    ),
    missing: (route: string) =>
      say(
        `The API has no \`${route}\`, the edit that waits.`,
        'Make it by a mock, after the last deployment.',
      ),
    deployed: (stage: string, status: number) =>
      say(
        `\`GET /draft\` is answered with ${status} on \`${stage}\`. A deployment takes all that is in the API, also what somebody else is in the middle of.`,
        'Remove the method, take a deployment for the stage, and make the method again.',
      ),
    taken: (stage: string) =>
      say(
        `The deployment that \`${stage}\` shows has \`GET /draft\`. A deployment takes all that is in the API, also what somebody else is in the middle of.`,
        'Remove the method, take a deployment for the stage, and make the method again.',
      ),
  },

  changelog: {
    title: 'CHANGELOG.md tells what happened to the stages',
    hints: hints(
      'A stage tells where it points now. Who tells where it pointed yesterday?',
      'One line for each event: the stage, what was done, the id of the deployment.',
      'For `prod`: a line with `canary`, a later one with `promote` and the same id, one with `roll back` and the older id, and as the last one where `prod` is now. For `dev`: the last line names its deployment.',
    ),
    noFile: say(
      'There is no `CHANGELOG.md` in your folder.',
      'Take it from the starter again (`labs/08-stages/starter`), and record what happened to the stages.',
    ),
    tooLong: say(
      '`CHANGELOG.md` is longer than the grader reads.',
      'Leave only what happened to the stages of this lab.',
    ),
    empty: say(
      'No line of `CHANGELOG.md` names a deployment of this API. Without the id nobody knows what a stage could be pointed back at.',
      'Record each event with the id of its deployment.',
    ),
    canary: say(
      '`CHANGELOG.md` has no canary on `prod`: no line names `prod`, `canary` and a deployment of this API.',
      'Start the canary of release 2, and record it.',
    ),
    promotion: say(
      '`CHANGELOG.md` has no promotion on `prod`: no line names `prod`, `promote` and a deployment of this API.',
      'Promote the canary, and record it.',
    ),
    other: (tried: string, promoted: string) =>
      say(
        `\`CHANGELOG.md\` says that \`${tried}\` was tried as a canary, and that \`${promoted}\` was promoted. What was tried on some has to be what all get: another deployment is another snapshot.`,
        'Promote the deployment of the canary, by its id.',
      ),
    rollback: say(
      '`CHANGELOG.md` has no way back on `prod`: no line names `prod`, `roll back` and a deployment that is older than the newest one.',
      'Roll back to release 1 once, record it, and go forth again.',
    ),
    stale: (stage: string, deployment: string) =>
      say(
        `The last line on \`${stage}\` in \`CHANGELOG.md\` does not name \`${deployment}\`, where \`${stage}\` points now. Something happened that nobody wrote down.`,
        'Record each event when it happens.',
      ),
  },
};
