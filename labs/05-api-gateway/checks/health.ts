import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Evidence } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { askSettled } from './answer.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

const health: LabCheck = {
  id: 'health',
  title: (text) => text.health.title,
  points: 10,
  needs: ['deployed'],
  verifiedOn: ['embedded'],
  requires: ['mockTemplates'],
  hints: (text) => text.health.hints,
  run: answers,
  async configuration(context) {
    const { text } = context;
    const { requestTemplates = {}, integrationResponses = {} } = mockOf(context).integration;
    const evidence = [{ label: 'GetIntegration', value: shown({ requestTemplates, integrationResponses }) }];
    const gives200 = (template: string) => /"?statusCode"?\s*:\s*200\b/.test(template);
    if (!Object.values(requestTemplates).some(gives200) || integrationResponses['200'] === undefined)
      context.fail({ ...text.health.withoutStatus, expected: '{"statusCode": 200}', evidence });
    const bodies = Object.values(integrationResponses['200']?.responseTemplates ?? {});
    if (bodies.every((body) => body.trim() === ''))
      context.fail({ ...text.health.withoutBody, expected: '{"status": "ok"}', evidence });
    await answers(context);
  },
};

/** The integration of the method, where it is a mock. */
function mockOf(context: Context): { readonly integration: Integration; readonly configured: Evidence } {
  const { text } = context;
  const method = apiOf(context).methods.get(routes.health);
  if (method === undefined)
    return context.fail({ ...text.health.missing(routes.health), expected: routes.health });
  const { methodIntegration: integration = {} } = method;
  const { type, requestTemplates, integrationResponses } = integration;
  const configured = {
    label: 'GetIntegration',
    value: shown({ type, requestTemplates, integrationResponses }),
  };
  context
    .expect<string | undefined>(type, { ...text.health.type(type ?? '?'), evidence: [configured] })
    .toBe('MOCK');
  return { integration, configured };
}

async function answers(context: Context): Promise<void> {
  const { text } = context;
  const { configured } = mockOf(context);
  const answer = await askSettled(context, '/health');
  const evidence = [configured, ...answer.evidence];
  if (answer.status === 500)
    context.fail({ ...text.health.noStatus, expected: '200', actual: '500', evidence });
  expectStatus(context, routes.health, answer, 200);
  if (answer.text.trim() === '')
    context.fail({ ...text.health.empty, expected: '{"status": "ok"}', evidence });
  context.expect(members(answer.json).status, { ...text.health.other, evidence }).toBe('ok');
}

export const healthChecks = { health };
