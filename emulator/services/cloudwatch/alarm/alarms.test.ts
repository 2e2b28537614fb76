import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type PutMetricAlarmCommandInput,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvokeRequest } from '../../lambda/port.ts';
import type { TopicMessage } from '../../sns/port.ts';
import {
  connection,
  openCloudWatch,
  scope,
  until,
  type CloudWatchCloud,
} from '../testing/cloudwatch-cloud.ts';
import { AlarmActionQueue } from './actions.ts';
import { alarmArn, type AlarmRow } from './rows.ts';
import { AlarmStore } from './store.ts';

let bench: CloudWatchCloud;
beforeAll(async () => {
  bench = await openCloudWatch();
});
afterAll(async () => bench.close());

const alarm = async (
  AlarmName: string,
  change: Partial<PutMetricAlarmCommandInput> = {},
  { client } = bench,
) =>
  client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Shop',
      MetricName: AlarmName,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      ...change,
    }),
  );
const measure = async (MetricName: string, Value: number, { client } = bench) =>
  client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [{ MetricName, Value }] }));
async function read(name: string, { client } = bench) {
  const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  return MetricAlarms[0] ?? CompositeAlarms[0];
}
const inState = async (name: string, state: StateValue, cloud = bench) =>
  until(async () => {
    const found = await read(name, cloud);
    return found?.StateValue === state ? found : undefined;
  }, `${name} in ${state}`);

