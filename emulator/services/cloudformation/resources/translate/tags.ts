import type { Json } from '../../../../state/state.ts';
import { text } from './shaped.ts';

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** `Tags` of a resource, a list of `Key` and `Value` or a map, by their keys. */
export function tagMap(tags: Json | undefined): Tags {
  if (typeof tags !== 'object' || tags === null) return {};
  if (!Array.isArray(tags))
    return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, text(value) ?? '']));
  return Object.fromEntries(
    (tags as readonly Json[]).flatMap((tag): [string, string][] => {
      if (typeof tag !== 'object' || tag === null || !('Key' in tag)) return [];
      return [[text(tag['Key']) ?? '', text(tag['Value']) ?? '']];
    }),
  );
}

/** Tags by their keys as a list of `Key` and `Value`. */
export const tagList = (tags: Tags): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** All tags that a resource is to have: those that its author gave it, over those of the stack. */
export const allTags = (own: Json | undefined, work: { readonly tags: Tags }): Tags => ({
  ...work.tags,
  ...tagMap(own),
});

/** What must be said to a service so that a resource that had some tags has others. */
export function tagChanges(before: Tags, wanted: Tags): { readonly set: Tags; readonly gone: string[] } {
  return {
    set: Object.fromEntries(Object.entries(wanted).filter(([key, value]) => before[key] !== value)),
    gone: Object.keys(before).filter((key) => !Object.hasOwn(wanted, key)),
  };
}

/** Tags as a resource's author gave them: without those of the stack. */
export const ownTags = (now: Tags | undefined, work: { readonly tags: Tags }): Tags =>
  Object.fromEntries(
    Object.entries(now ?? {}).filter(([key, value]) => !key.startsWith('aws:') && work.tags[key] !== value),
  );
