import {
  GetMetricDataCommand,
  PutMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCloudWatch, type CloudWatchCloud } from '../testing/cloudwatch-cloud.ts';
import { evaluate } from './evaluate.ts';
import { MathFailure, parseExpression } from './expression.ts';
import { one, type TimeSeries } from './values.ts';

let bench: CloudWatchCloud;
let begin: number;
beforeAll(async () => {
  bench = await openCloudWatch();
  begin = Math.floor(bench.cloud.clock.now() / 60_000) * 60_000 - 600_000;
  const put = (MetricName: string, Unit: 'Count' | 'None', points: Record<number, number>, host = 'a') =>
    bench.client.send(
      new PutMetricDataCommand({
        Namespace: 'Math',
        MetricData: Object.entries(points).map(([minute, Value]) => ({
          MetricName,
          Unit,
          Value,
          Dimensions: [{ Name: 'Host', Value: host }],
          Timestamp: new Date(begin + Number(minute) * 60_000),
        })),
      }),
    );
  await put('Errors', 'Count', { 0: 1, 1: 2, 3: 4 });
  await put('Calls', 'Count', { 0: 10, 1: 10, 2: 5, 3: 0 });
  await put('Errors', 'Count', { 0: 5 }, 'b');
});
afterAll(async () => bench.close());

