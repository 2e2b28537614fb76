import type { Json } from '../../../../state/state.ts';
import type { Kept, Properties, ResourceWork } from '../resource-type.ts';
import { coerced } from '../schema/coerced.ts';
import { types } from '../types.ts';
import type { TrialStack } from './trial-stack.ts';

/** A resource of a trial stack, made and changed as the engine would. */
export interface TrialResource {
  readonly work: ResourceWork;
  /** As the stack keeps it now. */
  kept(): Kept;
  update(properties: Properties): Promise<Kept>;
  /** Its properties as the service has them. */
  read(): Promise<Properties | undefined>;
  /** As the engine finds what an attempt that was cut off has made. */
  found(): Promise<string | undefined>;
  delete(): Promise<void>;
}

/** Makes a resource through its type, with properties cast as the engine casts them. */
export async function trialResource(
  stack: TrialStack,
  type: string,
  properties: Readonly<Record<string, Json>>,
  logicalId = type.slice(type.lastIndexOf(':') + 1),
): Promise<TrialResource> {
  const adapter = types[type];
  if (adapter === undefined) throw new Error(`There is no type ${type}.`);
  const work = stack.work(logicalId);
  const cast = (given: Properties): Properties => coerced(type, given);
  const first = cast(properties);
  let kept: Kept = { ...(await adapter.create(first, work)), properties: first };
  return {
    work,
    kept: () => kept,
    async update(next) {
      if (adapter.update === undefined) throw new Error(`${type} is never changed in place.`);
      const wanted = cast(next);
      kept = { ...(await adapter.update(kept, wanted, work)), properties: wanted };
      return kept;
    },
    read: async () => await adapter.read?.(kept, work),
    found: async () =>
      adapter.find === undefined
        ? adapter.nameOf?.(kept.properties, work)
        : (await adapter.find(kept.properties, work))?.id,
    delete: async () => await adapter.delete(kept, work),
  };
}
