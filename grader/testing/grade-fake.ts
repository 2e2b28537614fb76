import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { grade, type GradeRequest } from '../grade.ts';
import type { CheckResult, Outcome, Result } from '../result/result.ts';
import type { Target } from '../targets/target.ts';
import { fakeLab, type FakeContext } from './fake-lab.ts';
import { fakeTarget } from './fake-target.ts';

export type Bodies = Parameters<typeof fakeLab>;
/** Grades a lab made of these checks, with anything of the request or the target changed. */
export type GradeFake = (bodies: Bodies, over?: Partial<GradeRequest>, target?: Target) => Promise<Result>;

/** A folder with one good module for the tests of a file, and the way to grade it. */
export function useSubmission(): { readonly path: () => string; readonly gradeFake: GradeFake } {
  let submission = '';
  beforeAll(() => {
    submission = mkdtempSync(join(tmpdir(), 'coldstart-run-'));
    writeFileSync(
      join(submission, 'greet.ts'),
      'export const greet = (name: string) => `Hello, ${name}!`;\n',
    );
  });
  afterAll(() => {
    rmSync(submission, { recursive: true, force: true });
  });
  return {
    path: () => submission,
    gradeFake: (bodies, over = {}, target = fakeTarget()) =>
      grade({ lab: fakeLab(...bodies), submission, target, language: 'en', seed: 1, ...over }),
  };
}

/** `id status` of each check, in their order. */
export const statuses = (checks: readonly CheckResult[]): string[] =>
  checks.map(({ id, status }) => `${id} ${status}`);

/** The one check that ended so. */
export function only<S extends CheckResult['status']>(checks: readonly CheckResult[], status: S): Outcome<S> {
  const found = checks.filter((check): check is Outcome<S> => check.status === status);
  expect(found).toHaveLength(1);
  const [one] = found;
  if (one === undefined) throw new Error(`none ${status}`);
  return one;
}

/** What a check does that has something to say. */
export const failing = (context: FakeContext): Promise<never> =>
  Promise.resolve().then(() => context.fail({ why: 'Seen: nothing.', next: 'Do it.' }));