describe('metric alarms', () => {
  it('go to ALARM as soon as data breaches, and back to OK when the clock has gone on', async () => {
    await alarm('Declined');
    expect(await read('Declined')).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      AlarmArn: alarmArn(scope, 'Declined'),
    });
    await measure('Declined', 2);
    const breached = await inState('Declined', 'ALARM');
    expect(breached.StateReason).toMatch(
      /^Threshold Crossed: 1 out of the last 1 datapoints \[2\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:00\)\] was greater than the threshold \(0\.0\) \(minimum 1 datapoint for INSUFFICIENT_DATA -> ALARM transition\)\.$/,
    );
    expect(JSON.parse(breached.StateReasonData ?? '')).toMatchObject({
      version: '1.0',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [2],
      threshold: 0,
    });
    await bench.cloud.clock.advance(5 * 60_000);
    const fine = await inState('Declined', 'OK');
    expect(fine.StateReason).toContain('treated as [NonBreaching]');
    const { AlarmHistoryItems } = await bench.client.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'Declined' }),
    );
    expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm "Declined" created',
    ]);
  });

  it('wait for several periods', async () => {
    await alarm('Twice', { EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 5 });
    await measure('Twice', 9);
    await bench.cloud.clock.advance(60_000);
    expect((await read('Twice'))?.StateValue).toBe('OK');
    await measure('Twice', 9);
    await bench.cloud.clock.advance(60_000);
    await inState('Twice', 'ALARM');
  });

  it('that look below a threshold wait for the end of the period', async () => {
    await alarm('Low', { ComparisonOperator: 'LessThanThreshold', Threshold: 10 });
    await measure('Low', 1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await read('Low'))?.StateValue).not.toBe('ALARM');
    await bench.cloud.clock.advance(60_000);
    await inState('Low', 'ALARM');
  });

  it('have no data, and say so', async () => {
    await alarm('Nothing', { TreatMissingData: 'breaching' });
    await bench.cloud.clock.advance(60_000);
    expect((await inState('Nothing', 'ALARM')).StateReason).toBe(
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    );
  });

  it('judge metric math', async () => {
    const stat = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    });
    await bench.client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'Rate',
        Metrics: [
          stat('errors', 'E'),
          stat('calls', 'C'),
          { Id: 'rate', Expression: '100 * errors / calls', Label: 'rate' },
        ],
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    await measure('E', 2);
    await measure('C', 10);
    await bench.cloud.clock.advance(60_000);
    expect((await inState('Rate', 'ALARM')).StateReason).toContain('[20.0 (');
    expect(await read('Rate')).toMatchObject({
      Metrics: [{ Id: 'errors' }, { Id: 'calls' }, { Expression: '100 * errors / calls' }],
    });
  });

  it('are set, found by their metric, tagged and deleted', async () => {
    await alarm('Managed', {
      MetricName: 'm',
      Tags: [{ Key: 'lab', Value: '3' }],
      TreatMissingData: 'ignore',
    });
    await bench.client.send(
      new SetAlarmStateCommand({ AlarmName: 'Managed', StateValue: 'ALARM', StateReason: 'a test' }),
    );
    expect(await read('Managed')).toMatchObject({ StateValue: 'ALARM', StateReason: 'a test' });
    const found = await bench.client.send(
      new DescribeAlarmsForMetricCommand({ Namespace: 'Shop', MetricName: 'm' }),
    );
    expect(found.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['Managed']);
    const ResourceARN = alarmArn(scope, 'Managed');
    await bench.client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'more', Value: 'x' }] }));
    await bench.client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['lab'] }));
    const tags = await bench.client.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(tags.Tags).toEqual([{ Key: 'more', Value: 'x' }]);
    // An update changes neither state nor tags.
    await alarm('Managed', { MetricName: 'm', Threshold: 7, TreatMissingData: 'ignore' });
    expect(await read('Managed')).toMatchObject({ StateValue: 'ALARM', Threshold: 7 });
    await bench.client.send(new DeleteAlarmsCommand({ AlarmNames: ['Managed'] }));
    expect(await read('Managed')).toBeUndefined();
    await expect(
      bench.client.send(new DeleteAlarmsCommand({ AlarmNames: ['Managed'] })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  it.each<[string, Partial<PutMetricAlarmCommandInput>, string]>([
    ['a period', { Period: 45 }, 'Period must be 10, 20, 30 or a multiple of 60'],
    [
      'a longer range',
      { Period: 3_540, EvaluationPeriods: 100 },
      'EvaluationPeriods * Period must be <= 86400',
    ],
    ['more datapoints than periods', { DatapointsToAlarm: 2 }, 'DatapointsToAlarm'],
    ['a treatment', { TreatMissingData: 'maybe' }, 'treatMissingData'],
    ['two statistics', { ExtendedStatistic: 'p99' }, 'Exactly one of Statistic and ExtendedStatistic'],
    ['an action', { AlarmActions: ['nowhere'] }, 'Invalid arn syntax: nowhere'],
    [
      "another region's topic",
      { AlarmActions: ['arn:aws:sns:us-west-2:111111111111:t'] },
      'Invalid region us-west-2 specified. Only us-east-1 is supported.',
    ],
    ['anomaly detection', { ThresholdMetricId: 'a' }, 'not supported by this cloud'],
  ])('refuse %s', async (_what, change, message) => {
    await expect(alarm('Bad', change)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('composite alarms', () => {
  it('follow the alarms that they name', async () => {
    await alarm('child-a', { TreatMissingData: 'ignore' });
    await alarm('child-b', { TreatMissingData: 'ignore' });
    await bench.client.send(
      new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule: 'ALARM("child-a") AND ALARM("child-b")' }),
    );
    expect(await read('both')).toMatchObject({ StateValue: 'OK' });
    const set = (AlarmName: string, StateValue: StateValue) =>
      bench.client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test' }));
    await set('child-a', 'ALARM');
    expect(await read('both')).toMatchObject({ StateValue: 'OK' });
    await set('child-b', 'ALARM');
    const both = await read('both');
    expect(both).toMatchObject({ StateValue: 'ALARM' });
    expect(both?.StateReason).toContain('transitioned to ALARM at');
    const children = await bench.client.send(new DescribeAlarmsCommand({ ChildrenOfAlarmName: 'both' }));
    expect(children.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['child-a', 'child-b']);
  });

  it('need the alarms that they name, and name not themselves', async () => {
    const put = (AlarmRule: string) =>
      bench.client.send(new PutCompositeAlarmCommand({ AlarmName: 'self', AlarmRule }));
    await expect(put('ALARM(nobody)')).rejects.toMatchObject({
      message: 'Could not save the composite alarm as alarms [nobody] in the alarm rule do not exist',
    });
    await expect(put('ALARM(self)')).rejects.toMatchObject({
      message: expect.stringContaining('cycle') as string,
    });
  });
});

describe('actions', () => {
  const TOPIC = 'arn:aws:sns:us-east-1:111111111111:alarms';
  const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:react';

  it('publish, invoke and tell EventBridge, once for each transition', async () => {
    const published: { message: TopicMessage; caller: unknown }[] = [];
    const invoked: unknown[] = [];
    const events: unknown[] = [];
    const callers: unknown[] = [];
    // A cloud of its own: this second queue would carry out what other alarms still have pending.
    const own = await openCloudWatch();
    const store = new AlarmStore(own.cloud);
    const queue = new AlarmActionQueue(store, {
      sns: async () => ({
        publish: (_scope, _topic, message, _cause, caller) => {
          published.push({ message, caller });
          return { messageId: 'm', sequenceNumber: undefined };
        },
        exists: () => true,
        permits: () => true,
      }),
      lambda: async () => ({
        invoke: () => Promise.reject(new Error('not asked for')),
        enqueue: (_scope: unknown, { payload }: InvokeRequest) => {
          invoked.push(JSON.parse(new TextDecoder().decode(payload)));
          return Promise.resolve({ requestId: 'r' });
        },
        permits: (_scope: unknown, _name: unknown, caller: unknown) => callers.push(caller) > 0,
      }),
      events: async () => ({
        put: (_scope, bus, entries) => {
          events.push(bus, ...entries);
          return [];
        },
        exists: () => true,
      }),
    });
    await alarm(
      'Acting',
      {
        AlarmActions: [TOPIC, FUNCTION],
        TreatMissingData: 'ignore',
        AlarmDescription: 'why',
      },
      own,
    );
    const row = store.in(scope).get('Acting') as AlarmRow;
    store.setState(scope, row, 'ALARM', 'for a test', null);
    await until(
      async () => (invoked.length === 1 && published.length === 1 && events.length === 2 ? true : undefined),
      'the actions',
    );
    await queue.stop();
    await own.close();
    expect(published[0]?.message.subject).toBe('ALARM: "Acting" in US East (N. Virginia)');
    expect(published[0]?.caller).toEqual({
      service: 'cloudwatch.amazonaws.com',
      sourceArn: alarmArn(scope, 'Acting'),
      sourceAccount: scope.account,
    });
    expect(JSON.parse(published[0]?.message.message ?? '')).toMatchObject({
      AlarmName: 'Acting',
      AlarmDescription: 'why',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
      NewStateReason: 'for a test',
      Region: 'US East (N. Virginia)',
      Trigger: {
        MetricName: 'Acting',
        Namespace: 'Shop',
        Statistic: 'SUM',
        Period: 60,
        Threshold: 0,
        TreatMissingData: 'ignore',
      },
    });
    expect(callers).toContainEqual({
      service: 'lambda.alarms.cloudwatch.amazonaws.com',
      sourceArn: alarmArn(scope, 'Acting'),
      sourceAccount: scope.account,
    });
    expect(invoked).toMatchObject([
      {
        source: 'aws.cloudwatch',
        alarmArn: alarmArn(scope, 'Acting'),
        alarmData: {
          alarmName: 'Acting',
          state: { value: 'ALARM' },
          previousState: { value: 'INSUFFICIENT_DATA' },
        },
      },
    ]);
    expect(events).toMatchObject([
      'default',
      { source: 'aws.cloudwatch', detailType: 'CloudWatch Alarm State Change' },
    ]);
  });

  it("reach a topic of this cloud's, whose policy is the one it began with", async () => {
    const sns = new SNSClient({ ...connection, endpoint: bench.origin });
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'real' }));
    sns.destroy();
    await alarm('Telling', { AlarmActions: [TopicArn], TreatMissingData: 'ignore' });
    await bench.client.send(
      new SetAlarmStateCommand({ AlarmName: 'Telling', StateValue: 'ALARM', StateReason: 'test' }),
    );
    const acted = await until(async () => {
      const query = { AlarmName: 'Telling', HistoryItemType: 'Action' } as const;
      const { AlarmHistoryItems = [] } = await bench.client.send(new DescribeAlarmHistoryCommand(query));
      return AlarmHistoryItems[0];
    }, 'the action');
    expect(acted.HistorySummary).toBe(`Successfully executed action ${TopicArn}`);
  });

  it('that are switched off set nothing off', async () => {
    await alarm('Quiet', { AlarmActions: [TOPIC], TreatMissingData: 'ignore' });
    await bench.client.send(new DisableAlarmActionsCommand({ AlarmNames: ['Quiet'] }));
    await bench.client.send(
      new SetAlarmStateCommand({ AlarmName: 'Quiet', StateValue: 'ALARM', StateReason: 'test' }),
    );
    const { AlarmHistoryItems } = await bench.client.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'Quiet', HistoryItemType: 'Action' }),
    );
    expect(AlarmHistoryItems).toEqual([]);
    expect(await read('Quiet')).toMatchObject({ ActionsEnabled: false });
  });
});

it('goes on after a restart though nobody calls', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-alarms-'));
  try {
    const first = await openCloudWatch(home);
    await alarm('Kept', { TreatMissingData: 'breaching' }, first);
    await first.close();
    const second = await openCloudWatch(home);
    await second.cloud.clock.advance(60_000);
    expect((await inState('Kept', 'ALARM', second)).AlarmName).toBe('Kept');
    await second.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
