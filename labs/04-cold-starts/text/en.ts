import { operation } from './operation.en.ts';
import { work } from './work.en.ts';

export const en = {
  title: 'Cold starts',

  goal: 'Move work out of the handler, keep the truth in a table, and measure what a cold start costs.',

  cost: 'Nothing on the embedded cloud. On an AWS account: provisioned concurrency costs money while it waits, about 0.008 USD an hour here. Clean up when you are done.',

  evidence: {
    event: 'event',
    answer: 'answer',
    log: 'log of this call',
    report: 'REPORT line',
    reports: 'REPORT lines of all calls',
    numbers: 'numbers that the calls answered',
    item: 'item in the table',
    configuration: 'GetFunctionConfiguration',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ...work,
  ...operation,
};
