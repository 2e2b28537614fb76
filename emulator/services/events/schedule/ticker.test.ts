import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrialEvents } from '../testing/trial-events.ts';

let trial: TrialEvents;
beforeAll(async () => (trial = await TrialEvents.start()));
afterAll(async () => trial.stop());

const minute = 60_000;

describe('a schedule', () => {
  it('fires every tick once when the clock is moved, in AWS’s shape', async () => {
    const url = await trial.rule('every', { ScheduleExpression: 'rate(5 minutes)' });
    const start = trial.running.cloud.clock.now();
    await trial.running.cloud.clock.advance(61 * minute);
    const events = await trial.bodies(url, 12);
    expect(events).toHaveLength(12);
    const times = events.map(({ time }) => Date.parse(String(time))).sort((a, b) => a - b);
    expect(new Set(times.map((time, at) => time - (times[at - 1] ?? time - 5 * minute)))).toEqual(
      new Set([5 * minute]),
    );
    expect(Math.abs((times[0] ?? 0) - start - 5 * minute)).toBeLessThan(5_000);
    expect(events[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '111111111111',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:111111111111:rule/every'],
      detail: {},
    });
    await trial.events.send(new DisableRuleCommand({ Name: 'every' }));
  });

  it('by cron ticks on the minute, gets its own input, and rests while it is off', async () => {
    const url = await trial.rule(
      'cron',
      { ScheduleExpression: 'cron(0 12 * * ? *)' },
      { Input: '{"run":"digest"}' },
    );
    await trial.running.cloud.clock.advance(24 * 60 * minute);
    expect(await trial.bodies(url)).toEqual([{ run: 'digest' }]);
    await trial.events.send(new DisableRuleCommand({ Name: 'cron' }));
    await trial.running.cloud.clock.advance(48 * 60 * minute);
    const count = async () =>
      (await trial.running.cloud.port('sqs')).attributes(
        { account: '111111111111', region: 'us-east-1' },
        'arn:aws:sqs:us-east-1:111111111111:cron',
      )?.visible;
    expect(await count()).toBe(0);
    await trial.events.send(new EnableRuleCommand({ Name: 'cron' }));
    await trial.running.cloud.clock.advance(24 * 60 * minute);
    await expect.poll(count).toBe(1);
  });

  it('goes on after a restart, though nobody calls EventBridge', async () => {
    const home = await mkdtemp(join(tmpdir(), 'coldstart-ticks-'));
    try {
      const first = await TrialEvents.start(home);
      await first.rule('again', { ScheduleExpression: 'rate(1 hour)' });
      await first.running.cloud.clock.advance(30 * minute);
      await first.stop();
      const second = await TrialEvents.start(home);
      // The cloud wakes services with waiting work soon after its start.
      await expect
        .poll(async () => {
          await second.running.cloud.clock.advance(10 * minute);
          return (await second.running.cloud.port('sqs')).attributes(
            { account: '111111111111', region: 'us-east-1' },
            'arn:aws:sqs:us-east-1:111111111111:again',
          )?.visible;
        })
        .toBe(1);
      await second.stop();
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
