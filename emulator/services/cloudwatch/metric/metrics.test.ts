import {
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  CloudWatchClient,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connection, openCloudWatch, scope, type CloudWatchCloud } from '../testing/cloudwatch-cloud.ts';

let bench: CloudWatchCloud;
beforeAll(async () => {
  bench = await openCloudWatch();
});
afterAll(async () => bench.close());

const put = async (namespace: string, ...data: MetricDatum[]) =>
  bench.client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: data }));
const now = (): number => bench.cloud.clock.now();
const window = (seconds = 3_600) => ({
  StartTime: new Date(now() - seconds * 1000),
  EndTime: new Date(now() + 60_000),
});

describe('PutMetricData and GetMetricStatistics', () => {
  it('aggregates values, counts and statistic sets', async () => {
    const Timestamp = new Date(Math.floor(now() / 60_000) * 60_000 - 120_000);
    await put(
      'Shop',
      { MetricName: 'Latency', Timestamp, Unit: 'Milliseconds', Value: 10 },
      { MetricName: 'Latency', Timestamp, Unit: 'Milliseconds', Values: [20, 30], Counts: [2, 1] },
    );
    const all = await bench.client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Latency',
        ...window(),
        Period: 60,
        Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'],
        ExtendedStatistics: ['p50', 'p100'],
      }),
    );
    expect(all.Label).toBe('Latency');
    expect(all.Datapoints).toEqual([
      {
        Timestamp,
        Unit: 'Milliseconds',
        Sum: 80,
        Average: 20,
        Minimum: 10,
        Maximum: 30,
        SampleCount: 4,
        ExtendedStatistics: { p50: 20, p100: 30 },
      },
    ]);
    await put('Shop', {
      MetricName: 'Latency',
      Timestamp,
      Unit: 'Milliseconds',
      StatisticValues: { SampleCount: 2, Sum: 100, Minimum: 40, Maximum: 60 },
    });
    const after = await bench.client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Latency',
        ...window(),
        Period: 60,
        Statistics: ['Sum', 'Maximum'],
        ExtendedStatistics: ['p50'],
      }),
    );
    // Of the set's single values nobody knows anything, so there is no percentile.
    expect(after.Datapoints).toEqual([{ Timestamp, Unit: 'Milliseconds', Sum: 180, Maximum: 60 }]);
  });

  it('keeps units, dimensions and seconds apart', async () => {
    const at = Math.floor(now() / 60_000) * 60_000 - 60_000;
    const datum = (seconds: number, Value: number): MetricDatum => ({
      MetricName: 'Fast',
      Timestamp: new Date(at + seconds * 1000),
      StorageResolution: 1,
      Value,
    });
    await put('Shop', datum(0, 1), datum(5, 2), datum(10, 4));
    const read = async (Period: number) =>
      (
        await bench.client.send(
          new GetMetricStatisticsCommand({
            Namespace: 'Shop',
            MetricName: 'Fast',
            StartTime: new Date(at),
            EndTime: new Date(at + 60_000),
            Period,
            Statistics: ['Sum'],
          }),
        )
      ).Datapoints?.map(({ Timestamp, Sum }) => [((Timestamp?.getTime() ?? 0) - at) / 1000, Sum]);
    expect(await read(1)).toEqual([
      [0, 1],
      [5, 2],
      [10, 4],
    ]);
    expect(await read(10)).toEqual([
      [0, 3],
      [10, 4],
    ]);
    expect(await read(60)).toEqual([[0, 7]]);
  });

  it('takes a large body, which the client compresses', async () => {
    const data = Array.from({ length: 400 }, (_, index) => ({
      MetricName: `Large-${index}`,
      Dimensions: [{ Name: 'Padding', Value: 'x'.repeat(100) }],
      Value: index,
    }));
    await put('Large', ...data);
    const listed = await bench.client.send(new ListMetricsCommand({ Namespace: 'Large' }));
    expect(listed.Metrics).toHaveLength(400);
  });

  it.each([
    [
      'Value and Values',
      { Value: 1, Values: [1] },
      'InvalidParameterCombinationException',
      'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
    ],
    [
      'Value and StatisticValues',
      { Value: 1, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 } },
      'InvalidParameterCombinationException',
      'The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.',
    ],
    [
      'Counts of another size',
      { Values: [1, 2], Counts: [1] },
      'InvalidParameterValueException',
      'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    ],
    ['no value', {}, 'MissingRequiredParameterException', 'At least one of the parameters must be specified'],
    [
      'too old',
      { Value: 1, Timestamp: new Date(Date.now() - 15 * 86_400_000) },
      'InvalidParameterValueException',
      'two weeks',
    ],
    [
      'from the future',
      { Value: 1, Timestamp: new Date(Date.now() + 3 * 3_600_000) },
      'InvalidParameterValueException',
      'two hours',
    ],
    ['NaN', { Value: Number.NaN }, 'InvalidParameterValueException', 'NaN'],
    [
      '31 dimensions',
      { Value: 1, Dimensions: Array.from({ length: 31 }, (_, i) => ({ Name: `d${i}`, Value: 'v' })) },
      'ValidationException',
      'less than or equal to 30',
    ],
  ] as const)('refuses %s', async (_what, datum, name, message) => {
    const failure = put('Bad', { MetricName: 'm', ...(datum as Omit<MetricDatum, 'MetricName'>) });
    await expect(failure).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as string,
    });
  });

  it('words bad ranges as recorded on AWS', async () => {
    const ask = (StartTime: Date, EndTime: Date, Period: number) =>
      bench.client.send(
        new GetMetricStatisticsCommand({
          Namespace: 'a',
          MetricName: 'b',
          StartTime,
          EndTime,
          Period,
          Statistics: ['Sum'],
        }),
      );
    const day = new Date(now() - 86_400_000);
    const end = new Date(now());
    await expect(ask(new Date(end.getTime() - 86_400_000), end, 1)).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message:
        'You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    });
    await expect(ask(end, day, 60)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameter StartTime must be less than the parameter EndTime.',
    });
  });
});

