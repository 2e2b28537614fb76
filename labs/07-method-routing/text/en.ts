import { ready } from '../../function-ready/text.en.ts';
import { answered } from '../../rest-api/text/answered.en.ts';
import { books } from './books.en.ts';
import { edge } from './edge.en.ts';
import { paths } from './paths.en.ts';

export const en = {
  title: 'Method routing',

  goal: 'Give every path and method its own answer, with the right status, and let the gateway refuse what no function should see.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent for the requests of this lab.',

  evidence: {
    body: 'body that was sent',
    event: 'event',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ready: ready(7, 'lab07-books'),
  answered: answered(7, 'dev'),
  ...books,
  ...paths,
  ...edge,
};
