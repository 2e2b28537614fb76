import { hints, say } from '../../wording/wording.ts';

/** What the checks of the stream, and of events that come twice, say. */
export const stream = {
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
};
