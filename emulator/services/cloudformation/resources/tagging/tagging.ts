import type { Kept, Properties, ResourceWork } from '../resource-type.ts';
import { allTags, tagChanges, tagList, tagMap, type Tags } from '../translate/tags.ts';

type Tagged = Pick<ResourceWork, 'tags'>;

/**
 * The tags that a resource is to have: its own above those of the stack. Services keep `aws:` from whoever calls them,
 * CloudFormation too.
 */
export function tagsFor({ Tags: own }: Properties, work: Tagged): Tags {
  const all = Object.entries(allTags(own, work));
  return Object.fromEntries(all.filter(([key]) => !/^aws:/i.test(key)));
}

/** The same as a list, as `Tags` of an input; nothing where there are none. */
export function tagsInput(properties: Properties, work: Tagged): { Tags?: { Key: string; Value: string }[] } {
  const Tags = tagList(tagsFor(properties, work));
  return Tags.length === 0 ? {} : { Tags };
}

/** What of a service's tags a resource's author gave, as the resource's property; those of the stack are not told. */
export function tagsRead(now: Tags, kept: Kept, work: Tagged): Properties {
  const given = tagMap(kept.properties['Tags']);
  const own = Object.entries(now).filter(
    ([key, value]) => given[key] !== undefined || work.tags[key] !== value,
  );
  // In the order of the template, so that a list which is as it was compares as such.
  const place = ([key]: [string, string]): number => {
    const at = Object.keys(given).indexOf(key);
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  const Tags = tagList(Object.fromEntries(own.sort((a, b) => place(a) - place(b))));
  return Tags.length === 0 ? {} : { Tags };
}

/** Says to a service what changes so that a resource has the tags that are wanted. */
export async function retag(
  kept: Kept,
  wanted: Properties,
  work: Tagged,
  to: {
    readonly set: (tags: Tags) => Promise<unknown>;
    readonly remove: (keys: string[]) => Promise<unknown>;
  },
): Promise<void> {
  const { gone } = tagChanges(tagMap(kept.properties['Tags']), tagsFor(wanted, work));
  const set = tagsFor(wanted, work);
  if (Object.keys(set).length > 0) await to.set(set);
  if (gone.length > 0) await to.remove(gone);
}

/** Tags as services tell them, by their keys. */
export const toldTags = (
  told: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Tags => Object.fromEntries(told.map(({ Key = '', Value = '' }) => [Key, Value]));
