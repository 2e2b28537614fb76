import { hints, say } from '../../wording/wording.ts';

/** What the checks of the rule and the schedule say. */
export const events = {
  rule: {
    title: 'A rule calls lab02-notify, and nobody else may for it',
    hints: hints(
      'A rule has a pattern and targets. And the function must let EventBridge in.',
      'Look at three things: the rule, its target, and the function’s resource-based policy.',
      'PutRule with a pattern, PutTargets with the ARN of `lab02-notify`, AddPermission for `events.amazonaws.com` with the rule’s ARN as `SourceArn`.',
    ),
    noFunction: (name: string) =>
      say(`There is no function named \`${name}\`.`, 'Deploy it: `npm run deploy 2`.'),
    none: say(
      'No rule of the default event bus has `lab02-notify` as its target.',
      'Make a rule with an event pattern, and add the function as its target.',
    ),
    disabled: (name: string) =>
      say(`The rule \`${name}\` is disabled: it matches nothing.`, 'Enable the rule.'),
    noPermission: say(
      'The resource-based policy of `lab02-notify` does not let EventBridge in. The rule matches, and its calls are refused.',
      'Add a permission for `events.amazonaws.com` with the ARN of the rule as `SourceArn`.',
    ),
    everybody: say(
      'The resource-based policy of `lab02-notify` lets everybody call it (`Principal: "*"`).',
      'Name the one service that should call: `events.amazonaws.com`.',
    ),
    noArn: say(
      'The permission lets EventBridge call `lab02-notify` for any rule of any account: it has no `SourceArn`.',
      'Put the ARN of the rule into `SourceArn`.',
    ),
    openArn: (arn: string) =>
      say(
        `The permission is for \`${arn}\`, which covers more than your rule.`,
        'Put the whole ARN of the rule into `SourceArn`.',
      ),
    otherAccount: (account: string) =>
      say(
        `The permission asks for the account \`${account}\`. Your rule is in another one, so its calls are refused.`,
        'Put your own account id into `SourceAccount`.',
      ),
  },

  bigOrders: {
    title: 'Orders over 100,000 KRW are noted, and nothing else is',
    hints: hints(
      'The rule decides, not the function. What exactly does its pattern ask for?',
      'A pattern can compare numbers. Then the event’s value must be a number, and so must the one in the pattern.',
      'Use `{"source":["lab02.orders"],"detail-type":["OrderPlaced"],"detail":{"currency":["KRW"],"amount":[{"numeric":[">",100000]}]}}`.',
    ),
    over: say(
      'An order of 100,001 KRW was placed, and no row with its `orderId` came into `lab02-notices`.',
      'Try the pattern on the event below with `TestEventPattern`; if it matches, read the log of `lab02-notify`.',
    ),
    exactly: say(
      'An order of exactly 100,000 KRW was noted. It is not over 100,000.',
      'Use `>` in the pattern.',
    ),
    under: say(
      'An order of 99,999 KRW was noted. The pattern does not look at the amount, or not as a number.',
      'Compare the amount with `{"numeric": [">", 100000]}`.',
    ),
    currency: say(
      'An order in USD was noted. 500,000 of one currency are not 500,000 of another.',
      'Ask for `"currency": ["KRW"]` in the pattern, too.',
    ),
    detailType: say(
      'An event `OrderCancelled` was noted as if it were an order.',
      'Ask for `"detail-type": ["OrderPlaced"]` in the pattern.',
    ),
    source: say(
      'An `OrderPlaced` of another source was noted. Everybody in the account can put events on the default bus.',
      'Ask for the source of your worker in the pattern.',
    ),
  },

  orderEvent: {
    title: 'A big order that is uploaded is noted in the end',
    hints: hints(
      'The rule works. Does anybody send the event that it waits for?',
      'Compare what `lab02-worker` puts on the bus with what the pattern asks for: source, type, and the kinds of the values.',
      'Send `amount` as a number: `JSON.stringify({ orderId, customer, amount, currency })`. DynamoDB’s `{ N: "…" }` is a text.',
    ),
    none: (source: string) =>
      say(
        `An order over 100,000 KRW was uploaded and arrived in the table, and nobody noted it. The rule matches the grader's own events from \`${source}\`; those of the worker are different.`,
        'Look at what the worker sends: `Source`, `DetailType`, and whether `amount` is a number.',
      ),
  },

  schedule: {
    title: 'A schedule runs lab02-digest every five minutes',
    hints: hints(
      'What calls a function when nothing happens but the time?',
      'EventBridge Scheduler needs three things: when, which function, and a role that may call it.',
      'CreateSchedule with `rate(5 minutes)`, `FlexibleTimeWindow: { Mode: "OFF" }`, and a role that `scheduler.amazonaws.com` may assume.',
    ),
    noFunction: (name: string) =>
      say(`There is no function named \`${name}\`.`, 'Deploy it: `npm run deploy 2`.'),
    none: say(
      'No schedule has `lab02-digest` as its target.',
      'Make a schedule of EventBridge Scheduler for the function.',
    ),
    disabled: (name: string) =>
      say(`The schedule \`${name}\` is disabled: it never ticks.`, 'Set its state to `ENABLED`.'),
    rare: (expression: string) =>
      say(
        `The schedule is \`${expression}\`. The grader waits for a tick, so this lab needs one every five minutes at least.`,
        'Use `rate(5 minutes)` without a flexible time window.',
      ),
  },

  digest: {
    title: 'One tick makes one digest',
    hints: hints(
      'The time has come. What does the function do, and is it allowed to?',
      'Read the log of `lab02-digest`. If there is none, the schedule’s role could not call it.',
      'Write one row into `lab02-digests`: `at` is the `time` of the event, `orders` is how many rows `lab02-orders` has.',
    ),
    none: (expression: string) =>
      say(
        `The schedule \`${expression}\` had its tick, and no row came into \`lab02-digests\`.`,
        'Read the log of `lab02-digest`; if it was never called, look at the role of the schedule.',
      ),
    mayNotCall: (name: string) =>
      say(
        `The schedule’s role may not call \`${name}\`. On AWS the schedule ticks, and the function never hears of it.`,
        'Allow the role of the schedule `lambda:InvokeFunction` on the ARN of the function.',
      ),
    noTime: say(
      'A digest came, and it has no attribute `at`. Nobody can tell which tick it is of.',
      'Write the event’s `time` as `at`.',
    ),
    twice: (count: string) =>
      say(`${count} digests came of one tick.`, 'Write one row a tick, with the event’s `time` as its key.'),
    count: (actual: string) =>
      say(
        `The digest's \`orders\` is ${actual}. There were more orders in the table at that moment.`,
        'Count the rows of `lab02-orders`, on every page of the scan, and write a number.',
      ),
  },
};
