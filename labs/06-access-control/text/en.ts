import { ready } from '../../function-ready/text.en.ts';
import { answered } from '../../rest-api/text/answered.en.ts';
import { keys } from './keys.en.ts';
import { tokens } from './tokens.en.ts';

export const en = {
  title: 'Access control',

  goal: 'Decide who may call an API and how often: API keys with a usage plan, and bearer tokens with an authorizer.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent for the requests of this lab.',

  evidence: {
    statement: 'statement of the function’s policy',
    log: 'log of this call',
    event: 'event',
    verdict: 'answer of the authorizer',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ready: ready(6, 'lab06-reports'),
  answered: answered(6, 'dev'),
  ...keys,
  ...tokens,
};
