import { hints, say } from './sentence.ts';

/** What the checks of uploads, events and schedules say. */
export const push = {
  intakeReady: {
    title: 'The function lab02-intake is there and Active',
    hints: hints(
      'A function exists once a deployment has made it. Has yours run to its end?',
      'The starter deploys as it is. Run `npm run deploy 2` in the project and read its lines.',
      'Run `npm run deploy 2`. If you build by hand: the name is `lab02-intake`, the runtime `nodejs24.x`.',
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\` in this region, so nothing can be triggered yet.`,
        'Run `npm run deploy 2`, then grade again.',
      ),
    notActive: (state: string, reason: string) =>
      say(
        `The function is in the state \`${state}\`${reason === '' ? '' : ` (${reason})`}. Lambda calls a function only when it is \`Active\`.`,
        'Deploy again, and wait for `Active` before you grade.',
      ),
    runtime: (runtime: string) =>
      say(
        `The function runs on \`${runtime}\`. This lab needs a Node.js runtime that AWS still supports.`,
        'Set the runtime to `nodejs24.x` and deploy again.',
      ),
  },

  uploadPermission: {
    title: 'S3 may call lab02-intake for this bucket of this account, and for no other',
    hints: hints(
      'The execution role says what a function may do. Who says who may call it?',
      'Read the function’s resource-based policy. A bucket’s ARN does not say whose bucket it is: what else could?',
      'Add the permission with `Principal: s3.amazonaws.com`, `SourceArn` with the bucket’s ARN and `SourceAccount` with your account id.',
    ),
    none: say(
      'The resource-based policy of `lab02-intake` does not let S3 in. S3 refuses a notification to a function that it may not call.',
      'Add a permission for `s3.amazonaws.com` with `AddPermission`.',
    ),
    everybody: say(
      'The resource-based policy of `lab02-intake` lets everybody call it (`Principal: "*"`).',
      'Name the one service that should call: `s3.amazonaws.com`.',
    ),
    noArn: say(
      'The permission lets S3 call `lab02-intake` for any bucket: it has no `SourceArn`.',
      'Put the ARN of your bucket into `SourceArn`.',
    ),
    otherArn: (arn: string) =>
      say(
        `The permission is for \`${arn}\`, and not for the bucket of this lab alone.`,
        'Put the ARN of your bucket into `SourceArn`, without a wildcard.',
      ),
    noAccount: say(
      'The permission has no `SourceAccount`. A bucket’s ARN holds no account id: if you delete the bucket, somebody else may take its name, and their uploads call your function.',
      'Add `SourceAccount` with your account id.',
    ),
    otherAccount: (account: string) =>
      say(
        `The permission is for buckets of the account \`${account}\`. That is not the account that this lab is in.`,
        'Put your own account id into `SourceAccount`.',
      ),
  },

  notification: {
    title: 'The bucket calls lab02-intake for new orders/*.json',
    hints: hints(
      'The permission only says that S3 may call. What tells S3 to do it?',
      'A bucket has a notification configuration: which events, for which keys, to which function.',
      'Use `s3:ObjectCreated:*` with two filter rules: prefix `orders/` and suffix `.json`.',
    ),
    noBucket: (bucket: string) =>
      say(
        `There is no bucket named \`${bucket}\`. The account id at its end makes the name yours in all of AWS.`,
        'Create it, or run `npm run deploy 2`.',
      ),
    none: (bucket: string) =>
      say(
        `The bucket \`${bucket}\` has no notification to \`lab02-intake\`. Files arrive in it, and nobody hears of them.`,
        'Configure a notification for new objects to the function.',
      ),
    noCreation: say('The notification is not about new objects.', 'Ask for the event `s3:ObjectCreated:*`.'),
    notPut: say(
      'The notification leaves out `s3:ObjectCreated:Put`, which is how small files arrive.',
      'Ask for `s3:ObjectCreated:*`: it covers every way in which an object can be made.',
    ),
    prefix: (prefix: string) =>
      say(
        `The notification has ${prefix === '' ? 'no prefix' : `the prefix \`${prefix}\``}. ${prefix === '' ? 'Every file of the bucket calls the function, also those that functions write.' : 'Orders lie under `orders/`.'}`,
        'Set the prefix `orders/`.',
      ),
    suffix: (suffix: string) =>
      say(
        `The notification has ${suffix === '' ? 'no suffix' : `the suffix \`${suffix}\``}. Orders are \`.json\` files.`,
        'Set the suffix `.json`.',
      ),
  },

  testOrders: {
    title: 'The grader has sent its own orders',
    hints: hints(
      'This check only sends. What the orders lead to is what the checks below look at.',
      'Orders of the grader have ids that begin with `grader-`. You can find them in your logs.',
      'If this check is in error, its reason is below: the target did not take an upload, a message or an event.',
    ),
  },

  noLoop: {
    title: 'No function writes where it is triggered from',
    hints: hints(
      'What happens when a function that is called for new files makes a new file?',
      'List the bucket. Which files under `orders/` has nobody uploaded?',
      'Write results to a table, a queue or another bucket. If it must be this bucket, use a prefix that the notification does not cover.',
    ),
    uninvited: (count: string, keys: string) =>
      say(
        `While the grader’s files were taken in, ${count} other files came up under \`orders/\`: ${keys}. Each of them calls the function again, and it pays for itself until AWS stops the loop.`,
        'Let no function write under `orders/`; the pipeline goes on in the queue.',
      ),
  },

  decodedKey: {
    title: 'A file whose key has spaces and Hangul becomes a row',
    hints: hints(
      'Look at the event in the log of `lab02-intake`. Does the key look like the name of the file?',
      'S3 encodes keys in events as a form does: a space is `+`, everything else `%XX`.',
      'Use `decodeURIComponent(key.replaceAll("+", " "))`, and put the result into the message as `file`.',
    ),
    nothing: (key: string) =>
      say(
        `The file \`${key}\` was uploaded, and no order of it arrived in the table \`lab02-orders\`.`,
        'Follow it through the logs: first `lab02-intake`, then `lab02-worker`.',
      ),
    encoded: (key: string) =>
      say(
        `A file with a plain name arrived. \`${key}\` did not: its key has spaces, Hangul and a plus sign.`,
        'Decode the key of the event before you read the object.',
      ),
    noFile: say(
      'The order arrived, and its row has no attribute `file`. Nobody can tell which upload it came from.',
      'Let intake put the decoded key into the message, and worker into the row.',
    ),
    otherFile: (file: string) =>
      say(
        `The row's \`file\` is ${file}. That is not the key of the file that was uploaded.`,
        'Decode the key first, and use the decoded one everywhere.',
      ),
    member: (member: string, actual: string) =>
      say(
        `The row's \`${member}\` is ${actual}, and the file says something else.`,
        `Hand \`${member}\` on as it is: from the file to the message, from the message to the row.`,
      ),
    status: (actual: string) =>
      say(
        `The row's \`status\` is ${actual}. A new order is \`placed\`.`,
        'Write `status` with the value `placed`.',
      ),
  },

  otherKeys: {
    title: 'Files elsewhere do nothing',
    hints: hints(
      'Which files should the pipeline never see?',
      'S3 can filter by the beginning and the end of a key before it calls anybody.',
      'Give the notification the prefix `orders/` and the suffix `.json`.',
    ),
    arrived: (key: string) =>
      say(
        `The file \`${key}\` became an order. It does not lie under \`orders/\`, or is no \`.json\`.`,
        'Filter by prefix and suffix in the notification.',
      ),
  },

  invalidFile: {
    title: 'A file that holds no order goes no further than intake',
    hints: hints(
      'Intake stands at the door. What may pass?',
      '`order.ts` knows what an order is. Who asks it?',
      'Call `parseOrder` on the text of the file before you send a message.',
    ),
    arrived: say(
      'A file whose amount is a text became a row of the table. Nobody looked at what was in it.',
      'Let intake refuse what `parseOrder` refuses.',
    ),
    queued: say(
      'A file whose amount is a text came into the queue, where it can only fail.',
      'Let intake refuse what `parseOrder` refuses, before it sends a message.',
    ),
  },

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
