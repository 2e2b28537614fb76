import {
  paginateGetUsagePlanKeys,
  paginateGetUsagePlans,
  GetApiKeyCommand,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import { shown } from '../../wording/wording.ts';
import { grant, names, stage } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

/** The student's plan, and their key in it. */
export interface FoundPlan {
  readonly id: string;
  /** What clients send. */
  readonly key: string;
}

/** What the check `plan` has found. */
export const planOf = (context: Context): FoundPlan => context.from<FoundPlan>('plan');

const plan: LabCheck = {
  id: 'plan',
  title: (text) => text.plan.title,
  points: 10,
  needs: ['api'],
  verifiedOn: ['embedded'],
  requires: ['keysDisabledAtFirst'],
  hints: (text) => text.plan.hints,
  run: found,
  // All of it is configuration. A server that enables every key cannot show who has forgotten to.
  configuration: found,
};

async function found(context: Context): Promise<FoundPlan> {
  const { text } = context;
  const name = context.name(names.plan);
  const plans = await plansNamed(context, name);
  const [first] = plans;
  if (first?.id === undefined) return context.fail({ ...text.plan.missing(name), expected: name });
  if (plans.length > 1) return context.fail(text.plan.several(name, plans.length));
  const { apiStages = [], throttle, quota } = first;
  const evidence = [{ label: 'GetUsagePlans', value: shown({ apiStages, throttle, quota }) }];
  const { id: apiId } = apiOf(context);
  if (!apiStages.some((each) => each.apiId === apiId && each.stage === stage))
    context.fail({
      ...text.plan.noStage,
      expected: `${apiId}:${stage}`,
      actual: shown(apiStages),
      evidence,
    });
  context
    .expect(throttle, { ...text.plan.throttle, evidence })
    .toMatchObject({ rateLimit: grant.rate, burstLimit: grant.burst });
  context
    .expect(quota, { ...text.plan.quota, evidence })
    .toMatchObject({ limit: grant.quota, period: grant.period });
  return { id: first.id, key: await keyIn(context, first.id) };
}

async function plansNamed({ clients }: Context, name: string): Promise<UsagePlan[]> {
  const found: UsagePlan[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client: clients.apigateway, pageSize: 500 }, {}))
    found.push(...items.filter((each) => each.name === name));
  return found;
}

/** The value of the student's key in the plan. */
async function keyIn(context: Context, usagePlanId: string): Promise<string> {
  const { text, clients } = context;
  const { apigateway } = clients;
  const name = context.name(names.key);
  const inPlan: (string | undefined)[] = [];
  for await (const { items = [] } of paginateGetUsagePlanKeys(
    { client: apigateway, pageSize: 500 },
    { usagePlanId },
  )) {
    const key = items.find((each) => each.name === name);
    inPlan.push(...items.map((each) => each.name));
    if (key?.id === undefined) continue;
    const { enabled, value } = await apigateway.send(
      new GetApiKeyCommand({ apiKey: key.id, includeValue: true }),
    );
    if (enabled !== true)
      context.fail({ ...text.plan.disabled(name), expected: 'true', actual: shown(enabled) });
    if (value === undefined) throw new Error('GetApiKey answered without the value.');
    return value;
  }
  return context.fail({ ...text.plan.noKey(name), expected: name, actual: inPlan.join(', ') });
}

export const planChecks = { plan };
