import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyLab } from '../../grader/api.ts';
import { labFolder } from '../../workbook/progress/progress.ts';
import type { Session } from '../session/session.ts';

export const workspaceOf = (session: Session, lab: AnyLab) => join(session.work, labFolder(lab));
export const starterOf = (session: Session, lab: AnyLab) =>
  join(session.root, 'labs', labFolder(lab), 'starter');
export const solutionOf = (session: Session, lab: AnyLab) => join(session.root, 'solutions', labFolder(lab));

/** Makes the workspace from the starter. One that exists is never touched. @returns whether it was made */
export function makeWorkspace(session: Session, lab: AnyLab): boolean {
  const workspace = workspaceOf(session, lab);
  if (existsSync(workspace)) return false;
  mkdirSync(session.work, { recursive: true });
  // Copied beside and renamed, so that an interrupted copy is never taken for a workspace.
  const making = `${workspace}.making-${String(process.pid)}`;
  cpSync(starterOf(session, lab), making, { recursive: true });
  renameSync(making, workspace);
  return true;
}

/** Moves the workspace aside and makes a new one. @returns where the old one is, or undefined if there was none */
export function resetWorkspace(session: Session, lab: AnyLab, now = new Date()): string | undefined {
  const workspace = workspaceOf(session, lab);
  let backup: string | undefined;
  if (existsSync(workspace)) {
    const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
    backup = join(session.work, '.backup', `${labFolder(lab)}-${stamp}`);
    mkdirSync(join(session.work, '.backup'), { recursive: true });
    renameSync(workspace, backup);
  }
  makeWorkspace(session, lab);
  return backup;
}
