import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostPayloadBytes } from '../invoking.ts';
import { divided, laneOf } from './poller.ts';
import type { StreamItem } from './source.ts';
import { afterAttempt, backoff, batchLength, waitingOf } from './work.ts';
import type { Work } from './work.ts';

const item = (number: number, text = ''): StreamItem => ({
  sequence: String(number).padStart(6, '0'),
  arrivedAt: 0,
  orderKey: String(number),
  record: { number, text },
  seen: () => undefined,
});
const batch = (count: number): Work => ({
  waiting: Array.from({ length: count }, (_, number) => waitingOf(item(number))),
  attempts: 0,
});

describe('a batch that fails', () => {
  it('comes to its end whatever the function says: each record is dealt with once, in order, or given up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 6 }),
        fc.record({ mostRetries: fc.integer({ min: 0, max: 3 }), bisects: fc.boolean() }),
        fc.boolean(),
        (count, bad, rule, reports) => {
          const ended: string[] = [];
          const discarded: string[] = [];
          let queue = [batch(count)];
          for (let turns = 0; queue.length > 0; turns += 1) {
            expect(turns).toBeLessThan(1_000);
            const [work, ...others] = queue;
            if (work === undefined) break;
            const failed = work.waiting.filter(({ item: { sequence } }) => bad.includes(Number(sequence)));
            const ids = new Set(failed.map(({ item: { sequence } }) => sequence));
            const next = afterAttempt(work, reports || ids.size === 0 ? ids : 'all', rule);
            ended.push(...work.waiting.slice(0, next.done).map(({ item: { sequence } }) => sequence));
            if (next.exhausted) {
              const given = next.again.flatMap(({ waiting }) =>
                waiting.map(({ item: each }) => each.sequence),
              );
              expect(next.again[0]?.attempts).toBe(rule.mostRetries + 1);
              ended.push(...given);
              discarded.push(...given);
              queue = others;
            } else queue = [...next.again, ...others];
          }
          expect(ended).toEqual(batch(count).waiting.map(({ item: { sequence } }) => sequence));
          const wrong = bad.filter((number) => number < count).map((number) => item(number).sequence);
          expect(discarded).toEqual(expect.arrayContaining(wrong));
          // Bisection finds the bad ones, and nothing else is given up.
          if (rule.bisects) expect(discarded).toEqual(wrong.sort());
        },
      ),
    );
  });

  it('without a limit of retries is never given up', () => {
    let work = batch(2);
    for (let at = 0; at < 50; at += 1) {
      const next = afterAttempt(work, 'all', { mostRetries: -1, bisects: false });
      expect(next).toMatchObject({ done: 0, exhausted: false });
      work = next.again[0] ?? work;
    }
    expect(work.attempts).toBe(50);
  });

  it('waits longer each time, and a minute at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(backoff)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });
});

it('a batch is as large as its event may be, and has one record at least', () => {
  const large = waitingOf(item(1, 'x'.repeat(2_500_000)));
  expect(batchLength([large, large, large], 100)).toBe(2);
  const tooLarge = waitingOf(item(1, 'x'.repeat(mostPayloadBytes)));
  expect(batchLength([tooLarge, large], 100)).toBe(1);
  expect(batchLength(batch(5).waiting, 3)).toBe(3);
});

describe('the readers of a shard', () => {
  it('share its keys among themselves', () => {
    const lanes = new Set(Array.from({ length: 200 }, (_, number) => laneOf(item(number), 10)));
    expect([...lanes].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('begin where the slowest was when their number changes', () => {
    const at = (after: string) => ({ at: { after }, failing: [] });
    expect(divided([at('03'), at('01'), at('02')], 2)).toEqual([at('01'), at('01')]);
    expect(divided([at('03'), { at: 'TRIM_HORIZON', failing: [] }], 1)).toEqual([
      { at: 'TRIM_HORIZON', failing: [] },
    ]);
    const kept = [at('01'), at('02')];
    expect(divided(kept, 2)).toBe(kept);
  });
});
