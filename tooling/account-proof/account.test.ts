import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLab } from '../../grader/api.ts';
import { labs } from '../../labs/index.ts';
import { mistakesIn, type Mistake } from '../../labs/proof/mistakes.ts';
import { labFolder } from '../../workbook/progress/progress.ts';
import { projectRoot } from '../root.ts';
import { openAccount, prefix, type AccountPlace, type Ended } from './place.ts';

/**
 * `COLDSTART_ACCOUNT`: the seed of each run, by commas; nothing runs without it, because waiting is real here.
 * `…_LABS`: numbers of labs, all without it. `…_MISTAKES`: how many wrong submissions of each lab, or `all`; or names
 * of some. How many are tried at once is vitest's `maxConcurrency`: each has an account of its own, and mostly waits.
 */
const {
  COLDSTART_ACCOUNT: seeds,
  COLDSTART_ACCOUNT_LABS: chosen,
  COLDSTART_ACCOUNT_MISTAKES: tried = '0',
} = process.env;

const halfAnHour = 30 * 60_000;
const wanted = labs.filter(
  ({ number }) => chosen === undefined || chosen.split(',').includes(String(number)),
);

function mistakesOf(lab: AnyLab): readonly Mistake[] {
  const all = mistakesIn(join(projectRoot(), 'labs', labFolder(lab), 'mistakes'));
  if (tried === 'all') return all;
  if (/^\d+$/.test(tried)) return all.slice(0, Number(tried));
  return all.filter(({ name }) => tried.split(',').includes(name));
}

/** A command that did its work; otherwise all it said is shown. */
function done({ status, said }: Ended): void {
  expect(status, said).toBe(0);
}

if (seeds === undefined)
  process.stderr.write(
    'NOTICE: nothing is deployed to an account that lags: `npm run proof -- account` does it.\n',
  );

describe.skipIf(seeds === undefined)('an account that throttles, fails and lags', () => {
  describe.each((seeds ?? '').split(','))('seed %s', (seed) => {
    const begun = performance.now();
    let place: AccountPlace;
    let tries = 0;
    let passed = 0;
    beforeAll(async () => {
      place = await openAccount(seed);
    });
    afterAll(async () => {
      const minutes = (performance.now() - begun) / 60_000;
      process.stderr.write(
        `run ${seed}: ${String(passed)} of ${String(tries)} passed in ${minutes.toFixed(1)} min\n`,
      );
      await place.stop();
    }, halfAnHour);
    const beside = (name: string, prove: () => Promise<void>) => {
      it.concurrent(
        name,
        async () => {
          tries += 1;
          try {
            await prove();
          } catch (error) {
            // At once: the end of a run can be an hour away.
            process.stderr.write(`run ${seed}: FAILED ${name}: ${String(error)}\n`);
            throw error;
          }
          passed += 1;
        },
        halfAnHour,
      );
    };

    for (const lab of wanted) {
      const number = `lab ${String(lab.number)}`;
      beside(`${number}: the solution passes, and nothing of it is left`, async () => {
        const student = place.student(lab);
        done(await student.deploy());
        const { status, said, result } = await student.grade();
        const others = result?.checks.filter((check) => check.status !== 'passed');
        expect(others, said).toEqual([]);
        expect(status, said).toBe(0);
        done(await student.clean());
        expect(student.violations()).toEqual([]);
      });

      for (const mistake of mistakesOf(lab))
        beside(`${number}: finds the mistake ${mistake.name}`, async () => {
          const student = place.student(lab, mistake);
          done(await student.deploy());
          const { checks } = await student.gradeOnly(mistake.check);
          const told = JSON.stringify(checks, null, 2);
          const caught = checks.find(({ id }) => id === mistake.check);
          expect(caught, told).toMatchObject({ status: 'failed' });
          // A mistake's sentence names things as whoever has an account alone does.
          const why = caught?.status === 'failed' ? caught.why.replaceAll(prefix, '') : '';
          expect(why, told).toContain(mistake.why);
          const wrong = checks.filter(
            ({ id, status }) => id !== mistake.check && status !== 'passed' && status !== 'skipped',
          );
          expect(wrong, told).toEqual([]);
          done(await student.clean());
          expect(student.violations()).toEqual([]);
        });
    }

    it('was as busy as it should be', () => {
      const verdicts = place.proxy.calls.map(({ verdict }) => verdict);
      const share = (wished: string) => verdicts.filter((each) => each === wished).length / verdicts.length;
      const percent = (wished: string) => `${String(Math.round(1000 * share(wished)) / 10)} % ${wished}`;
      const kinds = ['throttled', 'failed', 'lost', 'stale', 'too soon', 'rate'];
      process.stderr.write(`${String(verdicts.length)} calls, ${kinds.map(percent).join(', ')}\n`);
      expect(share('throttled')).toBeGreaterThan(0.04);
      expect(share('failed')).toBeGreaterThan(0.01);
      expect(share('stale')).toBeGreaterThan(0);
      expect(place.proxy.violations).toEqual([]);
    });
  });
});
