import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineLab, type Lab } from '../../grader/api.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace, type Place } from './place.ts';

/** A wrong submission of the lab, the one check that must fail on its configuration alone, and a part of its sentence. */
export type ToldApart = readonly [mistake: string, check: string, why: string];

/**
 * The tests of what a lab's checks still look at on a server that lacks the behaviours they rest on: the solution
 * passes, and mistakes that show in the configuration are found.
 * @param only the checks that have a `configuration`, or need one that has
 */
export function proveConfiguration<Text>(
  lab: Lab<Text>,
  only: readonly string[],
  mistakes: readonly ToldApart[],
): void {
  const folder = `${String(lab.number).padStart(2, '0')}-${lab.slug}`;
  const configured = defineLab<Text>({
    ...lab,
    checks: lab.checks.map((check) => ({
      ...check,
      run: (context) => check.configuration?.(context) ?? check.run(context),
    })),
  });

  describe('where only the configuration can be looked at', () => {
    let place: Place;
    beforeAll(async () => {
      place = await openPlace();
    });
    afterAll(() => place.stop());

    /** The checks that have not passed, and are not skipped because of another. */
    const found = async (mistake?: string) => {
      const student = place.student();
      const workspace = place.workspace(join(projectRoot(), 'solutions', folder), mistake);
      expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
      const { checks } = await student.grade(configured, workspace, 'en', { only });
      return checks.filter(({ status }) => status !== 'passed' && status !== 'skipped');
    };

    it('a right submission passes', async () => {
      expect(await found()).toEqual([]);
    }, 120_000);

    it.each(mistakes)(
      '%s is found',
      async (name, check, why) => {
        expect(await found(join(projectRoot(), 'labs', folder, 'mistakes', name))).toMatchObject([
          { id: check, status: 'failed', why: expect.stringContaining(why) as string },
        ]);
      },
      120_000,
    );
  });
}
