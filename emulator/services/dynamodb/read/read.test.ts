import {
  BatchWriteItemCommand,
  QueryCommand,
  ScanCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, trialDynamodb, type Attributes, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
const TableName = 'events';
const S = (text: string) => ({ S: text });
const N = (number: number) => ({ N: String(number) });
const ats = (items: readonly Attributes[]) => items.map(({ at }) => Number(at?.N));

beforeAll(async () => {
  trial = await trialDynamodb();
  await trial.table(TableName, {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
      { AttributeName: 'kind', AttributeType: 'S' },
      { AttributeName: 'word', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-kind',
        KeySchema: [
          { AttributeName: 'kind', KeyType: 'HASH' },
          { AttributeName: 'word', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['size'] },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-word',
        KeySchema: [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'word', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  const words = ['ab', 'b', 'abc', 'ä', '水', '\u{1f980}', 'a', ''];
  await trial.put(
    TableName,
    ...[10, -1, 2, 100, -20, 0, 1.5].map((at, index) => ({
      id: S('a'),
      at: N(at),
      ...(index % 2 === 0 && { kind: S('even') }),
      word: S(words[index] ?? ''),
      size: N(index),
      rest: S('x'),
    })),
    { id: S('b'), at: N(1) },
  );
});
afterAll(async () => {
  await trial.stop();
});

const ofA = (more: Partial<QueryCommandInput> = {}, values: Attributes = {}): QueryCommandInput => ({
  TableName,
  KeyConditionExpression: 'id = :id',
  ...more,
  ExpressionAttributeValues: { ':id': S('a'), ...values },
});

describe('a query', () => {
  it('gives a partition in the order of its numbers, forward and backward', async () => {
    expect(ats(await trial.query(ofA()))).toEqual([-20, -1, 0, 1.5, 2, 10, 100]);
    expect(ats(await trial.query(ofA({ ScanIndexForward: false })))).toEqual([100, 10, 2, 1.5, 0, -1, -20]);
  });

  it.each([
    ['#at = :x', [2]],
    ['#at < :x', [-20, -1, 0, 1.5]],
    ['#at <= :x', [-20, -1, 0, 1.5, 2]],
    ['#at > :x', [10, 100]],
    [':x <= #at', [2, 10, 100]],
    ['#at BETWEEN :y AND :x', [-1, 0, 1.5, 2]],
  ])('takes the sort key by %s', async (condition, expected) => {
    const input = ofA(
      {
        KeyConditionExpression: `(id = :id) AND (${condition})`,
        ExpressionAttributeNames: { '#at': 'at' },
      },
      { ':x': N(2), ...(condition.includes(':y') && { ':y': N(-1) }) },
    );
    expect(ats(await trial.query(input))).toEqual(expected);
    expect(ats(await trial.query({ ...input, ScanIndexForward: false }))).toEqual([...expected].reverse());
    expect(ats(await trial.query({ ...input, Limit: 1 }))).toEqual(expected);
  });

  it('goes on page by page, and says where it ended even when nothing follows', async () => {
    const page = await trial.db.send(new QueryCommand(ofA({ Limit: 7 })));
    expect(page).toMatchObject({
      Count: 7,
      ScannedCount: 7,
      LastEvaluatedKey: { id: S('a'), at: N(100) },
    });
    const next = await trial.db.send(
      new QueryCommand(ofA({ Limit: 7, ExclusiveStartKey: page.LastEvaluatedKey })),
    );
    expect(next).toMatchObject({ Count: 0, Items: [] });
    expect(next.LastEvaluatedKey).toBeUndefined();
    expect(ats(await trial.query(ofA({ Limit: 2, ScanIndexForward: false })))).toEqual([
      100, 10, 2, 1.5, 0, -1, -20,
    ]);
  });

  it('filters what it read, and counts both', async () => {
    const ok = await trial.db.send(
      new QueryCommand(
        ofA(
          {
            FilterExpression: 'size(#w) > :n AND NOT contains(#w, :c)',
            ExpressionAttributeNames: { '#w': 'word' },
            Select: 'COUNT',
          },
          { ':n': N(1), ':c': S('c') },
        ),
      ),
    );
    expect(ok).toMatchObject({ Count: 2, ScannedCount: 7 });
    expect(ok.Items).toBeUndefined();
  });

  it('of a global index sees only items with its keys and only what it projects', async () => {
    const items = await trial.query({
      TableName,
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': S('even') },
      Limit: 1,
    });
    // By UTF-8 bytes.
    expect(items.map(({ word }) => word?.S)).toEqual(['a', 'ab', 'abc', '水']);
    expect(items[0]).toEqual({ id: S('a'), at: N(1.5), kind: S('even'), word: S('a'), size: N(6) });
  });

  it('of a local index begins with a text and fetches what the index has not', async () => {
    const input = ofA(
      { IndexName: 'by-word', KeyConditionExpression: 'id = :id AND begins_with(word, :w)' },
      { ':w': S('a') },
    );
    const items = await trial.query(input);
    expect(items.map(({ word }) => word?.S)).toEqual(['a', 'ab', 'abc']);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(['at', 'id', 'word']);
    const all = await trial.query({ ...input, Select: 'ALL_ATTRIBUTES' });
    expect(all[0]).toMatchObject({ rest: S('x') });
  });

  it.each<[Partial<QueryCommandInput>, string]>([
    [{ KeyConditionExpression: 'another = :id' }, 'Query condition missed key schema element: id'],
    [{ KeyConditionExpression: 'id > :id' }, 'Query key condition not supported'],
    [
      { KeyConditionExpression: 'id = :id OR id = :id' },
      'Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      { KeyConditionExpression: 'id = :id AND id = :id' },
      'KeyConditionExpressions must only contain one condition per key',
    ],
    [
      { KeyConditionExpression: 'id = :id AND another = :id' },
      'Query condition missed key schema element: at',
    ],
    [
      { FilterExpression: 'id = :id' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: id',
    ],
    [{ IndexName: 'nope' }, 'The table does not have the specified index: nope'],
    [
      { IndexName: 'by-kind', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      { ExclusiveStartKey: { id: S('a') } },
      'The provided starting key is invalid: The provided key element does not match the schema',
    ],
    [
      { ExclusiveStartKey: { id: S('b'), at: N(1) } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      { KeyConditionExpression: '((id = :id))' },
      'Invalid KeyConditionExpression: The expression has redundant parentheses;',
    ],
  ])('with %j is refused', async (more, message) => {
    expect(await refusal(trial.db.send(new QueryCommand(ofA(more))))).toBe(`ValidationException: ${message}`);
  });

  it('with a value of another type than its key is refused', async () => {
    expect(await refusal(trial.db.send(new QueryCommand(ofA({}, { ':id': N(1) }))))).toBe(
      'ValidationException: One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  });
});

describe('a scan', () => {
  it('gives everything once, in segments too', async () => {
    await trial.table('many', { sorted: true });
    for (let batch = 0; batch < 8; batch += 1)
      await trial.db.send(
        new BatchWriteItemCommand({
          RequestItems: {
            many: Array.from({ length: 25 }, (_, index) => ({
              PutRequest: { Item: { id: S(`id-${String(batch * 25 + index)}`), at: N(index) } },
            })),
          },
        }),
      );
    const ids = (items: readonly Attributes[]) => items.map(({ id }) => id?.S ?? '').sort();
    const all = ids(await trial.scan({ TableName: 'many', Limit: 7 }));
    expect(new Set(all).size).toBe(200);
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) => trial.scan({ TableName: 'many', Segment, TotalSegments: 3, Limit: 10 })),
    );
    expect(segments.every((items) => items.length > 20)).toBe(true);
    expect(ids(segments.flat())).toEqual(all);
  });

  it('reads a megabyte at most', async () => {
    await trial.table('large');
    for (let index = 0; index < 12; index += 1)
      await trial.put('large', { id: S(String(index)), text: S('x'.repeat(100_000)) });
    const page = await trial.db.send(
      new ScanCommand({ TableName: 'large', ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(page.Count).toBe(10);
    expect(page.LastEvaluatedKey).toBeDefined();
    expect(page.ConsumedCapacity?.CapacityUnits).toBe(122.5);
    expect(await trial.scan({ TableName: 'large', ProjectionExpression: 'id' })).toHaveLength(12);
  });

  it('of an index gives what is in it', async () => {
    expect(await trial.scan({ TableName, IndexName: 'by-kind' })).toHaveLength(4);
  });

  it('with a segment that cannot be is refused', async () => {
    expect(await refusal(trial.scan({ TableName, Segment: 3, TotalSegments: 3 }))).toBe(
      'ValidationException: The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 3 is not less than TotalSegments: 3',
    );
  });
});
