import { events } from './events.en.ts';
import { queue } from './queue.en.ts';
import { review } from './review.en.ts';
import { stream } from './stream.en.ts';
import { uploads } from './uploads.en.ts';

export const en = {
  title: 'Triggers',

  goal: 'Build an order pipeline of five functions that AWS services call: S3, SQS, DynamoDB Streams, EventBridge and a schedule.',

  cost: 'Nothing on the embedded cloud. On an AWS account: under one cent for the lab; clean up afterwards, because the schedule goes on.',

  evidence: {
    log: (name: string) => `log of ${name}`,
    policy: 'resource-based policy',
    rolePolicy: (name: string) => `policy ${name}`,
    file: (key: string) => `file ${key}`,
    row: 'row of the table',
    rows: 'rows of the table',
    event: 'event',
    answer: 'answer',
    call: 'log of this call',
    sent: 'messages sent',
    letters: 'dead-letter queue',
    before: 'before',
    after: 'after',
    made: 'changes made',
    schedules: 'schedules',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ...uploads,
  ...queue,
  ...stream,
  ...events,
  ...review,
};
