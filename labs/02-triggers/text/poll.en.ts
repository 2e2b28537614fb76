import { hints, say } from './sentence.ts';

/** What the checks of the queue, the stream, the roles and the answers say. */
export const poll = {
  mappingState: (state: string, reason: string) =>
    say(
      `The event source mapping is in the state \`${state}\`${reason === '' ? '' : ` (${reason})`}. Lambda polls only while it is \`Enabled\`.`,
      'Enable the mapping, and wait until its state is `Enabled`.',
    ),

  queue: {
    title: 'The queue gives up after two receives, and gives the worker time',
    hints: hints(
      'What happens to a message that fails every time?',
      'A queue can have a redrive policy. And it hides a message while somebody works on it: for how long?',
      'Set `RedrivePolicy` with the ARN of `lab02-orders-dead` and `maxReceiveCount` 2, and `VisibilityTimeout` to six times the worker’s timeout.',
    ),
    missing: (name: string) =>
      say(`There is no queue named \`${name}\`.`, 'Create it, or run `npm run deploy 2`.'),
    noRedrive: (name: string) =>
      say(
        `The queue \`${name}\` has no dead-letter queue. A message that always fails comes back until it expires, days later.`,
        'Give the queue a redrive policy to `lab02-orders-dead` after 2 receives.',
      ),
    otherTarget: (arn: string) =>
      say(
        `The redrive policy leads to \`${arn}\`, and not to \`lab02-orders-dead\`.`,
        'Put the ARN of `lab02-orders-dead` into `deadLetterTargetArn`.',
      ),
    tooFew: (count: string) =>
      say(
        `\`maxReceiveCount\` is ${count}. One bad moment, such as a deployment or a throttled call, and a good message is buried.`,
        'Set `maxReceiveCount` to 2.',
      ),
    tooMany: (count: string) =>
      say(
        `\`maxReceiveCount\` is ${count}. This lab gives a message two chances.`,
        'Set `maxReceiveCount` to 2.',
      ),
    visibility: (visibility: string, timeout: string) =>
      say(
        `The queue hides a message for ${visibility} seconds, and the worker may take ${timeout}. With retries of a throttled call and batches that wait, the message comes back while it is still being worked on.`,
        'Set `VisibilityTimeout` to at least six times the timeout of the function.',
      ),
    tooLong: (visibility: string) =>
      say(
        `The queue hides a message for ${visibility} seconds. A failed one comes back only then, and the grader waits for it twice.`,
        'Set `VisibilityTimeout` to 60 seconds at most; 30 fit a timeout of 5.',
      ),
  },

  workerMapping: {
    title: 'Lambda polls the queue in batches of five and reads which messages failed',
    hints: hints(
      'A queue calls nobody. Who fetches its messages?',
      'An event source mapping belongs to Lambda, not to the queue. It has a batch size and response types.',
      'CreateEventSourceMapping with `BatchSize: 5` and `FunctionResponseTypes: ["ReportBatchItemFailures"]`.',
    ),
    noWorker: (name: string) =>
      say(`There is no function named \`${name}\`.`, 'Deploy it: `npm run deploy 2`.'),
    none: say(
      'No event source mapping leads from the queue `lab02-orders` to `lab02-worker`. Messages wait, and nobody fetches them.',
      'Create an event source mapping for the queue and the function.',
    ),
    batchSize: (actual: string) =>
      say(
        `The batch size is ${actual}${actual === '10' ? ', Lambda’s default' : ''}. It decides how many messages share one call, and one failure.`,
        'Set `BatchSize` to 5.',
      ),
    noReport: say(
      'The mapping has no `ReportBatchItemFailures`. Lambda does not look at what the worker answers: a batch that is answered counts as done, failed messages included.',
      'Set `FunctionResponseTypes` to `ReportBatchItemFailures`.',
    ),
  },

  batchReport: {
    title: 'The worker names the message that failed, and no other',
    hints: hints(
      'Of three messages one is no order. What should Lambda learn from your answer?',
      'An error that leaves the handler fails the whole batch. Catch it for each message by itself.',
      'Return `{ batchItemFailures: [{ itemIdentifier: record.messageId }] }` with the ids of those that failed.',
    ),
    threw: (type: string, message: string) =>
      say(
        `One of three messages was no order, and the worker failed altogether with \`${type}\`: ${message}. The good ones come back with the bad one, and end in the dead-letter queue with it.`,
        'Catch the error of each message by itself, and report its `messageId`.',
      ),
    noReport: say(
      'The answer is no report of failures. Where Lambda cannot read it, the whole batch is tried again; where it is empty, everything counts as done.',
      'Return an object with `batchItemFailures`: a list of `{ itemIdentifier }`.',
    ),
    silent: say(
      'One of three messages was no order, and the worker reports no failure. Lambda deletes all three: the bad one is lost without a trace.',
      'Report the `messageId` of what failed.',
    ),
    tooMany: say(
      'One of three messages was no order, and the worker reports good ones as well. They come back although they are done.',
      'Report only those whose own work failed.',
    ),
    otherId: say(
      'The worker reports something that is not the `messageId` of the message that failed. Lambda then tries the whole batch again.',
      'Use `record.messageId` as `itemIdentifier`, once for each message that failed.',
    ),
  },

  poison: {
    title: 'Of five orders one is poison: four rows, one dead letter',
    hints: hints(
      'Look into both ends: the table, and the queue `lab02-orders-dead`.',
      'A message leaves the queue when the worker does not report it. It goes to the dead-letter queue when it was received too often.',
      'Report only the bad message, do not delete anything yourself, and let the redrive policy do the rest.',
    ),
    lost: (count: string) =>
      say(
        `Five messages were sent, four of them orders, and ${count} of the four arrived in the table.`,
        'Read the log of `lab02-worker`: what stopped the others?',
      ),
    kept: say(
      'The message that is no order became a row: its amount is a text.',
      'Let the worker ask `parseOrder` before it writes.',
    ),
    buried: (count: string) =>
      say(
        `${count} good orders lie in the dead-letter queue beside the bad one. They were received again and again because their neighbour failed.`,
        'Report only the message that failed.',
      ),
    notBuried: say(
      'The message that is no order was received, and never came into the dead-letter queue.',
      'Check that the worker reports it each time, and that the redrive policy counts to 2.',
    ),
  },

  idempotent: {
    title: 'The same order twice has one effect',
    hints: hints(
      'Queues deliver at least once. What does your worker do with the second time?',
      'Somebody may have changed the row in between. A plain `PutItem` puts the old state back.',
      'Add `ConditionExpression: "attribute_not_exists(orderId)"`, and take `ConditionalCheckFailedException` for success.',
    ),
    never: say(
      'The orders of the grader never arrived in the table, so there was nothing to repeat.',
      'Read the log of `lab02-worker`.',
    ),
    rows: (count: string) =>
      say(
        `The same order came twice, and ${count} rows of the table hold its id.`,
        'Use the order’s own id as the key, not the id of the message.',
      ),
    reset: (status: string) =>
      say(
        `An order was placed, then paid, and then its first message came once more. Now its \`status\` is ${status}: the payment is forgotten.`,
        'Write an order only if its `orderId` is not there yet.',
      ),
    changed: say(
      'The same order came twice, and its amount changed with the second.',
      'Write an order only if its `orderId` is not there yet.',
    ),
    refused: say(
      'The second time, the worker reports the message as failed. It comes back, fails again, and a good order ends in the dead-letter queue.',
      'An order that is there already is done: report nothing.',
    ),
  },

  stream: {
    title: 'Lambda reads every change of the table from the beginning, and gives up some day',
    hints: hints(
      'A table’s stream is switched off at first. And a mapping must know where to begin.',
      'Two traps: records from before the mapping was ready, and a record that always fails.',
      'Stream `NEW_AND_OLD_IMAGES`; mapping with `StartingPosition: "TRIM_HORIZON"` and `MaximumRetryAttempts: 2`.',
    ),
    noTable: (name: string) =>
      say(`There is no table named \`${name}\`.`, 'Create it, or run `npm run deploy 2`.'),
    off: (name: string) =>
      say(
        `The table \`${name}\` has no stream. Changes happen, and nobody can follow them.`,
        'Switch the stream on with `NEW_AND_OLD_IMAGES`.',
      ),
    view: (view: string) =>
      say(
        `The stream shows ${view}. An audit needs what was there before and what is there now.`,
        'Use `NEW_AND_OLD_IMAGES`. To change it, switch the stream off and on again.',
      ),
    noAudit: (name: string) =>
      say(`There is no function named \`${name}\`.`, 'Deploy it: `npm run deploy 2`.'),
    none: say(
      'No event source mapping leads from the stream of `lab02-orders` to `lab02-audit`.',
      'Create an event source mapping for `LatestStreamArn` of the table and the function.',
    ),
    latest: (actual: string) =>
      say(
        `The mapping starts at ${actual}. What changes between its creation and its first look at the stream is never read.`,
        'Delete the mapping and create it with `TRIM_HORIZON`: the starting position cannot be changed later.',
      ),
    endless: say(
      'The mapping tries a failing batch again without end. One record that always fails holds up everything behind it in its shard for a day.',
      'Set `MaximumRetryAttempts`, for example to 2.',
    ),
  },

  filter: {
    title: 'The mapping passes INSERT and MODIFY, and nothing else',
    hints: hints(
      'Who should say no to a deletion: your code, or Lambda before it calls you?',
      'A mapping can have filters: JSON patterns over the record.',
      'Set `FilterCriteria` to `{ Filters: [{ Pattern: \'{"eventName":["INSERT","MODIFY"]}\' }] }`.',
    ),
    none: say(
      'The mapping has no filter. Your function is called, and paid for, for every deletion as well.',
      'Give the mapping a filter on `eventName`.',
    ),
    drops: (names: string) =>
      say(
        `The filter drops ${names}. These changes never reach the function, and they are not kept for later.`,
        'Let the filter pass `INSERT` and `MODIFY`.',
      ),
    passesRemove: say(
      'The filter lets `REMOVE` pass. Every deletion calls your function.',
      'Name the two that you want: `{"eventName": ["INSERT", "MODIFY"]}`.',
    ),
  },

  changes: {
    title: 'Each change is one row, in order, with the old and the new value',
    hints: hints(
      'Look at one record of the stream in the log of `lab02-audit`. What does it say about the change?',
      'A record has `eventName`, `dynamodb.OldImage`, `dynamodb.NewImage` and `dynamodb.SequenceNumber`.',
      'Write `orderId`, `sequence` (the SequenceNumber), `change` (the eventName), `before` and `after` (the images as `M`).',
    ),
    nothing: say(
      'An order was placed, changed twice, deleted and placed again, and `lab02-audit` wrote no row about it.',
      'Read the log of `lab02-audit`.',
    ),
    unnamed: (attributes: string) =>
      say(
        `A row has no attribute \`change\`. It has ${attributes}.`,
        'Write the record’s `eventName` as `change`.',
      ),
    noSequence: say(
      'A row has no attribute `sequence`. Without it nobody can tell which change came first.',
      'Write the record’s `SequenceNumber` as `sequence`.',
    ),
    missing: (count: string) =>
      say(
        `Four changes were to be kept, and there are ${count} rows. Rows with the same key replace one another.`,
        'Make `sequence` a part of the key, so that each change is a row of its own.',
      ),
    more: (count: string) =>
      say(
        `Four changes were to be kept, and there are ${count} rows.`,
        'Use the order’s id and the sequence number as the key: the same record is then the same row.',
      ),
    order: say(
      'The rows, sorted by `sequence`, do not tell the changes in the order in which they happened.',
      'Take `change` and `sequence` from the same record.',
    ),
    images: (name: string) =>
      say(
        `A row of \`${name}\` does not hold what was there before and after.`,
        'Write `OldImage` as `before` and `NewImage` as `after`; an `INSERT` has no `before`.',
      ),
  },

  repeats: {
    title: 'Audit, notify and digest write one row for the same event twice',
    hints: hints(
      'Asynchronous events may come twice, and a batch of a stream comes again when its function failed in the middle.',
      'What in the event is the same both times, and different for every other event?',
      'Keys: order id and sequence number for audit, order id for notify, the event’s `time` for digest. No random ids, no time of now.',
    ),
    threw: (name: string, error: string) =>
      say(
        `\`${name}\` was called twice with the same event, and failed with ${error}.`,
        'Read the log of this call below.',
      ),
    none: {
      audit: say(
        '`lab02-audit` was called with a record of its own, and no row holds the order’s id.',
        'Write a row for each record of the event.',
      ),
      notify: say(
        '`lab02-notify` was called with an event of its own, and no row holds the order’s id.',
        'Take the order’s id from `event.detail`.',
      ),
      digest: say(
        '`lab02-digest` was called with a tick of its own, and no row holds the time of that tick. By the time of now a repeated tick cannot be told from a new one.',
        'Use the `time` of the event as `at`.',
      ),
    } as Readonly<Record<'audit' | 'notify' | 'digest', { readonly why: string; readonly next: string }>>,
    several: (name: string, count: string) =>
      say(
        `\`${name}\` was called twice with the same event, and ${count} rows came of it.`,
        'Make the key of the row from what identifies the event.',
      ),
  },

  roles: {
    title: 'Each function has a role of its own, which allows what it needs',
    hints: hints(
      'Whoever takes over a function can do what its role can do. What is the least?',
      'Look for `*` in your roles: in actions, and in resources.',
      'One role a function; actions by name, such as `dynamodb:PutItem`; the ARN of one table, queue or bucket as the resource.',
    ),
    shared: (first: string, second: string, role: string) =>
      say(
        `\`${first}\` and \`${second}\` share the role \`${role}\`. Each of them may do what only the other needs.`,
        'Give each function a role of its own.',
      ),
    negated: (role: string, policy: string) =>
      say(
        `The policy \`${policy}\` of the role \`${role}\` uses \`NotAction\` or \`NotResource\`: it allows everything that it does not name.`,
        'Name what is allowed.',
      ),
    action: (name: string, action: string, policy: string) =>
      say(
        `\`${name}\` may do \`${action}\` by the policy \`${policy}\`. The \`*\` covers far more than the function does.`,
        'Name the actions one by one.',
      ),
    resource: (name: string, action: string, policy: string) =>
      say(
        `\`${name}\` may do \`${action}\` on every resource of the account (\`*\`) by the policy \`${policy}\`.`,
        'Name the ARN of the one resource that it is about.',
      ),
  },

  answers: {
    title: 'answers.yaml says for each function who calls it and what happens on failure',
    hints: hints(
      'For each function ask: who waits for its answer? Nobody, a caller, or a poller?',
      'Asynchronous: Lambda’s own queue, one call and two retries. Polling: the source decides. Synchronous: the caller decides.',
      'Count: 1 + `MaximumRetryAttempts` (2 if not set) for asynchronous calls and for streams, `maxReceiveCount` for a queue.',
    ),
    noFile: say(
      'There is no file `answers.yaml` in the workspace.',
      'Put it there; the starter has one with the questions in it.',
    ),
    unreadable: (line: string) =>
      say(
        `\`answers.yaml\` is no valid YAML: line ${line} cannot be read.`,
        'Mend the line; often it is a tab, or a missing space after a colon.',
      ),
    open: (keys: string) =>
      say(
        `\`answers.yaml\` leaves these open: ${keys}.`,
        'Answer each of them; the comments at the top say what the words mean.',
      ),
    unknown: (key: string, value: string, choices: string) =>
      say(`\`${key}\` is \`${value}\`, which is none of the possible answers.`, `Choose among ${choices}.`),
    wrong: (name: string, field: string, said: string) =>
      say(
        `\`answers.yaml\` says \`${field}: ${said}\` for \`${name}\`. The way it is configured now says something else.`,
        'Look at the configuration below, and at the table of the three models in the guide.',
      ),
  },
};
