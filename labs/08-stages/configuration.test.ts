import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineLab } from '../../grader/api.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace, type Place } from '../proof/place.ts';
import { lab } from './lab.ts';
import type { Text } from './text.ts';

/* What is left to look at on a server whose deployments are no snapshots and whose URIs take no variables. */
const configured = defineLab<Text>({
  ...lab,
  checks: lab.checks.map((check) => ({
    ...check,
    run: (context) => check.configuration?.(context) ?? check.run(context),
  })),
});
const only = ['alias', 'rollback', 'apart', 'draft', 'changelog'];

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.stop());

describe('where only the configuration can be looked at', () => {
  it.each([
    ['a right submission', undefined, undefined],
    ['old-deployment-deleted', 'rollback', 'No deployment is left'],
    ['no-way-back-tried', 'changelog', 'has no way back on `prod`'],
  ])(
    '%s is told from others',
    async (name, check, why) => {
      const student = place.student();
      const overlay = check === undefined ? [] : [join(projectRoot(), 'labs', '08-stages', 'mistakes', name)];
      const workspace = place.workspace(join(projectRoot(), 'solutions', '08-stages'), ...overlay);
      expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
      const { checks } = await student.grade(configured, workspace, 'en', { only });
      const bad = checks.filter(({ status }) => status !== 'passed' && status !== 'skipped');
      if (check === undefined) expect(bad).toEqual([]);
      else
        expect(bad).toMatchObject([
          { id: check, status: 'failed', why: expect.stringContaining(why) as string },
        ]);
    },
    120_000,
  );
});
