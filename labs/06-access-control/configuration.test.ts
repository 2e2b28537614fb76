import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineLab } from '../../grader/api.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace, type Place } from '../proof/place.ts';
import { lab } from './lab.ts';
import type { Text } from './text.ts';

/* What is left to look at on a server that asks neither for keys nor its authorizers: the authorizer itself is called. */
const configured = defineLab<Text>({
  ...lab,
  checks: lab.checks.map((check) => ({
    ...check,
    run: (context) => check.configuration?.(context) ?? check.run(context),
  })),
});
const only = ['keys', 'tokens', 'context', 'policy', 'cache'];

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.stop());

describe('where only the configuration can be looked at', () => {
  it.each([
    ['a right submission', undefined, undefined],
    ['allows-everything', 'tokens', 'A token that another secret has signed is let in'],
    ['policy-for-one-method', 'cache', 'The gateway has kept the policy of the first request'],
    ['reader-may-publish', 'policy', 'The policy allows more than the role may do'],
    ['key-not-required', 'keys', 'does not ask for an API key'],
  ])(
    '%s is told from others',
    async (name, check, why) => {
      const student = place.student();
      const solution = join(projectRoot(), 'solutions', '06-access-control');
      const overlay =
        check === undefined ? [] : [join(projectRoot(), 'labs', '06-access-control', 'mistakes', name)];
      const workspace = place.workspace(solution, ...overlay);
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
