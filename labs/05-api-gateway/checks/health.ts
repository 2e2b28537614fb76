import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { askSettled } from './answer.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const health: LabCheck = {
  id: 'health',
  title: (text) => text.health.title,
  points: 10,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  hints: (text) => text.health.hints,
  async run(context) {
    const { text } = context;
    const method = apiOf(context).methods.get(routes.health);
    if (method === undefined)
      return context.fail({ ...text.health.missing(routes.health), expected: routes.health });
    const { type, requestTemplates, integrationResponses } = method.methodIntegration ?? {};
    const configured = {
      label: 'GetIntegration',
      value: shown({ type, requestTemplates, integrationResponses }),
    };
    context
      .expect<string | undefined>(type, { ...text.health.type(type ?? '?'), evidence: [configured] })
      .toBe('MOCK');
    const answer = await askSettled(context, '/health');
    const evidence = [configured, ...answer.evidence];
    if (answer.status === 500)
      context.fail({ ...text.health.noStatus, expected: '200', actual: '500', evidence });
    expectStatus(context, routes.health, answer, 200);
    if (answer.text.trim() === '')
      context.fail({ ...text.health.empty, expected: '{"status": "ok"}', evidence });
    context.expect(members(answer.json).status, { ...text.health.other, evidence }).toBe('ok');
    return undefined;
  },
};

export const healthChecks = { health };
