import { answered } from '../../rest-api/text/answered.en.ts';
import { applications } from './applications.en.ts';
import { operation } from './operation.en.ts';

export const en = {
  title: 'SAM',

  goal: 'Deploy, mend, extend and compose applications from templates, and remove them without a trace.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent; CloudFormation and SAM cost nothing themselves.',

  evidence: {
    logLine: 'line of the stack’s log group',
    values: 'other values of the parameters',
    answer: 'what the function answered',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  answered: answered(9, 'prod'),
  ...applications,
  ...operation,
};
