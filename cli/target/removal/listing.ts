import type { LabResources, ResourceKind } from '../../../grader/api.ts';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { removals, type Named } from './remove-resources.ts';

/** What CloudFormation makes for the templates of this course, under names that begin with the stack's. */
const madeByStacks: readonly ResourceKind[] = [
  'functions',
  'logGroups',
  'roles',
  'buckets',
  'queues',
  'topics',
  'tables',
  'restApis',
];

/** The beginning that the names of a lab share: `ada-lab03-`. */
export const startOf = (prefix: string, lab: number): string =>
  `${prefix}lab${String(lab).padStart(2, '0')}-`;

/**
 * Everything on the target whose name begins as a lab's do, found by listing the kinds that the lab has: also what
 * its manifest does not name, which nobody but the student may remove.
 * @param start what names begin with; a log group's may have `/aws/lambda/` before it
 */
export async function listed(pool: Pool, resources: LabResources, start: string): Promise<Named[]> {
  const own = Object.keys(resources) as ResourceKind[];
  const kinds = new Set([...own, ...(own.includes('stacks') ? madeByStacks : [])]);
  const found = await Promise.all(
    [...kinds].map(async (kind) => {
      const names = new Set<string>();
      const { removal } = await removals[kind]();
      for await (const name of removal.list(pool, start))
        if (name?.replace('/aws/lambda/', '').startsWith(start) === true) names.add(name);
      return [...names].sort().map((name): Named => ({ kind, name }));
    }),
  );
  return found.flat();
}
