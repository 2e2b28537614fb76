import { statSync } from 'node:fs';
import { join } from 'node:path';
import { applicationsIn, type Application } from '../deploy/application/applications.ts';
import { templateIn } from '../deploy/application/template.ts';
import type { Session } from '../session/session.ts';

/**
 * What the name of an application may be: it becomes the stack's, and part of a bucket's, which has 63 characters at
 * most and no capitals.
 */
export const applicationName = /^[a-z][a-z0-9-]{0,39}$/;

/** The application of a student's own that is named, in `work/`; undefined where that is none. */
export function findApplication(session: Session, said: string): Application | undefined {
  if (!applicationName.test(said)) return undefined;
  const folder = join(session.work, said);
  const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!there || templateIn(folder) === undefined) return undefined;
  return applicationsIn(folder, session.env.LAB_PREFIX ?? '').find((each) => each.folder === folder);
}
