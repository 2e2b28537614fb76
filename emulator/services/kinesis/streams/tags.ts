import type { KinesisOperations } from '../client.ts';
import { invalidArgument } from '../failures.ts';
import type { Found, KinesisStore, Named } from '../store.ts';
import type { Scope } from '../../../service/call.ts';

const MOST_TAGS = 50;

/** @throws InvalidArgumentException */
export function checkTags(
  stream: string,
  account: string,
  added: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): void {
  const texts = Object.entries(added).flat();
  if (texts.some((text) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)))
    throw invalidArgument(
      'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @ :.',
    );
  if (Object.keys({ ...before, ...added }).length > MOST_TAGS)
    throw invalidArgument(
      `Failed to add tags to stream ${stream} under account ${account} because a given stream cannot have more than ${MOST_TAGS} tags associated with it.`,
    );
}

/** Tags, by a stream's name and in the newer form by its ARN. */
export function tagOperations(store: KinesisStore) {
  const add = ({ scope, row }: Found, tags: Readonly<Record<string, string>>): void => {
    checkTags(row.name, scope.account, tags, row.tags);
    store.change({ scope, row }, { tags: { ...row.tags, ...tags } });
  };
  const remove = (found: Found, keys: readonly string[]): void => {
    const tags = Object.fromEntries(Object.entries(found.row.tags).filter(([key]) => !keys.includes(key)));
    store.change(found, { tags });
  };
  const list = (scope: Scope, input: Named) =>
    Object.entries(store.named(scope, input).row.tags)
      .map(([Key, Value]) => ({ Key, Value }))
      .sort((a, b) => (a.Key < b.Key ? -1 : 1));

  return {
    AddTagsToStream(input, call) {
      add(store.named(call, input), input.Tags ?? {});
      return {};
    },
    RemoveTagsFromStream(input, call) {
      remove(store.named(call, input), input.TagKeys ?? []);
      return {};
    },
    ListTagsForStream(input, call) {
      const { Limit = MOST_TAGS, ExclusiveStartTagKey: behind } = input;
      const tags = list(call, input).filter(({ Key }) => behind === undefined || Key > behind);
      return { Tags: tags.slice(0, Limit), HasMoreTags: tags.length > Limit };
    },
    TagResource({ ResourceARN, Tags = {} }, call) {
      add(store.named(call, { StreamARN: ResourceARN }), Tags);
      return {};
    },
    UntagResource({ ResourceARN, TagKeys = [] }, call) {
      remove(store.named(call, { StreamARN: ResourceARN }), TagKeys);
      return {};
    },
    ListTagsForResource({ ResourceARN }, call) {
      return { Tags: list(call, { StreamARN: ResourceARN }) };
    },
  } satisfies KinesisOperations;
}
