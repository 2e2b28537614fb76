import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { askSettled } from './ask.ts';
import { booksIn, read, routes } from './books.ts';
import type { LabCheck } from './context.ts';

const list: LabCheck = {
  id: 'list',
  title: (text) => text.list.title,
  points: 5,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  hints: (text) => text.list.hints,
  async run(context) {
    const { text } = context;
    const answer = await askSettled(context, { route: routes.list });
    expectStatus(context, routes.list, answer, 200);
    if (booksIn(answer) === undefined)
      context.fail({
        ...text.list.noList,
        expected: '{ "books": [ … ] }',
        actual: answer.text,
        evidence: answer.evidence,
      });
  },
};

const missing: LabCheck = {
  id: 'missing',
  title: (text) => text.missing.title,
  points: 5,
  needs: ['list'],
  verifiedOn: ['embedded'],
  hints: (text) => text.missing.hints,
  async run(context) {
    const answer = await read(context, { id: context.nonce('nobody') });
    if (answer.status >= 200 && answer.status < 300)
      context.fail({
        ...context.text.missing.found(answer.status),
        expected: '404',
        actual: String(answer.status),
        evidence: answer.evidence,
      });
    expectStatus(context, routes.read, answer, 404);
  },
};

export const listChecks = { list, missing };
