import { signals } from './signals.en.ts';
import { writing } from './writing.en.ts';

export const ko = {
  title: 'CloudWatch Logs',

  goal: 'Make a function observable: one line a request, a filter that counts, an alarm that goes off, a query that finds.',

  cost: 'Nothing on the embedded cloud. On an AWS account: a few cents at most for one alarm and one custom metric, until you clean up.',

  evidence: {
    event: 'event',
    answer: 'answer',
    log: 'log of this call',
    lines: 'log lines',
    configuration: 'GetFunctionConfiguration',
    logging: 'LoggingConfig',
    pattern: 'pattern',
    query: 'query',
    rows: 'rows',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ...writing,
  ...signals,
};
