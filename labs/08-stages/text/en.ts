import { ready } from '../../function-ready/text.en.ts';
import { answered } from '../../rest-api/text/answered.en.ts';
import { say } from '../../wording/wording.ts';
import { building } from './building.en.ts';
import { releasing } from './releasing.en.ts';

export const en = {
  title: 'Stages',

  goal: 'Release a change to some, then to all, go back in one step, and leave old clients in peace.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent for the requests of this lab.',

  evidence: {
    statement: 'statement of the alias’s policy',
    read: (file: string) => `lines of ${file} that name a deployment`,
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  ready: ready(8, 'lab08-shop'),
  answered: {
    ...answered(8, 'dev'),
    unknown: (route: string) =>
      say(
        `\`${route}\` is answered with “Missing Authentication Token”. The deployment that the stage points at has no such method.`,
        'Find out which deployment the stage shows (`GetStage`), and what was in the API when it was taken.',
      ),
  },
  ...building,
  ...releasing,
};
