import { ready } from '../../function-ready/text.en.ts';
import { answered } from '../../rest-api/text/answered.en.ts';
import { answering } from './answering.en.ts';
import { building } from './building.en.ts';

export const en = {
  title: 'API Gateway',

  goal: 'Put an HTTP API in front of a function, and know of every answer who has made it.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent for the requests of this lab.',

  evidence: {
    event: 'event',
    log: 'log of this call',
    statement: 'statement of the function’s policy',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ready: ready(5, 'lab05-notes'),
  answered: answered(5, 'dev'),
  ...building,
  ...answering,
};
