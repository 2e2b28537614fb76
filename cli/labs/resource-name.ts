import { resourceName as prefixed } from '../../grader/resource-name.ts';
import type { Session } from '../session/session.ts';

/**
 * A resource's real name on the target: the manifest's name after `LAB_PREFIX`.
 * @param account the account id on the target; only the names of buckets have it in them
 */
export const resourceName = (session: Session, name: string, account = ''): string =>
  prefixed(name, session.env.LAB_PREFIX ?? '', account);
