import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyLab } from '../../grader/api.ts';
import type { Status } from '../../grader/result/result.ts';
import { loadResult } from '../../grader/result/store.ts';

/** How far a student is with a lab, by the last grading of its workspace. */
export interface LabProgress {
  readonly state: 'new' | 'started' | 'passed';
  readonly points: number;
  readonly of: number;
  /** By check id; a check that has never been graded is not in it. */
  readonly checks: ReadonlyMap<string, Status>;
}

/** A lab's folder name everywhere: `01-first-handler`. */
export const labFolder = (lab: Pick<AnyLab, 'number' | 'slug'>): string =>
  `${String(lab.number).padStart(2, '0')}-${lab.slug}`;

/** @param work the folder with the workspaces */
export function progressOf(lab: AnyLab, work: string): LabProgress {
  const of = lab.in('en').checks.reduce((sum, check) => sum + check.points, 0);
  const workspace = join(work, labFolder(lab));
  const fresh = { points: 0, of, checks: new Map<string, Status>() };
  if (!existsSync(workspace)) return { state: 'new', ...fresh };
  const result = loadResult(workspace);
  if (result === undefined || result.lab.number !== lab.number) return { state: 'started', ...fresh };
  const { points } = result.totals;
  return {
    state: points >= of ? 'passed' : 'started',
    points,
    of,
    checks: new Map(result.checks.map((check) => [check.id, check.status])),
  };
}
