import type { LabResources, ResourceKind } from '../../../grader/api.ts';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { ifThere, type Removal } from './removal.ts';

export interface Named {
  readonly kind: ResourceKind;
  readonly name: string;
}

/**
 * Every kind, in the order of removal: what calls goes before what is called, so that nothing is made again while
 * the rest is removed (a function that still runs writes its log group anew). A kind is read when a lab has it.
 */
export const removals: { readonly [Kind in ResourceKind]: () => Promise<{ readonly removal: Removal }> } = {
  stacks: () => import('./stacks.ts'),
  schedules: () => import('./schedules.ts'),
  rules: () => import('./rules.ts'),
  alarms: () => import('./alarms.ts'),
  usagePlans: () => import('./usage-plans.ts'),
  apiKeys: () => import('./api-keys.ts'),
  restApis: () => import('./rest-apis.ts'),
  functions: () => import('./functions.ts'),
  topics: () => import('./topics.ts'),
  queues: () => import('./queues.ts'),
  streams: () => import('./streams.ts'),
  buckets: () => import('./buckets.ts'),
  tables: () => import('./tables.ts'),
  logGroups: () => import('./log-groups.ts'),
  roles: () => import('./roles.ts'),
};
const order = Object.keys(removals) as readonly ResourceKind[];

async function* each(resources: LabResources): AsyncGenerator<Named & { readonly removal: Removal }> {
  for (const kind of order) {
    const names = resources[kind] ?? [];
    if (names.length === 0) continue;
    const { removal } = await removals[kind]();
    for (const name of names) yield { kind, name, removal };
  }
}

/**
 * Removes a lab's resources. AWS answers a deletion of nothing with success in places, so each is looked for first:
 * only what was there is reported.
 * @param resources full names, prefix included: the only ones that are ever touched
 * @returns what was there and is removed
 */
export async function removeResources(pool: Pool, resources: LabResources): Promise<Named[]> {
  const removed: Named[] = [];
  for await (const { kind, name, removal } of each(resources)) {
    if (!(await removal.there(pool, name))) continue;
    // A look may find what is gone already: its removal then finds nothing, and that is as good.
    await ifThere(removal.remove(pool, name));
    removed.push({ kind, name });
  }
  return removed;
}

/** What of these is still on the target, found by asking for it. */
export async function leftOf(pool: Pool, resources: LabResources): Promise<Named[]> {
  const left: Named[] = [];
  for await (const { kind, name, removal } of each(resources))
    if (await removal.there(pool, name)) left.push({ kind, name });
  return left;
}
