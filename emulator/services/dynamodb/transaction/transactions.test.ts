import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, trialDynamodb, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
const TableName = 'accounts';
const S = (text: string) => ({ S: text });
const N = (number: number) => ({ N: String(number) });
const key = (id: string) => ({ id: S(id) });

beforeAll(async () => {
  trial = await trialDynamodb();
  await trial.table(TableName);
  await trial.table('other');
});
afterAll(async () => {
  await trial.stop();
});

function transfer(from: string, to: string, amount: number): TransactWriteItemsCommandInput {
  const ExpressionAttributeValues = { ':n': N(amount) };
  return {
    TransactItems: [
      {
        Update: {
          TableName,
          Key: key(from),
          UpdateExpression: 'SET money = money - :n',
          ConditionExpression: 'money >= :n',
          ExpressionAttributeValues,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: { TableName, Key: key(to), UpdateExpression: 'ADD money :n', ExpressionAttributeValues },
      },
    ],
  };
}

describe('a transaction', () => {
  it('is done whole', async () => {
    await trial.put(TableName, { ...key('a'), money: N(10) });
    await trial.db.send(new TransactWriteItemsCommand(transfer('a', 'b', 4)));
    const { Responses } = await trial.db.send(
      new TransactGetItemsCommand({
        TransactItems: ['a', 'b', 'c'].map((id) => ({ Get: { TableName, Key: key(id) } })),
      }),
    );
    expect(Responses).toEqual([
      { Item: { ...key('a'), money: N(6) } },
      { Item: { ...key('b'), money: N(4) } },
      {},
    ]);
  });

  it('is not done at all where one part cannot be, and says why for each', async () => {
    await trial.put(TableName, { ...key('poor'), money: N(1) });
    const error: unknown = await trial.db
      .send(new TransactWriteItemsCommand(transfer('poor', 'rich', 4)))
      .catch((reason: unknown) => reason);
    if (!(error instanceof TransactionCanceledException)) throw error;
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
    );
    expect(error.CancellationReasons).toEqual([
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('poor'), money: N(1) },
      },
      { Code: 'None' },
    ]);
    expect(await trial.get(TableName, key('rich'))).toBeUndefined();
  });

  it('puts, deletes and checks in several tables', async () => {
    await trial.put('other', key('gone'), key('there'));
    const input: TransactWriteItemsCommandInput = {
      TransactItems: [
        { Put: { TableName, Item: key('put') } },
        { Delete: { TableName: 'other', Key: key('gone') } },
        {
          ConditionCheck: {
            TableName: 'other',
            Key: key('there'),
            ConditionExpression: 'attribute_exists(id)',
          },
        },
      ],
      ReturnConsumedCapacity: 'TOTAL',
    };
    const { ConsumedCapacity } = await trial.db.send(new TransactWriteItemsCommand(input));
    expect(ConsumedCapacity).toEqual([
      { TableName, CapacityUnits: 2, WriteCapacityUnits: 2 },
      { TableName: 'other', CapacityUnits: 4, WriteCapacityUnits: 4 },
    ]);
    expect(await trial.get(TableName, key('put'))).toBeDefined();
    expect(await trial.get('other', key('gone'))).toBeUndefined();
  });

  it('is done once for a token, for ten minutes', async () => {
    await trial.put(TableName, { ...key('t'), money: N(10) });
    const input = { ...transfer('t', 'u', 1), ClientRequestToken: 'token' };
    await trial.db.send(new TransactWriteItemsCommand(input));
    await trial.db.send(new TransactWriteItemsCommand(input));
    expect(await trial.get(TableName, key('u'))).toEqual({ ...key('u'), money: N(1) });
    const other = { ...transfer('t', 'u', 2), ClientRequestToken: 'token' };
    expect(await refusal(trial.db.send(new TransactWriteItemsCommand(other)))).toContain(
      'IdempotentParameterMismatchException',
    );
    await trial.running.cloud.clock.advance(600_000);
    await trial.db.send(new TransactWriteItemsCommand(input));
    expect(await trial.get(TableName, key('u'))).toEqual({ ...key('u'), money: N(2) });
  });

  it('takes each item once', async () => {
    expect(await refusal(trial.db.send(new TransactWriteItemsCommand(transfer('x', 'x', 1))))).toBe(
      'ValidationException: Transaction request cannot include multiple operations on one item',
    );
  });
});

describe('a batch', () => {
  it('writes and reads in several tables', async () => {
    await trial.db.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [
            { PutRequest: { Item: { ...key('1'), v: N(1) } } },
            { DeleteRequest: { Key: key('2') } },
          ],
          other: [{ PutRequest: { Item: key('1') } }],
        },
      }),
    );
    const { Responses, UnprocessedKeys } = await trial.db.send(
      new BatchGetItemCommand({
        RequestItems: {
          [TableName]: { Keys: [key('1'), key('2')], ProjectionExpression: 'v' },
          other: { Keys: [key('1')] },
        },
      }),
    );
    expect(Responses).toEqual({ [TableName]: [{ v: N(1) }], other: [key('1')] });
    expect(UnprocessedKeys).toEqual({});
  });

  it('with the same item twice, too many or a wrong one is refused and writes nothing', async () => {
    const write = async (ids: readonly string[], last?: object) =>
      await refusal(
        trial.db.send(
          new BatchWriteItemCommand({
            RequestItems: {
              [TableName]: [
                ...ids.map((id) => ({ PutRequest: { Item: key(id) } })),
                ...(last === undefined ? [] : [{ PutRequest: { Item: last as never } }]),
              ],
            },
          }),
        ),
      );
    expect(await write(['same', 'same'])).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    );
    expect(await write(['fine'], { nokey: S('x') })).toContain('Missing the key id in the item');
    expect(await trial.get(TableName, key('fine'))).toBeUndefined();
    expect(await write(Array.from({ length: 26 }, (_, index) => String(index)))).toContain(
      'ValidationException',
    );
  });
});
