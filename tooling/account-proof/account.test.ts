import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLab } from '../../grader/api.ts';
import { labs } from '../../labs/index.ts';
import { mistakesIn, type Mistake } from '../../labs/proof/mistakes.ts';
import { labFolder } from '../../workbook/progress/progress.ts';
import { projectRoot } from '../root.ts';
import { openAccount, type AccountPlace, type Ended } from './place.ts';

/**
 * `COLDSTART_ACCOUNT`: the seed of each run, by commas; nothing runs without it, because waiting is real here.
 * `…_LABS`: numbers of labs, all without it. `…_MISTAKES`: how many wrong submissions of each lab, or `all`.
 */
const {
  COLDSTART_ACCOUNT: seeds,
  COLDSTART_ACCOUNT_LABS: chosen,
  COLDSTART_ACCOUNT_MISTAKES: tried,
} = process.env;

const halfAnHour = 30 * 60_000;
const wanted = labs.filter(
  ({ number }) => chosen === undefined || chosen.split(',').includes(String(number)),
);

function mistakesOf(lab: AnyLab): readonly Mistake[] {
  const all = mistakesIn(join(projectRoot(), 'labs', labFolder(lab), 'mistakes'));
  return tried === 'all' ? all : all.slice(0, Number(tried ?? 0));
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
    let place: AccountPlace;
    beforeAll(async () => {
      place = await openAccount(seed);
    });
    afterAll(() => place.stop());

    for (const lab of wanted) {
      it(
        `lab ${String(lab.number)}: the solution passes, and nothing of it is left`,
        async () => {
          const student = place.student(lab);
          done(await student.deploy());
          const { status, said, result } = await student.grade();
          const others = result?.checks.filter((check) => check.status !== 'passed');
          expect(others, said).toEqual([]);
          expect(status).toBe(0);
          done(await student.clean());
          expect(place.proxy.violations).toEqual([]);
        },
        halfAnHour,
      );

      for (const mistake of mistakesOf(lab))
        it(
          `lab ${String(lab.number)}: finds the mistake ${mistake.name}`,
          async () => {
            const student = place.student(lab, mistake.folder);
            done(await student.deploy());
            const { said, result } = await student.grade();
            const check = result?.checks.find(({ id }) => id === mistake.check);
            expect(check, said).toMatchObject({
              status: 'failed',
              why: expect.stringContaining(mistake.why) as string,
            });
            const wrong = result?.checks.filter(
              (other) =>
                other.id !== mistake.check && other.status !== 'passed' && other.status !== 'skipped',
            );
            expect(wrong).toEqual([]);
            done(await student.clean());
            expect(place.proxy.violations).toEqual([]);
          },
          halfAnHour,
        );
    }

    it('was as busy as it should be', () => {
      const verdicts = place.proxy.calls.map(({ verdict }) => verdict);
      const share = (wished: string) => verdicts.filter((each) => each === wished).length / verdicts.length;
      process.stderr.write(
        `${String(verdicts.length)} calls, ${String(Math.round(100 * share('throttled')))} % throttled, ${String(Math.round(100 * share('failed')))} % failed, ${String(Math.round(100 * share('stale')))} % stale, ${String(Math.round(100 * share('too soon')))} % too soon, ${String(Math.round(100 * share('rate')))} % over a rate\n`,
      );
      expect(share('throttled')).toBeGreaterThan(0.04);
      expect(share('failed')).toBeGreaterThan(0.01);
      expect(share('stale')).toBeGreaterThan(0);
    });
  });
});
