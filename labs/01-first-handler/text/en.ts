/** What a check says: what was seen and why it matters, and one next step. */
export interface Sentence {
  readonly why: string;
  readonly next: string;
}
export type Hints = readonly [string, string, string];

const say = (why: string, next: string): Sentence => ({ why, next });
const hints = (nudge: string, direction: string, nearly: string): Hints => [nudge, direction, nearly];

export const en = {
  title: 'First handler',
  goal: 'Bundle a TypeScript handler, give it a role and a configuration, call it, and read what it says.',
  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent, inside the free allowance of most accounts.',

  evidence: {
    event: 'event',
    answer: 'answer',
    log: 'log of this call',
    files: 'files in the package',
    policy: (name: string) => `policy ${name}`,
    trust: 'trust policy',
    configuration: 'GetFunctionConfiguration',
    variables: 'environment variables of the copy',
    error: 'error',
  },

  ready: {
    title: 'The function is Active on a supported runtime',
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
    notActive: (state: string, reason: string) =>
      say(
        `The function is in the state \`${state}\`${reason === '' ? '' : ` (${reason})`}. Lambda calls a function only when it is \`Active\`.`,
        'Deploy again, and wait for `Active` before you grade.',
      ),
    updateFailed: (reason: string) =>
      say(
        `The function's last update ended as \`Failed\`${reason === '' ? '' : ` (${reason})`}, so the older code or configuration still runs.`,
        'Mend what the reason names, and deploy again.',
      ),
    image: say(
      'The function is built from a container image. This lab is about a zip package with a managed runtime.',
      'Delete the function and create it from a zip, as `deploy.ts` does.',
    ),
    runtime: (runtime: string) =>
      say(
        `The function runs on \`${runtime}\`. This lab needs a Node.js runtime that AWS still supports.`,
        'Set the runtime to `nodejs24.x` and deploy again.',
      ),
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
        `The role \`${role}\` does not allow ${missing} for this function's log group. Without it the function runs, and its logs are lost.`,
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
    unloadable: say(
      'The deployed file cannot be loaded: it ends with an error before any handler exists.',
      'Mend the error below, and deploy again.',
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

  result: {
    title: 'The answer is an object with message, requestId and remainingMs',
    hints: hints(
      'Run `npm run invoke 1` with an event of your own, and compare what comes back with what the guide asks for.',
      'Return a plain object. Lambda turns it into JSON for you.',
      'Return `{ message, requestId: context.awsRequestId, remainingMs: context.getRemainingTimeInMillis() }`.',
    ),
    threw: (type: string, message: string) =>
      say(
        `The function failed with \`${type}\`: ${message}. The event was a good one: a name and nothing else.`,
        'Read the log of this call below; its stack names the line.',
      ),
    stringified: say(
      'The answer is a text that holds JSON, because the handler calls `JSON.stringify`. Lambda encodes once more, and the caller gets a quoted string.',
      'Return the object itself.',
    ),
    envelope: say(
      'The answer is `{ statusCode, body }`. That is the contract of API Gateway, and nothing of the kind stands in front of this function.',
      'Return `{ message, requestId, remainingMs }` itself.',
    ),
    nothing: say(
      'The answer is empty (`null`). A handler that returns nothing, or forgets an `await`, gives its caller nothing.',
      'Return the result from the handler.',
    ),
    notObject: (kind: string) =>
      say(
        `The answer is ${kind}. The caller expects an object with three members.`,
        'Return `{ message, requestId, remainingMs }`.',
      ),
    missing: (members: string) =>
      say(
        `The answer lacks ${members}. A caller reads all three of message, requestId and remainingMs.`,
        'Add what is missing; the context has the request id and the time that is left.',
      ),
    kind: (member: string, expected: string, actual: string) =>
      say(`\`${member}\` is ${actual}; it should be ${expected}.`, `Put ${expected} into \`${member}\`.`),
  },

  greeting: {
    title: 'The greeting contains the name, whatever the name is',
    hints: hints(
      'Call the function twice with two names. What is the same, and what differs?',
      'The name is in the event. The greeting is the word, a comma, a space, the name and an exclamation mark.',
      'Pass `event.name` on to `greet(word, name)`, and let it return `${word}, ${name}!`.',
    ),
    constant: (message: string) =>
      say(
        `The answer is ${message} for two different names, so it does not come from the event.`,
        'Build the message from `event.name`.',
      ),
    earlier: (name: string) =>
      say(
        `The greeting names ${name}, who asked in an earlier call. Something outside the handler kept the name.`,
        'Keep nothing of an event in module scope; take the name from this event only.',
      ),
    different: (name: string) =>
      say(
        `The greeting for the name ${name} is not the one that was asked for.`,
        'Compare the two texts below sign by sign: word, comma, space, name, exclamation mark.',
      ),
  },

  context: {
    title: "requestId and remainingMs come from this call's context",
    hints: hints(
      'Lambda passes a second thing to your handler. What does it know that the event does not?',
      'The context has the id of this call, and a function that says how much time is left.',
      'Use `context.awsRequestId` and `context.getRemainingTimeInMillis()` inside the handler, at every call.',
    ),
    kept: (requestId: string) =>
      say(
        `Two calls answered the same requestId \`${requestId}\`. It was read once and kept.`,
        'Read `context.awsRequestId` inside the handler, at every call.',
      ),
    other: say(
      'The requestId in the answer is not the one that Lambda gave to this call. With a made-up id nobody finds the log lines of a call.',
      'Answer with `context.awsRequestId`.',
    ),
    remaining: (actual: string, timeoutMs: number) =>
      say(
        `remainingMs is ${actual}. With this timeout it must lie between 1 and ${timeoutMs} milliseconds.`,
        'Answer with `context.getRemainingTimeInMillis()`.',
      ),
  },

  stateless: {
    title: 'Nothing of one caller is kept for the next',
    hints: hints(
      'An execution environment outlives a call. What does yours remember?',
      'Look for variables outside the handler that an event changes.',
      'Move the variable that keeps the name into the handler; what a call needs comes from its event.',
    ),
    kept: (name: string) =>
      say(
        `A call without a name was answered with ${name}, the name of the call before it. On a shared function that is another user's data.`,
        'Take the variable out of module scope; use only what this event holds.',
      ),
  },

  defaultName: {
    title: 'No name greets the world',
    hints: hints(
      'What does your function say to somebody who gives no name?',
      'No name comes in three forms: the member is missing, it is empty, or it holds spaces only.',
      'In `greet`: if the name is undefined or `name.trim()` is empty, use `world`.',
    ),
    different: (event: string) =>
      say(
        `The event ${event} names nobody, and the answer is not the default greeting.`,
        'Treat a missing, an empty and a blank name alike: greet `world`.',
      ),
    threw: (event: string, type: string) =>
      say(
        `The event ${event} names nobody, and the function failed with \`${type}\`. No name is a normal case, not an error.`,
        'Treat a missing, an empty and a blank name alike: greet `world`.',
      ),
  },

  invalidName: {
    title: 'A name that is not text is an error, with a name of its own',
    hints: hints(
      'How does a caller of a Lambda function learn that something went wrong?',
      'Throw. Lambda marks the answer with `FunctionError` and passes on the name of the error.',
      'Write a class `InvalidNameError` that extends `Error` and sets `name`, and throw it from `greet` for a name that is not text.',
    ),
    status: (event: string) =>
      say(
        `The event ${event} was answered with \`{ statusCode: 400 }\` as a normal result. To Lambda what is returned is a success: no \`FunctionError\`, nothing in the Errors metric, no retry of an asynchronous call.`,
        'Let the error leave the handler: throw it instead of returning it.',
      ),
    normal: (event: string) =>
      say(
        `The event ${event} was answered as if nothing were wrong. A name must be text.`,
        'Throw an `InvalidNameError` when the name is there and is not text.',
      ),
    typeError: (event: string) =>
      say(
        `The event ${event} made the function fail with a \`TypeError\`: the code used the name as text before it looked at what it is.`,
        'Check `typeof name` first, and throw an `InvalidNameError`.',
      ),
    unnamed: (event: string) =>
      say(
        `The event ${event} made the function throw a plain \`Error\`. A caller cannot tell it from any other failure.`,
        'Give the error its own class, and set its `name` to `InvalidNameError`.',
      ),
    other: (event: string, type: string) =>
      say(
        `The event ${event} made the function fail with \`${type}\`. A caller that handles a bad name looks for \`InvalidNameError\`.`,
        'Throw an error whose `name` is `InvalidNameError`.',
      ),
    hidden: (event: string) =>
      say(
        `The event ${event} gave an \`InvalidNameError\`, and its stack shows a \`TypeError\`: the mistake happened first and was renamed afterwards.`,
        'Look at the type of the name before you use it.',
      ),
    local: (actual: string) =>
      say(
        `\`greet\` was given the name 42 and ended with ${actual}.`,
        'Throw an `InvalidNameError` when the name is there and is not text.',
      ),
  },

  follows: {
    title: 'The answer follows the configuration: greeting word and time left',
    hints: hints(
      'Change `GREETING` on the function, without a new package. Does the greeting change?',
      'A process reads its environment variables with `process.env`. Which name did you set, and which do you read?',
      'Set `GREETING` in `settings` in `deploy.ts`, and read `process.env.GREETING` in `handler.ts`.',
    ),
    unset: say(
      'The function has no environment variable `GREETING`. The greeting word then stands in the code, and changing it needs a new package.',
      'Set `GREETING` in the function’s environment, for example to `Hello`.',
    ),
    word: (value: string) =>
      say(
        `A copy of your function ran with \`GREETING\` set to ${value}, and greeted with another word. The word stands in the code.`,
        'Read the word from `process.env.GREETING`.',
      ),
    threw: (type: string, message: string) =>
      say(
        `A copy of your function, with other environment variables, failed with \`${type}\`: ${message}.`,
        'Let the handler work with any value of its environment variables.',
      ),
    remaining: (actual: string, timeout: number) =>
      say(
        `A copy of your function ran with a timeout of ${timeout} seconds, and answered remainingMs ${actual}. The number does not come from the clock of the call.`,
        'Answer with `context.getRemainingTimeInMillis()`.',
      ),
  },

  language: {
    title: '`language` chooses the greeting word',
    hints: hints(
      'Two environment variables hold greeting words. When is which one used?',
      '`ko` asks for `GREETING_KO`. Everything else, and a missing variable, falls back to `GREETING`.',
      "`const word = process.env.GREETING ?? 'Hello'; return language === 'ko' ? (process.env.GREETING_KO ?? word) : word;`",
    ),
    korean: say(
      'The language `ko` was asked for, and the greeting does not begin with the value of `GREETING_KO`.',
      'Use `process.env.GREETING_KO` where the event says `language: "ko"`.',
    ),
    other: (language: string) =>
      say(
        `The language \`${language}\` was asked for, and the greeting does not begin with the value of \`GREETING\`.`,
        'Use `GREETING` for every language but `ko`.',
      ),
    fallback: say(
      'The language `ko` was asked for, `GREETING_KO` was not set, and the greeting does not begin with the value of `GREETING`.',
      'Fall back to `GREETING` where `GREETING_KO` is not set.',
    ),
  },

  pure: {
    title: 'The greeting works without AWS',
    hints: hints(
      'Could a web server or a command line program use your greeting as it is?',
      '`greeting.ts` gets two arguments and returns text. All it needs comes in through them.',
      'Move `process.env`, event and context into `handler.ts`; `greet(word, name)` returns `${word}, ${name}!`.',
    ),
    unreadable: say(
      '`src/greeting.ts` could not be loaded and called.',
      'Mend the error below; `npm run unit 1` shows it, too.',
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
    threw: (call: string, error: string) =>
      say(
        `\`${call}\` ended with an error when it was called without Lambda: ${error}.`,
        'Let `greet` work with its two arguments alone.',
      ),
    different: (call: string) =>
      say(
        `\`${call}\` does not return the greeting when it is called without Lambda.`,
        'Let `greet` build the text from its two arguments alone: `${word}, ${name}!`.',
      ),
  },

  is: {
    text: 'text',
    number: 'a number',
    array: 'a list',
    nothing: 'missing',
    boolean: 'true or false',
    object: 'an object',
  },
  and: ' and ',
  anyone: 'everybody (`*`)',
};
