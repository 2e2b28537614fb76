import { findFunction, functionArn, functionName } from '../found/function.ts';
import { findSchedules, minutesOf, type FoundSchedule } from '../found/schedule.ts';
import { plain, readable } from '../found/table.ts';
import { maximumMinutes } from '../traffic/traffic.ts';
import { mayDo } from '../../role-policies/may.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, type Context, type LabCheck } from './context.ts';
import { errorLines } from './log-lines.ts';
import { observed } from './traffic.ts';

const schedule: LabCheck = {
  id: 'schedule',
  title: (text) => text.schedule.title,
  points: 2,
  verifiedOn: ['embedded'],
  hints: (text) => text.schedule.hints,
  async run(context): Promise<FoundSchedule> {
    const text = context.text.schedule;
    const name = functionName(context, 'digest');
    const digest = await findFunction(context, 'digest');
    if (digest === undefined) return context.fail({ ...text.noFunction(name), expected: name });
    const all = await findSchedules(context, functionArn(digest));
    const seen = evidence(context.text.evidence.schedules, all);
    if (all.length === 0) return context.fail({ ...text.none, expected: functionArn(digest) });
    const found = all.find(({ enabled }) => enabled);
    if (found === undefined)
      return context.fail({ ...text.disabled(all[0]?.name ?? ''), expected: 'ENABLED', evidence: seen });
    const minutes = minutesOf(found.expression);
    if (minutes === undefined || minutes > maximumMinutes || found.windowMinutes > maximumMinutes)
      context.fail({
        ...text.rare(found.expression),
        expected: `rate(${String(maximumMinutes)} minutes)`,
        actual: found.expression,
        evidence: seen,
      });
    return found;
  },
};

const digest: LabCheck = {
  id: 'digest',
  title: (text) => text.digest.title,
  points: 3,
  needs: ['test-orders', 'schedule'],
  verifiedOn: ['embedded'],
  requires: ['iamEnforcement'],
  hints: (text) => text.digest.hints,
  run: ticks,
  async configuration(context) {
    await expectRights(context, context.from<FoundSchedule>('schedule'));
    await ticks(context);
  },
};

/** That the schedule's role lets it call the function, which a server that asks no role does not show. */
async function expectRights(context: Context, { roleArn }: FoundSchedule): Promise<void> {
  const digest = await findFunction(context, 'digest');
  if (digest === undefined || roleArn === undefined) return;
  const arn = functionArn(digest);
  if (await mayDo(context, roleArn, ['lambda:InvokeFunction'], arn)) return;
  context.fail({
    ...context.text.digest.mayNotCall(functionName(context, 'digest')),
    expected: `lambda:InvokeFunction · ${arn}`,
    actual: roleArn,
  });
}

async function ticks(context: Context): Promise<void> {
  const text = context.text.digest;
  const { expression } = context.from<FoundSchedule>('schedule');
  const { digests, ordersBefore } = observed(context, 'ticks');
  if (digests.length === 0)
    return context.fail({ ...text.none(expression), evidence: await errorLines(context, 'digest') });
  const seen = evidence(context.text.evidence.rows, digests.map(readable));
  const times = digests.map(({ at }) => plain(at));
  if (times.some((at) => at === undefined)) context.fail({ ...text.noTime, evidence: seen });
  const minutes = new Set(times.map((at) => String(at).slice(0, '2026-01-01T00:00'.length)));
  if (minutes.size < digests.length)
    context.fail({ ...text.twice(String(digests.length)), expected: '1', evidence: seen });
  for (const { orders } of digests) {
    const count = plain(orders);
    if (typeof count !== 'number' || count < ordersBefore)
      context.fail({
        ...text.count(shown(count)),
        expected: `≥ ${String(ordersBefore)}`,
        actual: shown(count),
        evidence: seen,
      });
  }
}

export const scheduleChecks = { schedule, digest };
