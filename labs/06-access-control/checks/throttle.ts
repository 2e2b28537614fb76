import { GetUsagePlanCommand } from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../../../grader/api.ts';
import { shown } from '../../wording/wording.ts';
import { grant, probeKeys, routes, stage } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, askUntil, outcomeOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { planOf } from './plan.ts';
import { withProbeKey } from './probe-key.ts';

/** More than the burst and what comes back to it meanwhile. */
const requests = grant.burst * 3;
/** How many are under way at a time: more, where the way to the stage is so long that few arrive in a second. */
const lanes = [2, 6, 15, requests];

const throttle: LabCheck = {
  id: 'throttle',
  title: (text) => text.throttle.title,
  points: 5,
  needs: ['keys'],
  verifiedOn: ['embedded'],
  requires: ['apiKeys', 'planThrottles', 'methodThrottles'],
  hints: (text) => text.throttle.hints,
  run: refusesBeyond,
  async configuration(context) {
    await expectNoWider(context);
    const shows = await Promise.all([context.can('apiKeys'), context.can('planThrottles')]);
    if (shows.every(Boolean)) await refusesBeyond(context);
  },
};

/** That the plan has no limit for the one method that is wider than its own. */
async function expectNoWider(context: Context): Promise<void> {
  const { text, clients } = context;
  const { apiStages = [] } = await clients.apigateway.send(
    new GetUsagePlanCommand({ usagePlanId: planOf(context).id }),
  );
  const [method = '', path = ''] = routes.reports.split(' ');
  const key = `${path}/${method}`;
  for (const { apiId, stage: name, throttle = {} } of apiStages) {
    if (apiId !== apiOf(context).id || name !== stage) continue;
    const { rateLimit = 0, burstLimit = 0 } = throttle[key] ?? {};
    if (rateLimit > grant.rate || burstLimit > grant.burst)
      context.fail({
        ...text.throttle.wider(routes.reports),
        expected: shown({ rateLimit: grant.rate, burstLimit: grant.burst }),
        actual: shown(throttle[key]),
        evidence: [{ label: 'GetUsagePlan', value: shown(apiStages) }],
      });
  }
}

async function refusesBeyond(context: Context): Promise<void> {
  const { text } = context;
  const answers = await withProbeKey(context, probeKeys.throttle, async (key) => {
    await key.join();
    await askUntil(context, 'apiKey', ['in'], routes.reports, { key: key.value });
    let round = 0;
    let last: readonly HttpAnswer[] = [];
    await context.until('deployment', async () => {
      last = await burst(context, key.value, lanes[Math.min(round, lanes.length - 1)] ?? requests);
      round += 1;
      return last.some((answer) => outcomeOf(answer) === 'throttled') || undefined;
    });
    return last;
  });
  const told = tally(answers);
  const refused = answers.find((answer) => outcomeOf(answer) === 'throttled');
  if (refused === undefined)
    context.fail({
      ...text.throttle.none(requests),
      expected: '429 {"message":"Too Many Requests"}',
      actual: told,
      evidence: answers[0]?.evidence ?? [],
    });
  context.note({ label: text.throttle.noted(requests), value: told });
}

/** Sends all requests, so many at a time. */
async function burst(context: Context, key: string, atATime: number): Promise<readonly HttpAnswer[]> {
  const answers: HttpAnswer[] = [];
  let sent = 0;
  const lane = async () => {
    while (sent < requests) {
      sent += 1;
      answers.push(await ask(context, routes.reports, { key }));
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return answers;
}

/** `12 × 200, 18 × 429` */
function tally(answers: readonly HttpAnswer[]): string {
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
  return [...new Set(statuses)]
    .map((status) => `${statuses.filter((each) => each === status).length} × ${status}`)
    .join(', ');
}

export const throttleChecks = { throttle };
