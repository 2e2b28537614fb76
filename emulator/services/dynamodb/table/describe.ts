import type {
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  ProvisionedThroughputDescription,
  TableDescription,
  TableStatus,
} from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../../service/call.ts';
import type { LiveTable } from '../store/live-table.ts';
import {
  indexArn,
  streamArn,
  tableArn,
  type IndexRow,
  type Keys,
  type TableRow,
  type Throughput,
} from '../store/rows.ts';

/** What a table is doing at a time (ms since 1970). */
export function statusOf(row: TableRow, now: number): TableStatus {
  if (row.goneFrom !== undefined) return 'DELETING';
  if (row.activeFrom > now) return 'CREATING';
  return settledFrom(row) > now ? 'UPDATING' : 'ACTIVE';
}

/** From when on nothing of a table is under way, in ms since 1970. */
export function settledFrom(row: TableRow): number {
  return Math.max(
    row.activeFrom,
    row.updatingUntil ?? 0,
    row.goneFrom ?? 0,
    ...row.indexes.map(({ activeFrom }) => activeFrom),
  );
}

/** A table as answers describe it. Counts are those of now; on AWS they are brought up to date every six hours. */
export function describeTable(scope: Scope, row: TableRow, live: LiveTable, now: number): TableDescription {
  const status = statusOf(row, now);
  const { stream } = row;
  const indexes = row.indexes.map((index) => ({
    index,
    described: describeIndex(scope, row, index, live, now),
  }));
  const ofKind = (kind: IndexRow['kind']): GlobalSecondaryIndexDescription[] | undefined => {
    const some = indexes.filter(({ index }) => index.kind === kind).map(({ described }) => described);
    return some.length === 0 ? undefined : some;
  };
  return {
    AttributeDefinitions: Object.entries(row.types).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    TableName: row.name,
    KeySchema: keySchema(row),
    TableStatus: status,
    CreationDateTime: new Date(row.created),
    ProvisionedThroughput: throughput(row.throughput),
    TableSizeBytes: live.bytes,
    ItemCount: live.places.size,
    TableArn: tableArn(scope, row.name),
    TableId: row.id,
    BillingModeSummary:
      row.billing === 'PAY_PER_REQUEST' || row.onDemandSince !== undefined
        ? {
            BillingMode: row.billing,
            // Recorded: not yet there while the table is being created.
            ...(status !== 'CREATING' &&
              row.onDemandSince !== undefined && {
                LastUpdateToPayPerRequestDateTime: new Date(row.onDemandSince),
              }),
          }
        : undefined,
    GlobalSecondaryIndexes: ofKind('global'),
    LocalSecondaryIndexes: ofKind('local')?.map(
      ({ IndexName, KeySchema, Projection, IndexSizeBytes, ItemCount, IndexArn }) => ({
        IndexName,
        KeySchema,
        Projection,
        IndexSizeBytes,
        ItemCount,
        IndexArn,
      }),
    ),
    ...(stream?.enabled === true && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
    }),
    ...(stream !== undefined && {
      LatestStreamLabel: stream.label,
      LatestStreamArn: streamArn(scope, row.name, stream.label),
    }),
    TableClassSummary: row.tableClass && { TableClass: row.tableClass },
    DeletionProtectionEnabled: row.deletionProtection,
  };
}

function describeIndex(
  scope: Scope,
  row: TableRow,
  index: IndexRow,
  live: LiveTable,
  now: number,
): GlobalSecondaryIndexDescription {
  const { projection } = index;
  const found = live.indexes.get(index.name);
  const filling = index.activeFrom > now && row.activeFrom < index.activeFrom;
  return {
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: {
      ProjectionType: projection.type,
      ...(projection.type === 'INCLUDE' && { NonKeyAttributes: [...projection.attributes] }),
    },
    IndexStatus: index.activeFrom > now ? 'CREATING' : 'ACTIVE',
    Backfilling: filling ? true : undefined,
    ProvisionedThroughput: throughput(index.throughput),
    IndexSizeBytes: found?.bytes ?? 0,
    ItemCount: found?.places.size ?? 0,
    IndexArn: indexArn(scope, row.name, index.name),
  };
}

function keySchema({ hash, range }: Keys): KeySchemaElement[] {
  const first: KeySchemaElement = { AttributeName: hash, KeyType: 'HASH' };
  return range === undefined ? [first] : [first, { AttributeName: range, KeyType: 'RANGE' }];
}

function throughput({ read, write }: Throughput): ProvisionedThroughputDescription {
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits: read, WriteCapacityUnits: write };
}
