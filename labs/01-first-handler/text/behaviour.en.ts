import { hints, say } from '../../wording/wording.ts';

/** What the checks that call the function say. */
export const behaviour = {
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
};
