import { hints, say } from '../../wording/wording.ts';

const kinds = {
  secret: 'The secret of the tokens',
  key: 'The value of the API key',
};

/** What the checks of the API, its keys and its plan say, and of what must stay hidden. */
export const keys = {
  api: {
    title: 'The API has GET /public and the stage dev',
    hints: hints(
      'You know this part from lab 5. What does the starter make of it?',
      'Run `npm run deploy 6` as it is. It makes the API, one method and a stage.',
      'By hand: a REST API `lab06-reports`, the resource `/public`, the method `GET`, and a deployment to the stage `dev`.',
    ),
    missing: (name: string) =>
      say(
        `There is no REST API named \`${name}\` in this region.`,
        'Run `npm run deploy 6`. An HTTP API is another kind: it has neither API keys nor usage plans.',
      ),
    several: (name: string, count: number) =>
      say(
        `There are ${count} REST APIs named \`${name}\`. A name is no key: each creation makes another, and nobody knows which one clients use.`,
        'Delete those that you do not need, and look for the API before you create one.',
      ),
    noMethod: (route: string) =>
      say(`The API has no \`${route}\`.`, 'Make the resource and the method, and deploy again.'),
    noStage: (stage: string) =>
      say(
        `The API has no stage \`${stage}\`, so no client can reach it.`,
        `Create a deployment with the stage name \`${stage}\`.`,
      ),
  },

  public: {
    title: 'GET /public is open to everybody',
    hints: hints(
      'Not everything needs a guard. What does this method ask of its caller?',
      'It asks for nothing: no key, no token. And it says that it does not know who is calling.',
      'On the method: `authorizationType: NONE`, `apiKeyRequired: false`. In the answer: `caller: null`.',
    ),
    key: say(
      '`GET /public` asks for an API key. It is the one method that everybody may call.',
      'Set `apiKeyRequired` of the method to false, and deploy again.',
    ),
    authorizer: (type: string) =>
      say(
        `\`GET /public\` has the authorization type \`${type}\`. It is the one method that everybody may call.`,
        'Set the authorization type of the method to `NONE`, and deploy again.',
      ),
    closed: say(
      'The API leaves `GET /public` open, and the stage does not let a request in. The stage shows a snapshot that is older than this edit.',
      'Create a new deployment to `dev`.',
    ),
    caller: say(
      '`GET /public` does not answer `"caller": null`. Nobody has shown who they are here.',
      'Take the caller from the authorizer’s context alone, and say null where there is none.',
    ),
  },

  plan: {
    title: 'The plan covers this stage, limits its keys and has yours',
    hints: hints(
      'A key alone opens nothing. What ties a key to a stage?',
      'A usage plan has stages, limits and keys. Which of the three is missing in yours?',
      '`openPlan` with 5 requests a second, a burst of 10 and 200 a day for `{ apiId, stage }`, then `addToPlan`.',
    ),
    missing: (name: string) =>
      say(`There is no usage plan named \`${name}\` in this region.`, 'Make the plan after the deployment.'),
    several: (name: string, count: number) =>
      say(
        `There are ${count} usage plans named \`${name}\`. A name is no key: each creation makes another.`,
        'Delete those that you do not need, and look for the plan before you create one.',
      ),
    noStage: say(
      'The plan does not cover the stage `dev` of this API. A key of a plan without a stage opens nothing: its requests get 403.',
      'Add the stage to the plan: its API stages are pairs of API id and stage name.',
    ),
    throttle: say(
      'The plan throttles otherwise than it should.',
      'Set the rate to 5 requests a second and the burst to 10.',
    ),
    quota: say(
      'The quota of the plan is not what it should be.',
      'Set the quota to 200 requests for the period `DAY`.',
    ),
    noKey: (name: string) =>
      say(
        `The plan has no key named \`${name}\`.`,
        'Make the API key and put it into the plan: a key that is in no plan opens nothing.',
      ),
    disabled: (name: string) =>
      say(
        `The key \`${name}\` is not enabled. A key that is made by the API is disabled unless you say otherwise.`,
        'Enable the key.',
      ),
  },

  keys: {
    title: 'GET /reports lets in the right key, and no other',
    hints: hints(
      'Who asks whether a request has a key: your function, or the gateway?',
      'It is a setting of the method, and a setting of the API needs a deployment.',
      '`apiKeyRequired: true` on `GET /reports`, then `CreateDeployment` to `dev`. Plans and keys need none.',
    ),
    notRequired: say(
      '`GET /reports` does not ask for an API key. The plan and its limits hold for nobody then.',
      'Set `apiKeyRequired` on the method to true, and deploy again.',
    ),
    nobody: say(
      'A request without a key is let in to `GET /reports`. The API asks for one, and the stage shows a snapshot that is older.',
      'Create a new deployment to `dev`.',
    ),
    wrong: say(
      'A key that nobody has is let in to `GET /reports`.',
      'Let the gateway ask for the key: `apiKeyRequired` on the method, and `HEADER` as the key source of the API.',
    ),
    outside: say(
      'A key that is in no usage plan is let in to `GET /reports`.',
      'Let the gateway ask for the key: `apiKeyRequired` on the method, and `HEADER` as the key source of the API.',
    ),
    right: say(
      'A key of your plan is refused by `GET /reports`.',
      'Look at the stages of the plan, and at the key source of the API: it is `HEADER`.',
    ),
    disabled: say(
      'A key that was disabled is still let in to `GET /reports`.',
      'Let the gateway ask for the key, and not the function.',
    ),
    own: say(
      'Your own key is refused by `GET /reports`, and another key of the same plan is not.',
      'Look whether the key is enabled, and whether it is in one plan only for this stage.',
    ),
  },

  throttle: {
    title: 'Beyond the burst, requests get 429',
    hints: hints(
      'What happens to the eleventh request at once? It does not wait.',
      'A bucket holds ten tokens and gets five more each second. A request without a token is refused.',
      'The throttle of the plan: `rateLimit: 5`, `burstLimit: 10`, and no wider limits for single methods of the stage.',
    ),
    none: (count: number) =>
      say(
        `${count} requests at once with one key were all let in. The plan’s burst is 10.`,
        'Look for limits that the plan has for single methods of this stage: they take the place of the plan’s own.',
      ),
    wider: (route: string) =>
      say(
        `The plan has a limit of its own for \`${route}\`, and it is wider than the plan’s: AWS lets more requests in than the plan says.`,
        'Take the limit for the single method away: it takes the place of the plan’s own.',
      ),
    noted: (count: number) => `${count} requests at once with one key`,
  },

  quota: {
    title: 'A used-up quota gets 429 with other words, and the figures add up',
    hints: hints(
      'There are two kinds of 429. How do clients tell them apart?',
      'One says to come back in a second, the other to come back tomorrow. Read the message.',
      'The quota of the plan is 200 for `DAY`. `aws apigateway get-usage` shows what each key has used.',
    ),
    never: (accepted: number) =>
      say(
        `A key of your plan had its quota used up, and ${accepted} more requests were let in.`,
        'Look at the quota of the plan.',
      ),
    figures: say(
      'The plan’s usage figures tell of fewer requests of a key than were let in.',
      'Look whether the key is in a second plan for this stage.',
    ),
    noted: (count: number) => `usage of a key after ${count} requests`,
  },

  identity: {
    title: 'The key is not taken for who is calling',
    hints: hints(
      'A key is copied from a mail into a script and from there into another. Whom does it name?',
      'The back end knows two things of a request: the key’s plan, and whom the authorizer has recognised. Which of them is a caller?',
      '`caller` is `event.requestContext.authorizer?.subject ?? null`. Nothing of `requestContext.identity` belongs there.',
    ),
    caller: (route: string) =>
      say(
        `\`${route}\` names a caller who has not shown who they are. An API key says which plan a request counts against; it is no identity.`,
        'Take the caller from `event.requestContext.authorizer` alone, and say null where there is none.',
      ),
    shown: (route: string) =>
      say(
        `The answer of \`${route}\` shows the API key of the request. Whoever sees answers can then use the key.`,
        'Leave the key out of the answer.',
      ),
    opens: say(
      'An API key without a token is let in to `GET /admin`.',
      'Let the authorizer decide by the token alone.',
    ),
  },

  secrets: {
    title: 'Neither the secret nor the key stands in a file or a stage variable',
    hints: hints(
      'Who can read your source in a year? And who can read the settings of a stage?',
      'Look for both values in your files, in what was deployed, and in the stage variables.',
      'The secret comes from `secretOf` and lives in the environment of the authorizer. The key’s value is drawn by the gateway.',
    ),
    stageVariable: (kind: keyof typeof kinds, variable: string) =>
      say(
        `${kinds[kind]} stands in the stage variable \`${variable}\`. Stage variables are settings: they are shown to everybody who may look at the API, and sent to the back end with each request.`,
        'Take the variable away.',
      ),
    source: (kind: keyof typeof kinds, place: string) =>
      say(
        `${kinds[kind]} stands in \`${place}\`. What was once in a source stays in its history.`,
        'Take it out of the file, and make a new one: this one is no longer secret.',
      ),
  },
};
