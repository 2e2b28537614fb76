import { states } from '../../function-ready/states.en.ts';
import { hints, say } from '../../wording/wording.ts';

/** What the checks of the function and of what it writes say. */
export const writing = {
  files: {
    missing: (file: string) =>
      say(
        `There is no file \`${file}\` in your folder, and this check reads it.`,
        `Make \`${file}\`, or give the file its name back.`,
      ),
  },

  ready: {
    ...states,
    hints: hints(
      'A function exists once a deployment has made it. Has yours run to its end?',
      'The starter deploys as it is. Run `npm run deploy 3` in the project and read its lines.',
      'Run `npm run deploy 3`. If you deploy by hand: the name is `lab03-checkout`, the runtime `nodejs24.x`.',
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\` in this region, so there is nothing to observe yet.`,
        'Run `npm run deploy 3`, then grade again.',
      ),
  },

  checkout: {
    title: 'The shop still sells',
    hints: hints(
      'Call the function with each of the files in `events`. Is any answer other than before?',
      'Logging must not change what a caller gets: an outcome where the bank answers, an error where it does not.',
      'Return `{ orderId, outcome }`. Where you catch an error to log it, throw one afterwards.',
    ),
    threw: (outcome: string, type: string, message: string) =>
      say(
        `An order that should end as \`${outcome}\` made the function fail with ${type}: ${message}`,
        'Read the log of this call below; its stack names the line.',
      ),
    different: (outcome: string) =>
      say(
        `An order that should end as \`${outcome}\` got another answer. Logging must not change what the caller gets.`,
        'Return `{ orderId, outcome }` with what `checkout` returns.',
      ),
    swallowed: say(
      'The bank did not answer, and the function returned as if all were well. The caller takes the order for paid, and the `Errors` metric stays at zero.',
      'Where you catch the error to log it, throw an error afterwards.',
    ),
  },

  found: {
    title: 'What the function logs arrives in its log group',
    hints: hints(
      'Which log group does your function write to? Its configuration says so.',
      '`LoggingConfig.LogGroup` names the group. The role must be allowed to write to it.',
      'Call the function with an order of your own, then run `npm run logs 3` and look for the order id.',
    ),
    empty: (group: string) =>
      say(
        `The log group \`${group}\` got no line from the calls of this check. Either the function's role may not write logs, or it may not write to this group.`,
        'Allow the role `logs:CreateLogGroup`, `logs:CreateLogStream` and `logs:PutLogEvents` for this group.',
      ),
    mayNotWrite: (group: string) =>
      say(
        `The function’s role may not write to the log group \`${group}\`. On AWS everything that the function logs is lost.`,
        'Allow the role `logs:CreateLogGroup`, `logs:CreateLogStream` and `logs:PutLogEvents` for this group.',
      ),
    onlyPlatform: (group: string) =>
      say(
        `The log group \`${group}\` has Lambda's own lines of these calls, and none of yours.`,
        'Log one line for each request in `src/handler.ts`.',
      ),
    noOrder: (group: string) =>
      say(
        `The log group \`${group}\` has lines of these calls, and none says which order it is about.`,
        'Put the order id into the line.',
      ),
  },

  line: {
    title: 'One line a request, and a program can read it',
    hints: hints(
      'Look at what your function logs for one order. Could a program tell the latency from it?',
      'Log an object, once, at the end. Lambda adds time, level and request id to it when the format is JSON.',
      '`console.info({ orderId, outcome, latencyMs })`; with `console.warn` and `console.error` where the level is another.',
    ),
    none: (outcome: string) =>
      say(
        `An order that ended as \`${outcome}\` left no line above DEBUG, even with every level switched on.`,
        'Log one line for each request, whatever its outcome.',
      ),
    lineBreaks: say(
      'The line is a text over several lines, put together by hand. A program that looks for the outcome has to guess where it stands.',
      'Log an object instead of a text: `console.info({ orderId, outcome, latencyMs })`.',
    ),
    text: say(
      'The line is a text. A person can read it; a filter pattern or a query cannot ask it for its outcome or its latency.',
      'Log an object instead of a text: `console.info({ orderId, outcome, latencyMs })`.',
    ),
    twice: say(
      'The line holds JSON inside a text: it was encoded with `JSON.stringify`, and Lambda encoded it once more. A pattern such as `$.message.outcome` finds nothing in it.',
      'Pass the object itself to `console`.',
    ),
    several: (count: number) =>
      say(
        `One request left ${count} lines above DEBUG. Who counts lines counts it ${count} times, and who reads one of them misses the rest.`,
        'Gather what you know, and log it once at the end. Details belong to `console.debug`.',
      ),
    missing: (names: string) =>
      say(
        `The line lacks ${names}. Whoever looks at it at night needs all five of level, requestId, orderId, outcome and latencyMs.`,
        'Add what is missing. In the JSON format, Lambda itself adds level and requestId to what `console` says.',
      ),
    keptId: say(
      'Two requests logged the same `requestId`. It was read once and kept outside the handler.',
      'Leave the request id to Lambda, or read `context.awsRequestId` at every call.',
    ),
    otherId: say(
      'The `requestId` in the line is not the one that Lambda gave to this call. With another id nobody gets from a complaint to the line.',
      'Leave the request id to Lambda, or log `context.awsRequestId`.',
    ),
    otherOrder: say(
      'The `orderId` in the line is not the one of the order that was sent.',
      'Log `order.orderId` of this event.',
    ),
    otherOutcome: (outcome: string) =>
      say(
        `An order that ended as \`${outcome}\` logged another outcome.`,
        'Log what `checkout` returns, and `FAILED` where it throws.',
      ),
    latencyKind: (actual: string) =>
      say(
        `\`latencyMs\` is ${actual}. Only a number can be compared, added up and averaged.`,
        'Log the milliseconds as a number, without a unit.',
      ),
    latency: (actual: string, bankMs: number) =>
      say(
        `\`latencyMs\` is ${actual}, and the bank alone took ${bankMs} ms. It has to be the time of the whole checkout in milliseconds.`,
        'Read `performance.now()` before and after `await checkout(order)`, and log the difference.',
      ),
  },

  card: {
    title: 'Nothing of the card is in the log',
    hints: hints(
      'Search your log for the card number of one of the events. Is it there?',
      'A card gets into a log in two ways: in an object that is logged whole, and in the message of an error.',
      'Choose what you log, member by member. Catch the error of the bank, and throw one whose message you wrote.',
    ),
    number: say(
      'The log has the number of a card. Everybody who may read the log has it now, and so has every copy of the log.',
      'Choose the members that you log; never log the whole order or the card.',
    ),
    holder: say(
      'The log has the name of the card’s holder. That is personal data, and nobody needs it to find a fault.',
      'Choose the members that you log; never log the whole order or the card.',
    ),
    inError: say(
      'The log has the number of a card: it stands in the message of the bank’s error. Lambda logs every error that leaves the handler, with its message.',
      'Catch the error, log `FAILED`, and throw an error with a message of your own.',
    ),
  },

  levels: {
    title: 'The level decides what is seen, without a new package',
    hints: hints(
      'What does your log show of an order that was approved at once? In production it should show nothing.',
      'Two things decide: the method of `console` that you call, and `ApplicationLogLevel` in the configuration.',
      "`LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' }`; `console.info` if approved, `warn` if declined, retried or slow, `error` if failed.",
    ),
    format: say(
      'The function logs in the format `Text`, Lambda’s default. There, level and request id are part of a text, and no level can be set.',
      'Set `LogFormat` to `JSON` in the function’s `LoggingConfig`.',
    ),
    showsTooMuch: (level: string) =>
      say(
        `The application log level is \`${level}\`${level === 'INFO' ? ', Lambda’s default' : ''}, so every order that went well is written and paid for.`,
        'Set `ApplicationLogLevel` to `WARN`.',
      ),
    hidesWarnings: (level: string) =>
      say(
        `The application log level is \`${level}\`. It hides warnings, and with them every declined payment.`,
        'Set `ApplicationLogLevel` to `WARN`.',
      ),
    other: (outcome: string, actual: string, expected: string) =>
      say(
        `An order that ended as \`${outcome}\` was logged at the level \`${actual}\`. What everybody sees as \`${expected}\` is then hidden, or cries wolf.`,
        `Log \`${outcome}\` with \`console.${expected.toLowerCase()}\`.`,
      ),
    noDebug: (outcome: string) =>
      say(
        `An order that ended as \`${outcome}\` left no DEBUG line on a copy of your function with the level DEBUG. The level then has nothing to switch on for whoever looks for a fault.`,
        'Leave the `console.debug` of `src/checkout.ts` in its place; the configuration hides it.',
      ),
    slowHidden: say(
      'An order took longer than a second, was approved in the end, and left no line at the level WARN. The customer who waited is not seen.',
      'Log with `console.warn` from 1000 ms on, whatever the outcome.',
    ),
    hidden: (outcome: string) =>
      say(
        `An order that ended as \`${outcome}\` left no line in your function's own log group.`,
        'Deploy again, so that the function runs what you have written.',
      ),
    shown: (name: string) =>
      say(
        `The function \`${name}\` logged lines of the levels DEBUG or INFO, although its level is WARN.`,
        'Write lines through `console`, or with a `level` in their JSON; Lambda filters no others.',
      ),
  },

  retention: {
    title: 'Lines are kept for 7 days',
    hints: hints(
      'How long does CloudWatch keep a line if nobody says anything?',
      'Retention belongs to the log group, not to the function.',
      '`PutRetentionPolicyCommand` with `retentionInDays: 7`.',
    ),
    never: (group: string) =>
      say(
        `The log group \`${group}\` has no retention, so its lines never expire. You pay for each of them every month, for ever.`,
        'Set the retention of this group to 7 days.',
      ),
    other: (group: string, days: number) =>
      say(
        `The log group \`${group}\` keeps its lines for ${days} ${days === 1 ? 'day' : 'days'}. This shop decided for 7.`,
        'Set the retention of this group to 7 days.',
      ),
  },
};
