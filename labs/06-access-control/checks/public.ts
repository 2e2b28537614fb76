import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { methodOf } from './api.ts';
import { askUntil, line, outcomeOf } from './ask.ts';
import type { LabCheck } from './context.ts';

const open: LabCheck = {
  id: 'public',
  title: (text) => text.public.title,
  points: 5,
  needs: ['ready', 'api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.public.hints,
  async run(context) {
    const { text } = context;
    const { apiKeyRequired, authorizationType } = methodOf(context, routes.public);
    const evidence = [{ label: 'GetMethod', value: shown({ apiKeyRequired, authorizationType }) }];
    if (apiKeyRequired === true) context.fail({ ...text.public.key, evidence });
    if (authorizationType !== 'NONE')
      context.fail({ ...text.public.authorizer(authorizationType ?? '?'), evidence });
    const answer = await askUntil(context, 'deployment', ['in'], routes.public);
    const outcome = outcomeOf(answer);
    if (outcome === 'forbidden' || outcome === 'unauthorized')
      context.fail({
        ...text.public.closed,
        expected: '200',
        actual: line(answer),
        evidence: answer.evidence,
      });
    expectStatus(context, routes.public, answer, 200);
    context
      .expect(members(answer.json).caller, { ...text.public.caller, evidence: answer.evidence })
      .toBe(null);
  },
};

export const publicChecks = { open };
