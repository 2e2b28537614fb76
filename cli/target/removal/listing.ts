import type { LabResources, ResourceKind } from '../../../grader/api.ts';
import { throwawayStart } from '../../../grader/resource-name.ts';
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
  return namesOf(pool, new Set([...own, ...(own.includes('stacks') ? madeByStacks : [])]), start);
}

/** What the trials make by which the grader finds out what a target does. */
const madeByTrials: readonly ResourceKind[] = [
  'stacks',
  'alarms',
  'queues',
  'usagePlans',
  'apiKeys',
  'restApis',
  'functions',
  'logGroups',
  'roles',
];

/**
 * What trials have left whose grading was killed, found by listing. They are the grader's own, whatever the lab: the
 * numbers in their names are drawn by it.
 */
export async function leftByTrials(pool: Pool, prefix: string): Promise<LabResources> {
  const start = `${prefix}${throwawayStart}`;
  const drawn = /^[0-9a-f]{12}(?![0-9a-z])/;
  const found = (await namesOf(pool, madeByTrials, start)).filter(({ name }) =>
    drawn.test(name.replace('/aws/lambda/', '').slice(start.length)),
  );
  return Object.fromEntries(
    madeByTrials.map((kind) => [kind, found.filter((each) => each.kind === kind).map(({ name }) => name)]),
  );
}

async function namesOf(pool: Pool, kinds: Iterable<ResourceKind>, start: string): Promise<Named[]> {
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
