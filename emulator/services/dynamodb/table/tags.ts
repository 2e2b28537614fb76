import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import type { DynamodbOperations } from '../client.ts';
import { invalidValues, notFound } from '../failures.ts';
import { tableArn, type TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Tags that a table may have. */
const MOST_TAGS = 50;

/** TagResource, UntagResource and ListTagsOfResource. */
export function tagOperations(store: Store): DynamodbOperations {
  const change = (
    scope: Scope,
    arn: string | undefined,
    tags: (old: TableRow['tags']) => TableRow['tags'],
  ): void => {
    const row = tableOf(store, scope, arn);
    store.tables(scope).set(row.name, { ...row, tags: tags(row.tags) });
  };
  return {
    TagResource({ ResourceArn, Tags = [] }, call) {
      change(call, ResourceArn, (old) => checked({ ...old, ...tagsOf(Tags) }));
      return {};
    },
    UntagResource({ ResourceArn, TagKeys = [] }, call) {
      change(call, ResourceArn, (old) =>
        Object.fromEntries(Object.entries(old).filter(([key]) => !TagKeys.includes(key))),
      );
      return {};
    },
    ListTagsOfResource({ ResourceArn }, call) {
      const { tags } = tableOf(store, call, ResourceArn);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}

/** @throws ServiceFailure for tags that a table cannot have */
export function tagsOf(tags: readonly Tag[]): Record<string, string> {
  const names = new Set<string>();
  for (const { Key = '' } of tags) {
    if (names.has(Key)) throw invalidValues(`Duplicate Tag Keys: ${Key}`);
    names.add(Key);
  }
  return checked(Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])));
}

function checked(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > MOST_TAGS)
    throw invalidValues(`The number of tags exceeds the limit of ${MOST_TAGS}`);
  return tags;
}

function tableOf(store: Store, scope: Scope, arn = ''): TableRow {
  const name = arn.slice(arn.indexOf('/') + 1);
  const row = arn === tableArn(scope, name) ? store.row(scope, name) : undefined;
  // AWS's own wording, the missing letter included.
  if (row === undefined) throw notFound(`Requested resource not found: ResourcArn: ${arn} not found`);
  return row;
}
