import type { Kept, Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { narrowed } from './narrowed.ts';

/** What a resource of one type is made, seen, changed and removed by. Not to be there is told by `NotFoundException`. */
export interface Operations {
  readonly create: (properties: Properties, work: ResourceWork) => Promise<Physical>;
  /** Its properties as they are now, more of them than a template speaks of. @throws ServiceFailure where it is gone */
  readonly look: (kept: Kept, work: ResourceWork) => Promise<Properties>;
  /**
   * Changes it from what it is to what is wanted. What it is was asked now: a change that is tried again after the
   * cloud has ended in the middle does what is left to do.
   * @param now of what it is, what the template speaks of or spoke of
   */
  readonly change?: (kept: Kept, now: Properties, wanted: Properties, work: ResourceWork) => Promise<unknown>;
  readonly remove: (kept: Kept, work: ResourceWork) => Promise<unknown>;
  /** The physical id of what a create that was not finished has made. */
  readonly trace?: (properties: Properties, work: ResourceWork) => Promise<string | undefined>;
  /** The physical id that `create` gives, where it is known beforehand. */
  readonly nameOf?: (properties: Properties, work: ResourceWork) => string | undefined;
}

/** A type whose resources are changed by what differs. */
export function fromOperations(operations: Operations): ResourceType {
  const { create, look, change, remove, trace, nameOf } = operations;
  return {
    create,
    ...(change && {
      async update(kept: Kept, wanted: Properties, work: ResourceWork): Promise<Physical> {
        const now = await look(kept, work);
        await change(kept, narrowed(now, kept.properties, wanted), wanted, work);
        return { id: kept.id, attributes: kept.attributes };
      },
    }),
    async delete(kept, work) {
      await ifThere(remove(kept, work));
    },
    async read(kept, work) {
      const now = await ifThere(look(kept, work));
      return now && narrowed(now, kept.properties);
    },
    ...(trace && {
      async find(properties: Properties, work: ResourceWork): Promise<Physical | undefined> {
        const id = await ifThere(trace(properties, work));
        return id === undefined ? undefined : { id, attributes: {} };
      },
    }),
    ...(nameOf && { nameOf }),
  };
}
