import { BadRequestException, GetUsageCommand, UpdateUsageCommand } from '@aws-sdk/client-api-gateway';
import type { HttpAnswer } from '../../../grader/api.ts';
import { shown } from '../../wording/wording.ts';
import { grant, probeKeys, routes } from '../names.ts';
import { ask, askUntil, line, outcomeOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { planOf } from './plan.ts';
import { withProbeKey, type ProbeKey } from './probe-key.ts';

/** What is left to the check's key: nobody needs 200 requests to see what comes after the last. */
const left = 2;

const quota: LabCheck = {
  id: 'quota',
  title: (text) => text.quota.title,
  points: 10,
  needs: ['keys'],
  verifiedOn: ['embedded'],
  requires: ['apiKeys', 'planQuotas', 'planUsage'],
  hints: (text) => text.quota.hints,
  async run(context) {
    const { text } = context;
    await withProbeKey(context, probeKeys.quota, async (key) => {
      await key.join();
      await askUntil(context, 'apiKey', ['in'], routes.reports, { key: key.value });
      const period = await leave(context, key);
      const { accepted, last } = await useUp(context, key);
      if (outcomeOf(last) !== 'usedUp')
        context.fail({
          ...text.quota.never(accepted),
          expected: '429 {"message":"Limit Exceeded"}',
          actual: line(last),
          evidence: last.evidence,
        });
      await expectFigures(context, key, period, accepted + 1);
    });
  },
};

interface Period {
  readonly startDate: string;
  readonly endDate: string;
}

/** Lowers what is left to the key. @returns the days that its usage is told of, by the target's calendar */
async function leave(context: Context, { id: keyId }: ProbeKey): Promise<Period> {
  const today = new Date().toISOString().slice(0, 10);
  try {
    const { startDate = today, endDate = today } = await context.clients.apigateway.send(
      new UpdateUsageCommand({
        usagePlanId: planOf(context).id,
        keyId,
        patchOperations: [{ op: 'replace', path: '/remaining', value: String(left) }],
      }),
    );
    return { startDate, endDate };
  } catch (error) {
    // It is meant for more, not for less. Where less is refused, the whole quota is used up.
    if (!(error instanceof BadRequestException)) throw error;
    return { startDate: today, endDate: today };
  }
}

/**
 * Asks until the quota is used up. AWS calls its quotas best effort: some more requests may get through, and where
 * lowering what is left has no effect, all of the plan's own quota.
 */
async function useUp(context: Context, { value }: ProbeKey): Promise<{ accepted: number; last: HttpAnswer }> {
  let accepted = 0;
  let last: HttpAnswer | undefined;
  await context.until('apiKey', async () => {
    last = await ask(context, routes.reports, { key: value });
    const outcome = outcomeOf(last);
    if (outcome === 'in') accepted += 1;
    return outcome === 'usedUp' || accepted > grant.quota + grant.burst || undefined;
  });
  return { accepted, last: last ?? (await ask(context, routes.reports, { key: value })) };
}

/** What the plan says of the key's usage must be what was let through. */
async function expectFigures(
  context: Context,
  { id: keyId }: ProbeKey,
  period: Period,
  accepted: number,
): Promise<void> {
  const { text, clients } = context;
  let used: number | undefined;
  await context.until('metrics', async () => {
    const { items } = await clients.apigateway.send(
      new GetUsageCommand({ usagePlanId: planOf(context).id, keyId, ...period }),
    );
    const days = items?.[keyId] ?? [];
    used = days.reduce((sum, [count = 0]) => sum + count, 0);
    return used >= accepted || undefined;
  });
  const evidence = [{ label: 'GetUsage', value: shown({ keyId, ...period, used }) }];
  if ((used ?? 0) < accepted)
    context.fail({ ...text.quota.figures, expected: String(accepted), actual: shown(used), evidence });
  context.note({ label: text.quota.noted(accepted), value: shown({ used }) });
}

export const quotaChecks = { quota };
