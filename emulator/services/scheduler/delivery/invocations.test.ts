import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueArn, refusal, scope } from '../../events/testing/trial-events.ts';
import type { InvocationRow } from '../rows.ts';
import { TrialScheduler } from '../testing/trial-scheduler.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let trial: TrialScheduler;
let role: string;
beforeAll(async () => {
  trial = await TrialScheduler.start();
  role = await trial.role('worker', 'sqs:SendMessage');
});
afterAll(async () => trial.stop());

const clock = () => trial.near.running.cloud.clock;
/** The time of the cloud in so many ms, as `at(…)` has it. */
const later = (ms: number): string => new Date(clock().now() + ms).toISOString().slice(0, 19);
const queued = async (name: string, of = trial) =>
  (await of.near.running.cloud.port('sqs')).attributes(scope, queueArn(name))?.visible;
const waiting = (of = trial) =>
  of.near.running.cloud.state.table<InvocationRow>('scheduler.invocations').in(scope).size;

describe('a schedule', () => {
  it('for one time happens once, and stays or goes as it says', async () => {
    const stays = await trial.near.queue('stays', null);
    const goes = await trial.near.queue('goes', null);
    const expression = `at(${later(10 * MINUTE)})`;
    const arn = await trial.schedule('stays', role, expression);
    await trial.schedule('goes', role, expression, {
      ActionAfterCompletion: 'DELETE',
      Target: {
        Input:
          '{"what":"<aws.scheduler.schedule-arn>","when":"<aws.scheduler.scheduled-time>","n":<aws.scheduler.attempt-number>}',
      },
    });
    await clock().advance(9 * MINUTE);
    expect(await queued('stays')).toBe(0);
    await clock().advance(2 * MINUTE);
    expect(await trial.near.bodies(stays)).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: scope.account,
        time: `${expression.slice(3, 22)}Z`,
        region: scope.region,
        resources: [arn],
        detail: '{}',
      },
    ]);
    expect(await trial.near.bodies(goes)).toEqual([
      {
        what: `arn:aws:scheduler:us-east-1:111111111111:schedule/default/goes`,
        when: `${expression.slice(3, 22)}Z`,
        n: 1,
      },
    ]);
    await clock().advance(DAY);
    expect([await queued('stays'), await queued('goes')]).toEqual([0, 0]);
    expect(await trial.scheduler.send(new GetScheduleCommand({ Name: 'stays' }))).toMatchObject({
      State: 'ENABLED',
    });
    expect(await refusal(trial.scheduler.send(new GetScheduleCommand({ Name: 'goes' })))).toMatch(
      /ResourceNotFound/,
    );
  });

  it('at a rate begins at once, or at its start, and ends at its end', async () => {
    await trial.near.queue('at-once', null);
    await trial.schedule('at-once', role, 'rate(1 hour)', { State: 'ENABLED' });
    await expect.poll(() => queued('at-once')).toBe(1);
    await clock().advance(90 * MINUTE);
    await expect.poll(() => queued('at-once')).toBe(2);

    const url = await trial.near.queue('between', null);
    const start = clock().now() + DAY;
    await trial.schedule('between', role, 'rate(1 hour)', {
      StartDate: new Date(start),
      EndDate: new Date(start + 150 * MINUTE),
      ActionAfterCompletion: 'DELETE',
    });
    await clock().advance(2 * DAY);
    const times = (await trial.near.bodies(url, 3))
      .map(({ time }) => Date.parse(String(time)))
      .sort((a, b) => a - b);
    expect(times.map((time) => Math.ceil((time - start + 1_000) / MINUTE) - 1)).toEqual([0, 60, 120]);
    expect(await refusal(trial.scheduler.send(new GetScheduleCommand({ Name: 'between' })))).toMatch(
      /ResourceNotFound/,
    );
  });

  it('happens within its window, at the same time whenever it is asked', async () => {
    const url = await trial.near.queue('window', null);
    const expression = `at(${later(10 * MINUTE)})`;
    await trial.schedule('window', role, expression, {
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 },
    });
    await clock().advance(9 * MINUTE);
    expect(waiting()).toBe(0);
    await clock().advance(62 * MINUTE);
    expect(await trial.near.bodies(url)).toMatchObject([{ time: `${expression.slice(3, 22)}Z` }]);
  });

  it('puts events, records and messages for other targets', async () => {
    const arrived = await trial.near.rule('arrived', { EventPattern: '{"source":["planner"]}' });
    const Arn = 'arn:aws:events:us-east-1:111111111111:event-bus/default';
    const putter = await trial.role('putter', 'events:PutEvents');
    await trial.schedule('to-bus', putter, `at(${later(5 * MINUTE)})`, {
      Target: { Arn, Input: '{"n":1}', EventBridgeParameters: { DetailType: 'due', Source: 'planner' } },
    });
    const kinesis = new KinesisClient(trial.near.settings());
    await kinesis.send(new CreateStreamCommand({ StreamName: 'stream', ShardCount: 1 }));
    kinesis.destroy();
    const stream = 'arn:aws:kinesis:us-east-1:111111111111:stream/stream';
    await trial.schedule(
      'to-stream',
      await trial.role('streamer', 'kinesis:PutRecord'),
      `at(${later(5 * MINUTE)})`,
      {
        Target: { Arn: stream, Input: 'plain', KinesisParameters: { PartitionKey: 'k' } },
      },
    );
    await clock().advance(6 * MINUTE);
    expect(await trial.near.bodies(arrived)).toMatchObject([
      { source: 'planner', 'detail-type': 'due', detail: { n: 1 } },
    ]);
    const port = await trial.near.running.cloud.port('kinesis');
    await expect
      .poll(() => port.read(scope, stream, '0', 'TRIM_HORIZON', 9).records)
      .toMatchObject([{ partitionKey: 'k', data: Buffer.from('plain').toString('base64') }]);
  });

  it('whose role may not leaves a dead letter', async () => {
    await trial.near.queue('forbidden', null);
    const dead = await trial.near.queue('dead', null);
    const weak = await trial.role('weak', 'sqs:SendMessage');
    const arn = await trial.schedule('forbidden', weak, `at(${later(5 * MINUTE)})`, {
      Target: {
        Arn: 'arn:aws:sns:us-east-1:111111111111:topic',
        Input: 'hello',
        DeadLetterConfig: { Arn: queueArn('dead') },
      },
    });
    await clock().advance(6 * MINUTE);
    const [letter] = await trial.near.receive(dead);
    expect(letter?.Body).toBe('hello');
    expect(letter?.MessageAttributes).toMatchObject({
      SCHEDULE_ARN: { StringValue: arn },
      TARGET_ARN: { StringValue: 'arn:aws:sns:us-east-1:111111111111:topic' },
      ERROR_CODE: { StringValue: 'AccessDeniedException' },
      ERROR_MESSAGE: {
        StringValue: expect.stringMatching(
          /assumed-role\/weak\/.* is not authorized to perform: sns:Publish on resource: .* because no identity-based policy allows/,
        ) as string,
      },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
    await expect.poll(() => waiting()).toBe(0);
  });
});

it('schedules go on after a restart, though nobody calls the service', async () => {
  const home = await mkdtemp(join(tmpdir(), 'coldstart-scheduler-'));
  try {
    const first = await TrialScheduler.start(home);
    const may = await first.role('worker', 'sqs:SendMessage');
    await first.near.queue('kept', null);
    await first.schedule('kept', may, 'rate(1 hour)', {
      StartDate: new Date(first.near.running.cloud.clock.now() + 30 * MINUTE),
    });
    await first.near.running.cloud.clock.advance(10 * MINUTE);
    await first.stop();
    const second = await TrialScheduler.start(home);
    await expect
      .poll(async () => {
        await second.near.running.cloud.clock.advance(5 * MINUTE);
        return queued('kept', second);
      })
      .toBe(1);
    await second.stop();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
