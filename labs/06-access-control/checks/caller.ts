import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { ask, outcomeOf } from './ask.ts';
import { tokenOf } from './authorizer.ts';
import type { Context, LabCheck } from './context.ts';
import { byFunction, type Tried } from './decision.ts';

const caller: LabCheck = {
  id: 'context',
  title: (text) => text.context.title,
  points: 5,
  needs: ['tokens'],
  verifiedOn: ['embedded'],
  requires: ['lambdaAuthorizers'],
  hints: (text) => text.context.hints,
  async run(context) {
    const { text } = context;
    for (const role of ['reader', 'editor']) {
      const sub = context.nonce('caller');
      const answer = await ask(context, routes.admin, { token: tokenOf(context, { sub, role }) });
      const { evidence } = answer;
      expectIn(context, role, { outcome: outcomeOf(answer), actual: shown(answer.json), evidence });
      expectStatus(context, routes.admin, answer, 200);
      const told = members(answer.json);
      if (told.caller === undefined || told.caller === null)
        context.fail({ ...text.context.nobody, expected: sub, actual: answer.text, evidence });
      context.expect(told.caller, { ...text.context.other, evidence }).toBe(sub);
      context.expect(told.role, { ...text.context.role, evidence }).toBe(role);
    }
  },
  async configuration(context) {
    const token = tokenOf(context, { sub: context.nonce('caller'), role: 'editor' });
    expectIn(context, 'editor', await byFunction(context)(routes.admin, { token }));
  },
};

/** A good token is not kept out by the authorizer. */
export function expectIn(context: Context, role: string, { outcome, actual, evidence }: Tried): void {
  const { text } = context;
  const finding = { expected: '200', actual, evidence };
  if (outcome === 'refused') context.fail({ ...text.context.refused(role), ...finding });
  if (outcome === 'unauthorized') context.fail({ ...text.context.unauthorized(role), ...finding });
  if (outcome === 'authorizerFailed') context.fail({ ...text.context.failed, ...finding });
  if (outcome === 'forbidden') context.fail({ ...text.context.key, ...finding });
}

export const callerChecks = { caller };
