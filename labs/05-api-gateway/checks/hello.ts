import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { routes } from '../names.ts';
import { ask, askSettled } from './answer.ts';
import type { LabCheck } from './context.ts';

const hello: LabCheck = {
  id: 'hello',
  title: (text) => text.hello.title,
  points: 10,
  needs: ['permission', 'contract', 'deployed'],
  verifiedOn: ['embedded'],
  hints: (text) => text.hello.hints,
  async run(context) {
    const { text } = context;
    // A space and Hangul: what stands encoded in the address arrives decoded.
    const name = `${context.nonce('caller')} 민지`;
    const answer = await askSettled(context, `/hello?name=${encodeURIComponent(name)}`);
    expectStatus(context, routes.hello, answer, 200);
    context
      .expect(members(answer.json).message, { ...text.hello.other, evidence: answer.evidence })
      .toBe(`Hello, ${name}!`);
    const nobody = await ask(context, '/hello');
    expectStatus(context, routes.hello, nobody, 200);
    context
      .expect(members(nobody.json).message, { ...text.hello.nobody, evidence: nobody.evidence })
      .toBe('Hello, world!');
  },
};

export const helloChecks = { hello };
