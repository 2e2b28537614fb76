import { describe, expect, it } from 'vitest';
import { Buckets } from './buckets.ts';

describe('a token bucket', () => {
  it.each([
    [10, 5],
    [0.5, 3],
    [200, 1000],
  ])('at twice the rate of %s with burst %s lets through rate × time + burst', (rate, burst) => {
    let now = 1_000_000;
    const buckets = new Buckets(() => now);
    const limit = { key: 'k', rate, burst };
    const seconds = 60;
    let accepted = 0;
    for (let at = 0; at < seconds * rate * 2 + burst; at += 1) {
      if (buckets.take([limit])) accepted += 1;
      now += (seconds * 1000) / (seconds * rate * 2 + burst);
    }
    const expected = rate * seconds + burst;
    expect(accepted).toBeGreaterThanOrEqual(Math.floor(expected * 0.98) - 1);
    expect(accepted).toBeLessThanOrEqual(Math.ceil(expected * 1.02));
  });

  it('takes from all or from none', () => {
    const buckets = new Buckets(() => 0);
    const wide = { key: 'wide', rate: 1, burst: 2 };
    const narrow = { key: 'narrow', rate: 1, burst: 1 };
    expect([buckets.take([wide, narrow]), buckets.take([wide, narrow])]).toEqual([true, false]);
    expect([buckets.take([wide]), buckets.take([wide])]).toEqual([true, false]);
  });

  it('of burst 0 lets nothing through', () => {
    let now = 0;
    const buckets = new Buckets(() => now);
    expect(buckets.take([{ key: 'k', rate: 0, burst: 0 }])).toBe(false);
    now = 1e9;
    expect(buckets.take([{ key: 'k', rate: 0, burst: 0 }])).toBe(false);
  });
});
