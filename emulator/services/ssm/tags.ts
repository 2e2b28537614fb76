import type { Tag } from '@aws-sdk/client-ssm';
import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { SsmOperations } from './client.ts';
import { invalid } from './failures.ts';
import type { ParameterRow } from './rows.ts';
import type { ParameterStore } from './store.ts';

const MOST_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** Tags with others added. @throws TooManyTagsError, ValidationException for a reserved key */
export function withTags(before: Tags, added: readonly Tag[]): Tags {
  if (added.some(({ Key = '' }) => /^aws:/i.test(Key)))
    throw invalid('Tag keys that begin with aws: are reserved for AWS.');
  const tags = { ...before, ...Object.fromEntries(added.map(({ Key = '', Value = '' }) => [Key, Value])) };
  if (Object.keys(tags).length > MOST_TAGS)
    throw new ServiceFailure(
      'TooManyTagsError',
      `The Targets parameter includes too many tags. A resource can have no more than ${MOST_TAGS}.`,
    );
  return tags;
}

/** Tags of parameters, which are all that is tagged here. */
export function tagOperations(store: ParameterStore) {
  /** @throws InvalidResourceType, InvalidResourceId */
  const tagged = (
    scope: Scope,
    { ResourceType, ResourceId = '' }: { ResourceType?: string | undefined; ResourceId?: string | undefined },
  ): ParameterRow => {
    if (ResourceType !== 'Parameter')
      throw new ServiceFailure(
        'InvalidResourceType',
        `${ResourceType ?? ''} is not a valid resource type. Valid resource types are: Parameter.`,
      );
    const row = store.parameter(scope, ResourceId);
    if (row !== undefined) return row;
    throw new ServiceFailure(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    );
  };

  return {
    AddTagsToResource(input, call) {
      const row = tagged(call, input);
      store.set(call, { ...row, tags: withTags(row.tags, input.Tags ?? []) });
      return {};
    },
    RemoveTagsFromResource(input, call) {
      const row = tagged(call, input);
      const left = Object.entries(row.tags).filter(([key]) => input.TagKeys?.includes(key) !== true);
      store.set(call, { ...row, tags: Object.fromEntries(left) });
      return {};
    },
    ListTagsForResource(input, call) {
      const { tags } = tagged(call, input);
      return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies SsmOperations;
}
