import { resourceName as prefixed } from '../../grader/resource-name.ts';
import type { Session } from '../session/session.ts';

/** A resource's real name on the target: the manifest's name after `LAB_PREFIX`. */
export const resourceName = (session: Session, name: string): string =>
  prefixed(name, session.env.LAB_PREFIX ?? '');
