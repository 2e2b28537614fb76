import type { Json } from '../../../../state/state.ts';
import type { ResourceWork } from '../resource-type.ts';
import { allTags, ownTags, tagChanges, tagList, tagMap, type Tags } from '../translate/tags.ts';

type Tagging = Pick<ResourceWork, 'tags' | 'scope'>;

/** Whether tags mark what this very resource of the stack is. */
export const isMarked = (
  tags: Tags | undefined,
  { stackId, logicalId }: Pick<ResourceWork, 'stackId' | 'logicalId'>,
): boolean =>
  tags?.['aws:cloudformation:stack-id'] === stackId && tags['aws:cloudformation:logical-id'] === logicalId;

/** A resource's own tags as a list, those that the template has in its order. */
export function ownTagList(now: Tags | undefined, work: Tagging, given: Json | undefined): Json {
  const own = ownTags(now, work);
  const ordered = Object.keys(tagMap(given)).flatMap((key): [string, string][] => {
    const value = own[key];
    return value === undefined ? [] : [[key, value]];
  });
  return tagList({ ...Object.fromEntries(ordered), ...own });
}

/**
 * Gives something the tags that it is to have.
 * @param now all that it has
 * @param wanted `Tags` of the template
 */
export async function retag(
  now: Tags | undefined,
  wanted: Json | undefined,
  work: Tagging,
  say: { set(tags: Tags): Promise<unknown>; remove(keys: string[]): Promise<unknown> },
): Promise<void> {
  const { set, gone } = tagChanges(now ?? {}, allTags(wanted, work));
  const removed = gone.filter((key) => !key.startsWith('aws:'));
  if (removed.length > 0) await say.remove(removed);
  if (Object.keys(set).length > 0) await say.set(set);
}
