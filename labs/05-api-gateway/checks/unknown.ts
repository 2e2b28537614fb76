import { isUnknown } from '../../rest-api/gateway-answer.ts';
import { ask } from './answer.ts';
import type { LabCheck } from './context.ts';

const unknown: LabCheck = {
  id: 'unknown',
  title: (text) => text.unknown.title,
  points: 5,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  hints: (text) => text.unknown.hints,
  async run(context) {
    const asked = [
      { path: `/${context.nonce('nowhere')}`, method: 'GET' },
      // The path is there, the method is not.
      { path: '/hello', method: 'DELETE' },
    ];
    for (const { path, method } of asked) {
      const answer = await ask(context, path, { method });
      if (isUnknown(answer)) continue;
      context.fail({
        ...context.text.unknown.answered(`${method} ${path}`, answer.status),
        expected: '403 {"message":"Missing Authentication Token"}',
        actual: `${answer.status} ${answer.text}`,
        evidence: answer.evidence,
      });
    }
  },
};

export const unknownChecks = { unknown };
