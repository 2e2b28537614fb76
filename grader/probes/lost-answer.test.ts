import { expect, it } from 'vitest';
import type { Throwaway } from './throwaway.ts';
import { trials } from './trials.ts';

const report = (init: boolean) =>
  `REPORT RequestId: a\tDuration: 1 ms\t${init ? 'Init Duration: 90 ms\t' : ''}\n`;

/** A server on which the first call of each function is cold, and the first answers get lost. */
function losing(answers: number): Throwaway {
  const called = new Map<string, number>();
  return {
    role: () => Promise.resolve('arn'),
    make: () => Promise.resolve(`function-${String(called.size)}`),
    invoke(name: string) {
      const lost = called.size < answers && !called.has(name) ? 1 : 0;
      const calls = (called.get(name) ?? 0) + 1 + lost;
      called.set(name, calls);
      return Promise.resolve({ logTail: report(calls === 1), lost });
    },
  } as unknown as Throwaway;
}

it('a function whose first answer was lost does not tell whether a server reports its init', async () => {
  expect(await trials.initDuration(losing(0))).toBe(true);
  expect(await trials.initDuration(losing(2))).toBe(true);
  await expect(trials.initDuration(losing(9))).rejects.toThrow('was lost');
});
