import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, trialDynamodb, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
beforeAll(async () => {
  trial = await trialDynamodb();
});
afterAll(async () => {
  await trial.stop();
});

const simple = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ...more,
});
const create = async (input: CreateTableCommandInput) => await trial.db.send(new CreateTableCommand(input));
const update = async (input: UpdateTableCommandInput) => await trial.db.send(new UpdateTableCommand(input));
const describeTable = async (TableName: string) =>
  (await trial.db.send(new DescribeTableCommand({ TableName }))).Table;

describe('a table', () => {
  it('is described as AWS does (recorded) while it is created', async () => {
    const { TableDescription } = await create(
      simple('recorded', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }),
    );
    expect(TableDescription).toEqual({
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      CreationDateTime: expect.any(Date) as Date,
      DeletionProtectionEnabled: false,
      ItemCount: 0,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      LatestStreamArn: expect.stringMatching(
        /^arn:aws:dynamodb:us-east-1:111122223333:table\/recorded\/stream\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
      ) as string,
      LatestStreamLabel: expect.any(String) as string,
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/recorded',
      TableId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      TableName: 'recorded',
      TableSizeBytes: 0,
      TableStatus: 'CREATING',
    });
  });

  it('takes no items until it is active, which costs a waiter no 20 seconds', async () => {
    const began = performance.now();
    await create(simple('waited'));
    expect(
      await refusal(trial.db.send(new PutItemCommand({ TableName: 'waited', Item: { id: { S: 'a' } } }))),
    ).toBe('ResourceNotFoundException: Requested resource not found');
    await waitUntilTableExists({ client: trial.db, maxWaitTime: 60 }, { TableName: 'waited' });
    await trial.put('waited', { id: { S: 'a' } });
    expect(await describeTable('waited')).toMatchObject({ ItemCount: 1, TableSizeBytes: 3 });
    expect(await refusal(create(simple('waited')))).toBe(
      'ResourceInUseException: Table already exists: waited',
    );
    await trial.db.send(new DeleteTableCommand({ TableName: 'waited' }));
    await waitUntilTableNotExists({ client: trial.db, maxWaitTime: 60 }, { TableName: 'waited' });
    expect(await refusal(describeTable('waited'))).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: waited not found',
    );
    expect(performance.now() - began).toBeLessThan(10_000);
    await trial.table('waited');
    expect(await trial.scan({ TableName: 'waited' })).toEqual([]);
  });

  it('is listed in pages', async () => {
    const client = trial.clientOf('222233334444');
    for (const name of ['t-b', 't-c', 't-a']) await client.send(new CreateTableCommand(simple(name)));
    const first = await client.send(new ListTablesCommand({ Limit: 2 }));
    expect(first).toMatchObject({ TableNames: ['t-a', 't-b'], LastEvaluatedTableName: 't-b' });
    const second = await client.send(new ListTablesCommand({ ExclusiveStartTableName: 't-b' }));
    expect(second).toMatchObject({ TableNames: ['t-c'] });
    expect(second.LastEvaluatedTableName).toBeUndefined();
  });

  it('is protected from deletion where that is wanted', async () => {
    await trial.table('kept', { DeletionProtectionEnabled: true });
    const gone = () => trial.db.send(new DeleteTableCommand({ TableName: 'kept' }));
    expect(await refusal(gone())).toBe(
      'ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
    await update({ TableName: 'kept', DeletionProtectionEnabled: false });
    expect((await gone()).TableDescription?.TableStatus).toBe('DELETING');
  });

  it('gets indexes for the items it has, and loses them', async () => {
    await trial.table('grown');
    await trial.put('grown', { id: { S: 'a' }, kind: { S: 'x' } }, { id: { S: 'b' } });
    await update({
      TableName: 'grown',
      AttributeDefinitions: [{ AttributeName: 'kind', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-kind',
            KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        },
      ],
    });
    expect(await refusal(update({ TableName: 'grown', BillingMode: 'PROVISIONED' }))).toContain(
      'ResourceInUseException: Attempt to change a resource which is still in use: Table is being updated: grown',
    );
    expect((await describeTable('grown'))?.GlobalSecondaryIndexes?.[0]).toMatchObject({
      IndexStatus: 'ACTIVE',
      ItemCount: 1,
    });
    await trial.put('grown', { id: { S: 'c' }, kind: { S: 'x' } });
    expect(await trial.scan({ TableName: 'grown', IndexName: 'by-kind' })).toHaveLength(2);
    expect(await refusal(trial.put('grown', { id: { S: 'd' }, kind: { N: '1' } }))).toContain(
      'Type mismatch for Index Key kind Expected: S Actual: N IndexName: by-kind',
    );
    await update({
      TableName: 'grown',
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-kind' } }],
    });
    expect((await describeTable('grown'))?.AttributeDefinitions).toHaveLength(1);
    await trial.put('grown', { id: { S: 'd' }, kind: { N: '1' } });
  });

  it('changes how it is paid', async () => {
    await trial.table('paid');
    await update({
      TableName: 'paid',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
    expect(await describeTable('paid')).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
    });
  });

  it('has tags', async () => {
    const { TableArn: ResourceArn } = await trial.table('tagged', { Tags: [{ Key: 'a', Value: '1' }] });
    await trial.db.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
    await trial.db.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    const { Tags } = await trial.db.send(new ListTagsOfResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  });

  it('has no backups, and no PartiQL', async () => {
    const { ContinuousBackupsDescription } = await trial.db.send(
      new DescribeContinuousBackupsCommand({ TableName: 'tagged' }),
    );
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe(
      'DISABLED',
    );
    const error: unknown = await trial.db
      .send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM tagged' }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });

  it.each<[string, Partial<CreateTableCommandInput>, string]>([
    [
      'an attribute that is no key',
      {
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'x', AttributeType: 'S' },
        ],
      },
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      'a key that is not defined',
      { KeySchema: [{ AttributeName: 'no', KeyType: 'HASH' }] },
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [no], AttributeDefinitions: [id]',
    ],
    [
      'capacity that is paid by request',
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    ],
    [
      'no capacity',
      { BillingMode: 'PROVISIONED' },
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ],
    [
      'a name that is too short',
      { TableName: 'ab' },
      "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'",
    ],
  ])('with %s is refused', async (_, more, message) => {
    expect(await refusal(create(simple('refused', more)))).toBe(`ValidationException: ${message}`);
  });
});
