import type { Kept, Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { upperFirst } from '../translate/letters.ts';
import type { Letters } from '../translate/letters.ts';
import { membersOf, picked, plain, text, told } from '../translate/shaped.ts';

/** How the filters of one kind are put, found and removed. */
export interface FilterWays {
  readonly letters?: Letters;
  put(properties: Properties, name: string, work: ResourceWork): Promise<unknown>;
  /** Those of the log group whose names begin so. */
  list(logGroupName: string, name: string, work: ResourceWork): Promise<readonly object[] | undefined>;
  remove(logGroupName: string, name: string, work: ResourceWork): Promise<unknown>;
}

const nameOf = (properties: Properties, work: ResourceWork): string =>
  text(properties['FilterName']) ?? work.name(512);

const groupOf = (properties: Properties): string => text(properties['LogGroupName']) ?? '';

/** A type whose resources are filters of a log group: what puts one puts what it is changed to, too. */
export function filterType(ways: FilterWays): ResourceType {
  return {
    nameOf,

    async create(properties, work): Promise<Physical> {
      const id = nameOf(properties, work);
      await ways.put(properties, id, work);
      return { id, attributes: {} };
    },

    async update(kept, wanted, work) {
      await ways.put(wanted, kept.id, work);
      return { id: kept.id, attributes: kept.attributes };
    },

    async delete({ id, properties }, work) {
      await ifThere(ways.remove(groupOf(properties), id, work));
    },

    async read({ id, properties }: Kept, work: ResourceWork) {
      const all = (await ifThere(ways.list(groupOf(properties), id, work))) ?? [];
      const now = all.find((one) => 'filterName' in one && one.filterName === id);
      if (now === undefined) return undefined;
      return picked(told(membersOf(upperFirst(plain(now), ways.letters))), ...Object.keys(properties));
    },
  };
}