describe('ListMetrics', () => {
  it('filters and pages', async () => {
    for (let batch = 0; batch < 2; batch += 1)
      await put(
        'Many',
        ...Array.from({ length: 350 }, (_, index) => ({
          MetricName: index % 2 === 0 ? 'Even' : 'Odd',
          Dimensions: [{ Name: 'Id', Value: `${batch}-${index}` }],
          Value: 1,
        })),
      );
    const first = await bench.client.send(new ListMetricsCommand({ Namespace: 'Many' }));
    expect(first.Metrics).toHaveLength(500);
    const second = await bench.client.send(
      new ListMetricsCommand({ Namespace: 'Many', NextToken: first.NextToken }),
    );
    expect(second.Metrics).toHaveLength(200);
    expect(second.NextToken).toBeUndefined();
    const even = await bench.client.send(
      new ListMetricsCommand({
        Namespace: 'Many',
        MetricName: 'Even',
        Dimensions: [{ Name: 'Id', Value: '0-2' }],
      }),
    );
    expect(even.Metrics).toEqual([
      { Namespace: 'Many', MetricName: 'Even', Dimensions: [{ Name: 'Id', Value: '0-2' }] },
    ]);
  });
});

describe('the protocols', () => {
  it.each([
    ['awsQuery', AwsQueryProtocol],
    ['rpcv2Cbor', AwsSmithyRpcV2CborProtocol],
  ])('%s', async (name, protocol) => {
    const client = new CloudWatchClient({ ...connection, endpoint: bench.origin, protocol });
    try {
      await client.send(
        new PutMetricDataCommand({
          Namespace: name,
          MetricData: [{ MetricName: 'm', Value: 1.5, Unit: 'Count' }],
        }),
      );
      const read = await client.send(
        new GetMetricStatisticsCommand({
          Namespace: name,
          MetricName: 'm',
          ...window(),
          Period: 60,
          Statistics: ['Sum'],
        }),
      );
      expect(read.Datapoints?.map(({ Sum, Unit }) => [Sum, Unit])).toEqual([[1.5, 'Count']]);
    } finally {
      client.destroy();
    }
  });
});

describe('the port', () => {
  it('counts 100,000 values in well under a second', () => {
    const started = process.cpuUsage();
    for (let index = 0; index < 100_000; index += 1)
      bench.port.record(scope, 'AWS/Lambda', 'Duration', { FunctionName: 'f' }, index % 977, 'Milliseconds');
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_500);
  });
});

it('keeps what was put over a restart', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-cloudwatch-'));
  const read = async ({ client }: CloudWatchCloud) =>
    (
      await client.send(
        new GetMetricStatisticsCommand({
          Namespace: 'Kept',
          MetricName: 'm',
          ...window(),
          Period: 60,
          Statistics: ['Sum'],
          ExtendedStatistics: ['p99'],
        }),
      )
    ).Datapoints;
  try {
    const first = await openCloudWatch(home);
    await first.client.send(
      new PutMetricDataCommand({ Namespace: 'Kept', MetricData: [{ MetricName: 'm', Values: [1, 2, 3] }] }),
    );
    const before = await read(first);
    await first.close();
    const second = await openCloudWatch(home);
    expect(await read(second)).toEqual(before);
    expect(before).toHaveLength(1);
    await second.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
