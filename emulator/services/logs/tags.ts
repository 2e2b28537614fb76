import type { Call, Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { groupOfArn } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { invalidParameter } from './failures.ts';
import type { GroupRow } from './rows.ts';
import type { LogStore } from './store.ts';

const MAX_TAGS = 50;

/** @throws TooManyTagsException beyond 50 tags, InvalidParameterException for a key that services alone may use */
export function checkTags(
  { inner }: Pick<Call, 'inner'>,
  resourceName: string,
  added: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const reserved = Object.keys(added).find((key) => /^aws:/i.test(key));
  if (reserved !== undefined && inner !== true)
    throw invalidParameter(`The tag key ${reserved} begins with aws:, which is reserved for AWS.`);
  const all = { ...before, ...added };
  if (Object.keys(all).filter((key) => !key.startsWith('aws:')).length > MAX_TAGS)
    throw new ServiceFailure('TooManyTagsException', `A resource can have no more than ${MAX_TAGS} tags.`, {
      members: { resourceName },
    });
  return all;
}

/** Tags of log groups, by ARN and in the older form by name. */
export function tagOperations(store: LogStore) {
  /** @throws ResourceNotFoundException */
  const tagged = (scope: Scope, resourceArn: string): GroupRow => {
    const name = groupOfArn(scope, resourceArn);
    const row = name === undefined ? undefined : store.groups(scope).get(name);
    if (row === undefined)
      throw new ServiceFailure('ResourceNotFoundException', 'The specified resource does not exist.');
    return row;
  };
  const add = (call: Call, row: GroupRow, tags: Readonly<Record<string, string>>): void => {
    store.changeGroup(call, row, { tags: checkTags(call, row.name, tags, row.tags) });
  };
  const remove = (scope: Scope, row: GroupRow, keys: readonly string[]): void => {
    const tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !keys.includes(key)));
    store.changeGroup(scope, row, { tags });
  };

  return {
    TagResource({ resourceArn = '', tags = {} }, call) {
      add(call, tagged(call, resourceArn), tags);
      return {};
    },
    UntagResource({ resourceArn = '', tagKeys = [] }, call) {
      remove(call, tagged(call, resourceArn), tagKeys);
      return {};
    },
    ListTagsForResource({ resourceArn = '' }, call) {
      return { tags: { ...tagged(call, resourceArn).tags } };
    },
    TagLogGroup({ logGroupName = '', tags = {} }, call) {
      add(call, store.group(call, logGroupName), tags);
      return {};
    },
    UntagLogGroup({ logGroupName = '', tags = [] }, call) {
      remove(call, store.group(call, logGroupName), tags);
      return {};
    },
    ListTagsLogGroup({ logGroupName = '' }, call) {
      return { tags: { ...store.group(call, logGroupName).tags } };
    },
  } satisfies LogsOperations;
}
