import { hints, say } from '../../wording/wording.ts';

/** What the checks of the queue and its worker say. */
export const queue = {
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
};
