import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPeriod } from '../query/periods.ts';
import { openCloudWatch, scope, type CloudWatchCloud } from '../testing/cloudwatch-cloud.ts';
import { addTo, type Distribution } from './distribution.ts';
import { metricOf } from './metric.ts';
import { MetricStore, MINUTE, SECOND } from './store.ts';

let bench: CloudWatchCloud;
beforeAll(async () => {
  bench = await openCloudWatch();
});
afterAll(async () => bench.close());

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const metric = metricOf('n', 'm', {});

describe('what is kept', () => {
  it('becomes coarser with time, and loses nothing until it expires', async () => {
    const store = new MetricStore(bench.cloud);
    const begin = Math.floor(bench.cloud.clock.now() / HOUR) * HOUR;
    for (let second = 0; second < 120; second += 1)
      store.put(scope, metric, 'None', begin + second * SECOND, { values: [[second, 1]] }, SECOND);
    const widths = (): number[] => {
      const series = store.find(scope, metric)?.units.get('None');
      return [...new Set(series?.between(-Infinity, Infinity).map(({ width }) => width))];
    };
    const whole = (): unknown => {
      const series = store.find(scope, metric)?.units.get('None');
      const span = { start: 0, end: Infinity, period: HOUR, origin: 0 };
      return byPeriod(series === undefined ? [] : [series], span, true).map(
        ({ start, count, sum, least, most }) => [start, count, sum, least, most],
      );
    };
    const before = whole();
    expect(widths()).toEqual([SECOND]);
    for (const [age, width] of [
      [4 * HOUR, MINUTE],
      [16 * DAY, 5 * MINUTE],
      [64 * DAY, HOUR],
    ] as const) {
      await bench.cloud.clock.advance(begin + age - bench.cloud.clock.now());
      store.sweep();
      expect(widths()).toEqual([width]);
      expect(whole()).toEqual(before);
      // A store that reads what this one wrote has the same.
      const again = new MetricStore(bench.cloud).find(scope, metric)?.units.get('None');
      expect(again?.between(-Infinity, Infinity)).toEqual(
        store.find(scope, metric)?.units.get('None')?.between(-Infinity, Infinity),
      );
    }
    await bench.cloud.clock.advance(begin + 456 * DAY - bench.cloud.clock.now());
    store.sweep();
    expect(store.find(scope, metric)).toBeUndefined();
    expect(new MetricStore(bench.cloud).find(scope, metric)).toBeUndefined();
  }, 60_000);

  it('is bounded: the oldest goes first', () => {
    const store = new MetricStore(bench.cloud, 1_000);
    const now = bench.cloud.clock.now();
    for (let minute = 0; minute < 5_000; minute += 1)
      store.put(scope, metric, 'None', now - (5_000 - minute) * MINUTE, { values: [[1, 1]] });
    const series = store.find(scope, metric)?.units.get('None');
    expect(series?.size).toBeLessThanOrEqual(1_000);
    expect(series?.size).toBeGreaterThan(800);
    expect(series?.latest).toBe(Math.floor((now - MINUTE) / MINUTE) * MINUTE);
  });
});

it('many different values stay small, within a percent of what they were', () => {
  const distribution: Distribution = new Map();
  for (let value = 1; value <= 100_000; value += 1) addTo(distribution, value, 1);
  expect(distribution.size).toBeLessThan(1_200);
  let seen = 0;
  for (const [value, count] of [...distribution].sort((a, b) => a[0] - b[0])) {
    seen += count;
    if (seen >= 50_000) {
      expect(Math.abs(value - 50_000) / 50_000).toBeLessThan(0.02);
      break;
    }
  }
  expect([...distribution.values()].reduce((sum, count) => sum + count, 0)).toBe(100_000);
});
