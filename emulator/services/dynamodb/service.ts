import * as schemas from '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { batchOperations } from './batch/operations.ts';
import type { Dynamodb } from './client.ts';
import { expiryOperations } from './expiry/operations.ts';
import { ExpirySweep } from './expiry/sweep.ts';
import { dynamodbPort } from './inside.ts';
import { itemOperations } from './item/operations.ts';
import limits from './limits.json' with { type: 'json' };
import type { DynamodbPort } from './port.ts';
import { readOperations } from './read/operations.ts';
import { indexArn, tableArn } from './store/rows.ts';
import { Store } from './store/store.ts';
import { Changes } from './table/changes.ts';
import { tableOperations } from './table/operations.ts';
import { tagOperations } from './table/tags.ts';
import { transactionOperations } from './transaction/operations.ts';

interface Named {
  readonly TableName: string | undefined;
  readonly IndexName?: string | undefined;
}
const table = ({ TableName = '*' }: Named, scope: Scope): string =>
  TableName.startsWith('arn:') ? TableName : tableArn(scope, TableName);
const tableOrIndex = (input: Named, scope: Scope): string =>
  input.IndexName === undefined || input.TableName === undefined || input.TableName.startsWith('arn:')
    ? table(input, scope)
    : indexArn(scope, input.TableName, input.IndexName);
const byArn = ({ ResourceArn = '*' }: { readonly ResourceArn: string | undefined }): string => ResourceArn;
const firstTable = ({ RequestItems = {} }: { RequestItems: object | undefined }, scope: Scope): string =>
  table({ TableName: Object.keys(RequestItems)[0] }, scope);

/**
 * DynamoDB. Its engine is this folder's own. `dynalite` was looked at and not taken: it keeps items in a LevelDB of
 * its own and not in the cloud's state, its operations cannot be had without its HTTP server, it has no transactions,
 * streams or expiry, and its parsers keep the request's validation in them.
 */
export default defineService<Dynamodb, DynamodbPort>({
  wire: identities.dynamodb,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new Store(cloud);
    const changes = new Changes(store);
    const sweep = new ExpirySweep(store);
    return {
      operations: {
        ...tableOperations(store, changes),
        ...tagOperations(store),
        ...expiryOperations(store, sweep),
        ...itemOperations(store),
        ...readOperations(store),
        ...batchOperations(store),
        ...transactionOperations(store),
      },
      port: dynamodbPort(store),
      resources: {
        CreateTable: table,
        DescribeTable: table,
        UpdateTable: table,
        DeleteTable: table,
        DescribeContinuousBackups: table,
        UpdateTimeToLive: table,
        DescribeTimeToLive: table,
        TagResource: byArn,
        UntagResource: byArn,
        ListTagsOfResource: byArn,
        GetItem: table,
        PutItem: table,
        UpdateItem: table,
        DeleteItem: table,
        Query: tableOrIndex,
        Scan: tableOrIndex,
        BatchGetItem: firstTable,
        BatchWriteItem: firstTable,
        TransactGetItems: ({ TransactItems = [] }, scope) =>
          table({ TableName: TransactItems[0]?.Get?.TableName }, scope),
        TransactWriteItems: ({ TransactItems: [first] = [] }, scope) =>
          table(
            { TableName: (first?.Put ?? first?.Update ?? first?.Delete ?? first?.ConditionCheck)?.TableName },
            scope,
          ),
      },
      withoutEffect: {
        'CreateTable.ProvisionedThroughput': 'Shown again; requests are not throttled.',
        'CreateTable.OnDemandThroughput': 'Requests are not throttled.',
        'CreateTable.WarmThroughput': 'Requests are not throttled.',
        'CreateTable.SSESpecification': 'There are no keys; tables are kept as they are.',
        'CreateTable.ResourcePolicy': 'Tables have no policies of their own here.',
        'CreateTable.TableClass': 'Shown again; nothing is billed.',
        'UpdateTable.ProvisionedThroughput': 'Shown again; requests are not throttled.',
        'UpdateTable.OnDemandThroughput': 'Requests are not throttled.',
        'UpdateTable.WarmThroughput': 'Requests are not throttled.',
        'UpdateTable.SSESpecification': 'There are no keys; tables are kept as they are.',
        'GetItem.ConsistentRead': 'Every read sees every write; only the capacity it uses differs.',
        'Query.ConsistentRead': 'Every read sees every write; only the capacity it uses differs.',
        'Scan.ConsistentRead': 'Every read sees every write; only the capacity it uses differs.',
      },
      stop: () => {
        changes.stop();
        sweep.stop();
        store.streams.stop();
        return Promise.resolve();
      },
    };
  },
});
