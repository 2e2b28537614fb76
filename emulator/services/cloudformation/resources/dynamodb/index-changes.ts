import { isDeepStrictEqual } from 'node:util';
import type {
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  GlobalSecondaryIndexUpdate,
} from '@aws-sdk/client-dynamodb';
import { ResourceFailure } from '../resource-type.ts';
import { isSameThroughput } from './throughput.ts';

/** A global index as a template has it. */
export type GlobalIndex = GlobalSecondaryIndex;

/** What makes a table's global indexes into those that are wanted. */
export interface IndexChanges {
  /** The index that is made or deleted. */
  readonly online: GlobalSecondaryIndexUpdate | undefined;
  readonly throughputs: GlobalSecondaryIndexUpdate[];
}

/**
 * Compares a table's global indexes with those that are wanted.
 * @throws ResourceFailure in CloudFormation's words for more than it does in one update
 */
export function indexChanges(
  now: readonly GlobalSecondaryIndexDescription[],
  wanted: readonly GlobalIndex[],
): IndexChanges {
  const names = new Set(wanted.map(({ IndexName }) => IndexName));
  const deleted = now
    .filter(({ IndexName }) => !names.has(IndexName))
    .map(({ IndexName }): GlobalSecondaryIndexUpdate => ({ Delete: { IndexName } }));
  const created: GlobalSecondaryIndexUpdate[] = [];
  const throughputs: GlobalSecondaryIndexUpdate[] = [];
  for (const index of wanted) {
    const there = now.find(({ IndexName }) => IndexName === index.IndexName);
    if (there === undefined) {
      created.push({ Create: index });
      continue;
    }
    if (!isDeepStrictEqual(shape(there), shape(index)))
      throw new ResourceFailure(
        "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
      );
    const { IndexName, ProvisionedThroughput } = index;
    if (
      ProvisionedThroughput !== undefined &&
      !isSameThroughput(there.ProvisionedThroughput, ProvisionedThroughput)
    )
      throughputs.push({ Update: { IndexName, ProvisionedThroughput } });
  }
  const online = [...deleted, ...created];
  if (online.length > 1)
    throw new ResourceFailure('Cannot perform more than one GSI creation or deletion in a single update');
  return { online: online[0], throughputs };
}

function shape({ KeySchema = [], Projection }: GlobalIndex | GlobalSecondaryIndexDescription) {
  return {
    keys: KeySchema.map(({ AttributeName, KeyType }) => `${KeyType ?? ''} ${AttributeName ?? ''}`),
    projection: Projection?.ProjectionType,
    others: [...(Projection?.NonKeyAttributes ?? [])].sort(),
  };
}
