import { image, states } from '../../function-ready/states.en.ts';
import { hints, say } from '../../wording/wording.ts';

/** What the checks of function, package, role and source say. */
export const deployment = {
  ready: {
    ...states,
    hints: hints(
      'A function exists once a deployment has made it. Has yours run to its end?',
      'The starter deploys as it is. Run `npm run deploy 1` in the project and read its three lines.',
      'Run `npm run deploy 1`. If you deploy by hand: the name is `lab01-greeter`, the runtime `nodejs24.x`.',
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\` in this region, so there is nothing to call yet.`,
        'Run `npm run deploy 1`, then grade again.',
      ),
    image,
  },

  configuration: {
    title: 'Memory 256 MB, timeout 5 s, and a description',
    hints: hints(
      'What you do not set, Lambda sets for you. Which values does it choose?',
      'Memory, timeout and description belong to the configuration, not to the code. `deploy.ts` has a place for them.',
      'Add `MemorySize: 256`, `Timeout: 5` and a `Description` to `settings` in `deploy.ts`, and deploy.',
    ),
    memory: (actual: number) =>
      say(
        `The function has ${actual} MB of memory${actual === 128 ? ", Lambda's default" : ''}. CPU grows with memory, so this number decides speed and price.`,
        'Set the memory to 256 MB and deploy again.',
      ),
    timeout: (actual: number) =>
      say(
        `The function's timeout is ${actual} seconds${actual === 3 ? ", Lambda's default" : ''}. A timeout is a decision: how long may one call hang before it is ended?`,
        'Set the timeout to 5 seconds and deploy again.',
      ),
    description: say(
      'The function has no description. Whoever finds it in a list of two hundred functions learns nothing of it.',
      'Add one line of description and deploy again.',
    ),
  },

  trust: {
    title: 'Only Lambda may assume the execution role',
    hints: hints(
      'A role has two sides: who may take it on, and what it allows. This check looks at the first.',
      "Read the role's trust policy. Its `Principal` must name one thing.",
      "The trust policy's `Principal` is `{ Service: 'lambda.amazonaws.com' }`, its action `sts:AssumeRole`.",
    ),
    missingRole: (role: string) =>
      say(
        `The function names the role \`${role}\`, and IAM knows no such role. Lambda cannot start the function with it.`,
        'Create the role, and set it as the function’s execution role.',
      ),
    noLambda: (role: string) =>
      say(
        `The trust policy of \`${role}\` does not let \`lambda.amazonaws.com\` assume the role.`,
        'Let the service principal `lambda.amazonaws.com` perform `sts:AssumeRole` in the trust policy.',
      ),
    others: (role: string, principals: string) =>
      say(
        `The trust policy of \`${role}\` also admits ${principals}. Whoever that is can act with this function's rights.`,
        'Leave `lambda.amazonaws.com` as the only principal of the trust policy.',
      ),
    negated: (role: string) =>
      say(
        `The trust policy of \`${role}\` says who may not assume the role (\`NotPrincipal\` or \`NotAction\`). Everybody else may.`,
        'Name who may: `Principal` with `lambda.amazonaws.com`, `Action` with `sts:AssumeRole`.',
      ),
  },

  permissions: {
    title: 'The role may write logs, and nothing more',
    hints: hints(
      'What does your function do for itself, apart from answering? It writes logs. Who lets it?',
      'AWS keeps a policy for exactly this. Its name says that it is for Lambda, and that it is basic.',
      'Attach `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole` to the role, and detach everything else.',
    ),
    none: (role: string, missing: string) =>
      say(
        `The role \`${role}\` does not allow ${missing} for this function's log group. Without that the function runs, and its logs are lost.`,
        'Attach the AWS managed policy `AWSLambdaBasicExecutionRole` to the role.',
      ),
    everything: (role: string, policy: string) =>
      say(
        `The role \`${role}\` allows every action (\`*\`) by the policy \`${policy}\`. Whoever breaks into this function owns the account.`,
        'Remove that policy, and allow the three logs actions only.',
      ),
    wildcard: (role: string, policy: string, action: string) =>
      say(
        `The role \`${role}\` allows \`${action}\` by the policy \`${policy}\`. The \`*\` covers more than the three actions that writing logs takes.`,
        'Name the three actions: `logs:CreateLogGroup`, `logs:CreateLogStream`, `logs:PutLogEvents`.',
      ),
    more: (role: string, policy: string, action: string) =>
      say(
        `The role \`${role}\` also allows \`${action}\` by the policy \`${policy}\`. The greeter does not need it, so it is only a risk.`,
        'Take this permission away, and keep the three logs actions.',
      ),
    negated: (role: string, policy: string) =>
      say(
        `The policy \`${policy}\` of the role \`${role}\` uses \`NotAction\` or \`NotResource\`: it allows everything that it does not name.`,
        'Name the three logs actions in `Action` instead.',
      ),
  },

  package: {
    title: 'The package holds JavaScript, not TypeScript',
    hints: hints(
      'What does Node.js on Lambda run? Look into the zip, not into your editor.',
      'Lambda does not run TypeScript. A bundler turns the handler and all its imports into one JavaScript file.',
      'Let esbuild bundle `src/handler.ts` into `index.mjs`, zip that file alone, and set the handler to `index.handler`.',
    ),
    typescript: (files: string) =>
      say(
        `The package holds TypeScript: ${files}. Lambda's Node.js runtime loads \`.js\`, \`.mjs\` and \`.cjs\` files only.`,
        'Bundle the handler into JavaScript, and zip the bundle instead of the source.',
      ),
    noFile: (handler: string, expected: string) =>
      say(
        `The handler is set to \`${handler}\`, so Lambda looks for ${expected} in the package. No such file is there.`,
        'Make the file’s name in the zip and the first half of the handler setting the same.',
      ),
    malformed: (handler: string) =>
      say(
        `The handler is set to \`${handler}\`. Lambda needs \`file.export\`, with a dot between the two.`,
        'Set the handler to `index.handler` and deploy again.',
      ),
  },

  signature: {
    title: 'The handler takes the event and the context, no callback',
    hints: hints(
      'Count the parameters of your handler.',
      'The event comes first, the context second. The third one belongs to another time.',
      'Write `export const handler = async (event, context) => { … return result; }`. No `callback`.',
    ),
    notFunction: (handler: string) =>
      say(
        `The handler is set to \`${handler}\`, and the deployed file has no function under that name.`,
        'Export the handler under the name that the setting names: `export const handler = …`.',
      ),
    callback: (count: number) =>
      say(
        `The handler declares ${count} parameters. From Node.js 24 on, Lambda does not start a handler with a callback (\`Runtime.CallbackHandlerDeprecated\`).`,
        'Take the third parameter away, make the handler `async`, and return the result.',
      ),
  },

  pure: {
    title: 'The greeting works without AWS',
    hints: hints(
      'Could a web server or a command line program use your greeting as it is?',
      '`greeting.ts` gets two arguments and returns text. All it needs comes in through them.',
      'Move `process.env`, event and context into `handler.ts`; `greet(word, name)` returns `${word}, ${name}!`.',
    ),
    noExport: (exports: string) =>
      say(
        `\`src/greeting.ts\` exports ${exports === '' ? 'nothing' : exports}, and no \`greet\`.`,
        'Export a function `greet(word, name)`.',
      ),
    imports: (packages: string) =>
      say(
        `\`src/greeting.ts\` imports ${packages}. The core of your program is now tied to AWS, and no test runs without it.`,
        'Move what needs AWS into `handler.ts`, and pass its result on as an argument.',
      ),
    different: (call: string) =>
      say(
        `\`${call}\` does not return the greeting when it is called without Lambda.`,
        'Let `greet` build the text from its two arguments alone: `${word}, ${name}!`.',
      ),
  },
};