const stat = (Id: string, MetricName: string, extra: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'Math', MetricName, Dimensions: [{ Name: 'Host', Value: 'a' }] },
    Period: 60,
    Stat: 'Sum',
  },
  ReturnData: false,
  ...extra,
});
async function data(queries: MetricDataQuery[], more: object = {}) {
  return bench.client.send(
    new GetMetricDataCommand({
      StartTime: new Date(begin),
      EndTime: new Date(begin + 300_000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries,
      ...more,
    }),
  );
}
const points = ({ Timestamps = [], Values = [] }: MetricDataResult = {}): Record<number, number> =>
  Object.fromEntries(
    Timestamps.map((time, index) => [(time.getTime() - begin) / 60_000, Values[index] ?? NaN]),
  );
async function math(Expression: string): Promise<Record<number, number>> {
  const { MetricDataResults } = await data([
    stat('m1', 'Errors'),
    stat('m2', 'Calls'),
    { Id: 'e1', Expression },
  ]);
  return points(MetricDataResults?.[0]);
}

describe('GetMetricData', () => {
  it('answers metrics in both orders and in pages', async () => {
    const query = stat('m1', 'Errors', { ReturnData: true, Label: 'errors' });
    const whole = await data([query]);
    expect(whole.MetricDataResults).toMatchObject([
      { Id: 'm1', Label: 'errors', StatusCode: 'Complete', Values: [1, 2, 4] },
    ]);
    const down = await data([query], { ScanBy: undefined });
    expect(down.MetricDataResults?.[0]?.Values).toEqual([4, 2, 1]);
    const first = await data([query], { MaxDatapoints: 2 });
    expect(first.MetricDataResults).toMatchObject([{ Values: [1, 2], StatusCode: 'PartialData' }]);
    const second = await data([query], { MaxDatapoints: 2, NextToken: first.NextToken });
    expect(second.MetricDataResults).toMatchObject([{ Values: [4], StatusCode: 'Complete' }]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each<[string, Record<number, number>]>([
    ['m1 + m2', { 0: 11, 1: 12, 3: 4 }],
    ['100 * m1 / m2', { 0: 10, 1: 20 }],
    ['-m1 ^ 2', { 0: -1, 1: -4, 3: -16 }],
    ['FILL(m1, 0)', { 0: 1, 1: 2, 2: 0, 3: 4, 4: 0 }],
    ['FILL(m1, REPEAT)', { 0: 1, 1: 2, 2: 2, 3: 4, 4: 4 }],
    ['FILL(m1, LINEAR)', { 0: 1, 1: 2, 2: 3, 3: 4, 4: 4 }],
    ['IF(m1 > 1, m1, 0)', { 0: 0, 1: 2, 3: 4 }],
    ['m1 > 1 AND m2 > 1', { 0: 0, 1: 1, 3: 0 }],
    ['m1 - AVG(m1)', { 0: 1 - 7 / 3, 1: 2 - 7 / 3, 3: 4 - 7 / 3 }],
    ['SUM(METRICS())', { 0: 11, 1: 12, 2: 5, 3: 4 }],
    ['MAX([m1, m2])', { 0: 10, 1: 10, 2: 5, 3: 4 }],
    ['MIN(METRICS("m1"))', { 0: 1, 1: 2, 3: 4 }],
    ['m2 / PERIOD(m2)', { 0: 1 / 6, 1: 1 / 6, 2: 5 / 60, 3: 0 }],
    ['RATE(m1)', { 1: 1 / 60, 3: 2 / 120 }],
    ['DIFF(m1)', { 1: 1, 3: 2 }],
    ['RUNNING_SUM(m1)', { 0: 1, 1: 3, 3: 7 }],
    ["SUM(SEARCH('{Math,Host} MetricName=\"Errors\"', 'Sum', 60))", { 0: 6, 1: 2, 3: 4 }],
    ['CEIL(m1 / 3)', { 0: 1, 1: 1, 3: 2 }],
    ['TIME_SERIES(3) * m1', { 0: 3, 1: 6, 3: 12 }],
  ])('%s', async (expression, expected) => {
    const got = await math(expression);
    expect(Object.keys(got)).toEqual(Object.keys(expected));
    for (const [minute, value] of Object.entries(expected)) expect(got[Number(minute)]).toBeCloseTo(value, 9);
  });

  it.each([
    ['m1 +', 'Unexpected the end'],
    ['m9 * 2', 'Undefined id m9'],
    ['e1 + 1', 'refers to itself'],
    ['NOPE(m1)', 'Unknown function NOPE'],
    ['ANOMALY_DETECTION_BAND(m1)', 'ANOMALY_DETECTION_BAND is not supported by this cloud'],
    ['SEARCH("a OR b", "Sum", 60)', 'SEARCH with AND, OR, NOT'],
    ['AVG(m1)', 'must return a time series'],
    ['m1 # 2', "Unexpected character '#'"],
    ['SELECT AVG(x) FROM y', 'Metrics Insights'],
  ])('refuses %s', async (expression, message) => {
    await expect(math(expression)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message) as string,
    });
  });

  it.each([
    ['two of an id', [stat('m1', 'Errors'), stat('m1', 'Calls')]],
    ['a capital id', [stat('M1', 'Errors')]],
    ['nothing returned', [stat('m1', 'Errors')]],
    [
      'a statistic',
      [
        {
          ...stat('m1', 'Errors', { ReturnData: true }),
          MetricStat: { Metric: { Namespace: 'x', MetricName: 'y' }, Period: 60, Stat: 'Middle' },
        },
      ],
    ],
  ])('refuses %s', async (_what, queries) => {
    await expect(data(queries)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('properties', () => {
  it('calculates as JavaScript does', () => {
    const operator = fc.constantFrom('+', '-', '*', '/');
    const number = fc.integer({ min: 1, max: 20 });
    const series: TimeSeries = { label: 'm', period: 60_000, points: new Map([[0, 3]]) };
    const scope = {
      value: () => one(series),
      metrics: () => [series],
      search: () => [],
      range: { start: 0, end: 60_000, period: 60_000 },
    };
    fc.assert(
      fc.property(number, number, operator, operator, operator, (a, b, x, y, z) => {
        const text = (m: string): string => `${a} ${x} (${m} ${y} ${b}) ${z} ${m}`;
        const value = evaluate(parseExpression(text('m1')), scope);
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the oracle
        const expected = (new Function(`return ${text('3')}`) as () => number)();
        const got = value.kind === 'series' ? value.series.points.get(0) : undefined;
        if (Number.isFinite(expected)) expect(got).toBeCloseTo(expected, 9);
        else expect(got).toBeUndefined();
      }),
    );
  });

  it('never fails otherwise than by a MathFailure', () => {
    const piece = fc.constantFrom(
      'm1',
      '(',
      ')',
      '[',
      ']',
      ',',
      '+',
      '-',
      '^',
      '2',
      '.5',
      'SUM(',
      'FILL(',
      'IF(',
      '"x"',
      '>',
      'AND',
      'METRICS(',
      '||',
    );
    const series: TimeSeries = { label: 'm', period: 60_000, points: new Map([[0, 3]]) };
    const scope = {
      value: () => one(series),
      metrics: () => [series],
      search: () => [],
      range: { start: 0, end: 60_000, period: 60_000 },
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          evaluate(parseExpression(pieces.join(' ')), scope);
        } catch (error) {
          expect(error).toBeInstanceOf(MathFailure);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
