import { ServiceFailure } from '../../../service/failure.ts';
import type { DynamodbOperations } from '../client.ts';
import { invalid, noSuchTable } from '../failures.ts';
import { tableArn, type TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { CHANGE, type Changes } from './changes.ts';
import { createTable } from './create.ts';
import { describeTable } from './describe.ts';
import { tableNameOf } from './name.ts';
import { checkIdle, updateTable } from './update.ts';

/** Names on a page of ListTables. */
const MOST_NAMES = 100;

/** Operations on tables, and what tools ask about the account. */
export function tableOperations(store: Store, changes: Changes): DynamodbOperations {
  return {
    CreateTable(input, call) {
      const row = createTable(store, call, input);
      return { TableDescription: describeTable(call, row, store.live(call, row), store.now) };
    },

    async DescribeTable(input, call) {
      const name = tableNameOf(call, input.TableName);
      const before = store.row(call, name);
      if (before !== undefined) await changes.settled(before, call.signal);
      const row = store.row(call, name);
      if (row === undefined) throw noSuchTable(name);
      return { Table: describeTable(call, row, store.live(call, row), store.now) };
    },

    UpdateTable(input, call) {
      const row = updateTable(store, call, input);
      return { TableDescription: describeTable(call, row, store.live(call, row), store.now) };
    },

    DeleteTable(input, call) {
      const name = tableNameOf(call, input.TableName);
      const row = store.row(call, name);
      if (row === undefined) throw noSuchTable(name);
      checkIdle(row, store.now);
      if (row.deletionProtection)
        throw invalid(
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      const deleting: TableRow = { ...row, goneFrom: store.now + CHANGE };
      store.streams.end(call, row);
      store.expiries(call).delete(name);
      store.clear(call, row);
      store.tables(call).set(name, deleting);
      changes.forgetLater(call, deleting);
      const { read, write } = row.throughput;
      return {
        TableDescription: {
          TableName: name,
          TableStatus: 'DELETING',
          ProvisionedThroughput: {
            NumberOfDecreasesToday: 0,
            ReadCapacityUnits: read,
            WriteCapacityUnits: write,
          },
          TableSizeBytes: 0,
          ItemCount: 0,
          TableArn: tableArn(call, name),
          TableId: row.id,
          DeletionProtectionEnabled: false,
        },
      };
    },

    ListTables({ ExclusiveStartTableName: start, Limit: limit = MOST_NAMES }, call) {
      const names = [...store.tables(call).values()]
        .filter(({ name }) => store.row(call, name) !== undefined)
        .map(({ name }) => name)
        .sort()
        .filter((name) => start === undefined || name > start);
      const page = names.slice(0, limit);
      return {
        TableNames: page,
        LastEvaluatedTableName: names.length > page.length ? page.at(-1) : undefined,
      };
    },

    DescribeLimits: () => ({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    }),

    DescribeEndpoints: (_input, call) => ({
      Endpoints: [{ Address: new URL(call.origin).host, CachePeriodInMinutes: 1440 }],
    }),

    DescribeContinuousBackups(input, call) {
      const name = tableNameOf(call, input.TableName);
      if (store.row(call, name) === undefined)
        throw new ServiceFailure('TableNotFoundException', `Table not found: ${name}`, { status: 400 });
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
        },
      };
    },
  };
}
