import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, trialDynamodb, type TrialDynamodb } from '../testing/trial.ts';

let trial: TrialDynamodb;
beforeAll(async () => {
  trial = await trialDynamodb();
  await trial.table('things');
});
afterAll(async () => {
  await trial.stop();
});
const TableName = 'things';
const S = (text: string) => ({ S: text });
const N = (number: number | string) => ({ N: String(number) });
const key = (id: string) => ({ id: S(id) });

describe('an item', () => {
  it('comes back as it was put, with every type', async () => {
    const item = {
      ...key('all'),
      text: S('물'),
      number: N('-12.50'),
      bytes: { B: Buffer.from([0, 255]) },
      yes: { BOOL: true },
      nothing: { NULL: true as const },
      texts: { SS: ['b', 'a'] },
      numbers: { NS: ['3', '1.0'] },
      blobs: { BS: [Buffer.from('x')] },
      list: { L: [S(''), { L: [] }, { M: {} }] },
      map: { M: { constructor: S('c'), __proto_: N(1), ['__proto__']: N(2) } },
    };
    await trial.put(TableName, item);
    expect(await trial.get(TableName, key('all'))).toEqual({
      ...item,
      number: N('-12.5'),
      bytes: { B: new Uint8Array([0, 255]) },
      numbers: { NS: ['3', '1'] },
      blobs: { BS: [new Uint8Array(Buffer.from('x'))] },
    });
  });

  it('keeps 38 digits exactly, and refuses more', async () => {
    const digits = '12345678901234567890123456789012345678';
    await trial.put(TableName, { ...key('n'), a: N(digits), b: N('1E100'), c: N('1e-130'), d: N('-0') });
    const item = await trial.get(TableName, key('n'));
    expect(item).toMatchObject({
      a: N(digits),
      b: N(`1${'0'.repeat(100)}`),
      c: N(`0.${'0'.repeat(129)}1`),
      d: N('0'),
    });
    const put = async (number: string) => await refusal(trial.put(TableName, { ...key('n'), a: N(number) }));
    expect(await put(`${digits}9`)).toBe(
      'ValidationException: Attempting to store more than 38 significant digits in a Number',
    );
    expect(await put('1E126')).toContain('Number overflow.');
    expect(await put('1E-131')).toContain('Number underflow.');
    expect(await put('one')).toBe(
      'ValidationException: The parameter cannot be converted to a numeric value: one',
    );
  });

  it('is refused where its key or its values are wrong', async () => {
    const put = async (Item: object) =>
      await refusal(trial.db.send(new PutItemCommand({ TableName, Item: Item as never })));
    expect(await put({ a: S('x') })).toBe(
      'ValidationException: One or more parameter values were invalid: Missing the key id in the item',
    );
    expect(await put({ id: N(1) })).toBe(
      'ValidationException: One or more parameter values were invalid: Type mismatch for key id expected: S actual: N',
    );
    expect(await put({ id: S('') })).toBe(
      'ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    );
    expect(await put({ ...key('x'), s: { SS: [] } })).toContain('An string set  may not be empty');
    expect(await put({ ...key('x'), s: { SS: ['a', 'a'] } })).toContain(
      'Input collection [a, a] contains duplicates.',
    );
    expect(await put({ ...key('x'), s: { NS: ['1', '1.0'] } })).toContain('Input collection');
    expect(await put({ ...key('x'.repeat(2049)) })).toContain('Size of hashkey has exceeded');
    expect(await put({ ...key('x'), a: S('x'.repeat(400 * 1024)) })).toBe(
      'ValidationException: Item size has exceeded the maximum allowed size',
    );
    const get = async (Key: object) =>
      await refusal(trial.db.send(new GetItemCommand({ TableName, Key: Key as never })));
    expect(await get({ id: N(1) })).toBe(
      'ValidationException: The provided key element does not match the schema',
    );
    expect(await get({ ...key('a'), more: S('b') })).toContain('does not match the schema');
  });

  it('is nowhere in another account, another region or a table that is not there', async () => {
    await trial.put(TableName, { ...key('mine') });
    for (const client of [trial.clientOf('999999999999'), trial.clientOf('111122223333', 'eu-west-1')])
      expect(await refusal(client.send(new GetItemCommand({ TableName, Key: key('mine') })))).toBe(
        'ResourceNotFoundException: Requested resource not found',
      );
    expect(await refusal(trial.get('nothing', key('a')))).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
  });

  it('is read by a table’s ARN as well, and in parts', async () => {
    await trial.put(TableName, {
      ...key('parts'),
      a: S('1'),
      m: { M: { x: N(1), y: N(2) } },
      l: { L: [N(0), N(1), N(2)] },
    });
    const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table/things';
    const { Item } = await trial.db.send(
      new GetItemCommand({
        TableName: arn,
        Key: key('parts'),
        ProjectionExpression: '#m.y, l[2], l[0], nowhere',
        ExpressionAttributeNames: { '#m': 'm' },
      }),
    );
    expect(Item).toEqual({ m: { M: { y: N(2) } }, l: { L: [N(0), N(2)] } });
  });

  it('tells the capacity that it used', async () => {
    const put = await trial.db.send(
      new PutItemCommand({
        TableName,
        Item: { ...key('big'), a: S('x'.repeat(5000)) },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(put.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 5 });
    const get = await trial.db.send(
      new GetItemCommand({ TableName, Key: key('big'), ReturnConsumedCapacity: 'INDEXES' }),
    );
    expect(get.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1, Table: { CapacityUnits: 1 } });
  });

  it('cannot be written with legacy parameters', async () => {
    const put = new PutItemCommand({ TableName, Item: key('l'), Expected: { id: { Exists: false } } });
    expect(await refusal(trial.db.send(put))).toContain('The legacy parameter Expected');
  });
});

describe('a conditional write', () => {
  const create = (id: string, more: object = {}) =>
    new PutItemCommand({
      TableName,
      Item: { ...key(id), v: N(2) },
      ConditionExpression: 'attribute_not_exists(id)',
      ...more,
    });

  it('is done once', async () => {
    await trial.db.send(create('once'));
    expect(await refusal(trial.db.send(create('once')))).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
  });

  it('shows the item that was in its way, if asked', async () => {
    await trial.put(TableName, { ...key('seen'), v: N(1) });
    const request = trial.db.send(create('seen', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    const error: unknown = await request.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect((error as ConditionalCheckFailedException).Item).toEqual({ ...key('seen'), v: N(1) });
    expect((error as ConditionalCheckFailedException).$metadata.httpStatusCode).toBe(400);
  });

  it('returns the old item of a put and of a deletion', async () => {
    await trial.put(TableName, { ...key('old'), v: N(1) });
    const put = await trial.db.send(
      new PutItemCommand({ TableName, Item: key('old'), ReturnValues: 'ALL_OLD' }),
    );
    expect(put.Attributes).toEqual({ ...key('old'), v: N(1) });
    const gone = { TableName, Key: key('old'), ReturnValues: 'ALL_OLD' } as const;
    expect((await trial.db.send(new DeleteItemCommand(gone))).Attributes).toEqual(key('old'));
    expect((await trial.db.send(new DeleteItemCommand(gone))).Attributes).toBeUndefined();
    expect(
      await refusal(
        trial.db.send(new PutItemCommand({ TableName, Item: key('old'), ReturnValues: 'ALL_NEW' })),
      ),
    ).toBe('ValidationException: ReturnValues can only be ALL_OLD or NONE');
  });
});

describe('an update', () => {
  it('counts, appends, keeps, removes and changes sets', async () => {
    await trial.put(TableName, {
      ...key('u'),
      n: N('0.1'),
      l: { L: [S('a'), S('b'), S('c')] },
      m: { M: { x: S('1'), y: S('2') } },
      s: { SS: ['a', 'b'] },
      t: { SS: ['a'] },
    });
    const Attributes = await trial.update(TableName, key('u'), {
      UpdateExpression:
        'SET n = n + :p, l = list_append(l, :l), kept = if_not_exists(n, :p), m.z = :p, made = if_not_exists(nowhere, :p) REMOVE m.x ADD c :p, s :s DELETE t :t',
      ExpressionAttributeValues: {
        ':p': N('0.2'),
        ':l': { L: [S('d')] },
        ':s': { SS: ['b', 'c'] },
        ':t': { SS: ['a', 'z'] },
      },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes).toEqual({
      ...key('u'),
      n: N('0.3'),
      l: { L: [S('a'), S('b'), S('c'), S('d')] },
      kept: N('0.1'),
      made: N('0.2'),
      c: N('0.2'),
      m: { M: { y: S('2'), z: N('0.2') } },
      s: { SS: ['a', 'b', 'c'] },
    });
  });

  it('takes the places of a list as they were before it', async () => {
    await trial.put(TableName, { ...key('l'), l: { L: [N(0), N(1), N(2), N(3)] } });
    const Attributes = await trial.update(TableName, key('l'), {
      UpdateExpression: 'REMOVE l[0], l[2] SET l[20] = :b, l[10] = :a',
      ExpressionAttributeValues: { ':a': S('a'), ':b': S('b') },
      ReturnValues: 'UPDATED_NEW',
    });
    expect(await trial.get(TableName, key('l'))).toEqual({
      ...key('l'),
      l: { L: [N(1), N(3), S('a'), S('b')] },
    });
    expect(Attributes).toBeDefined();
  });

  it('returns what it changed, before and after', async () => {
    await trial.put(TableName, { ...key('r'), m: { M: { a: N(1), b: N(2) } }, other: S('x') });
    const change = (ReturnValues: 'UPDATED_OLD' | 'UPDATED_NEW') =>
      trial.update(TableName, key('r'), {
        UpdateExpression: 'SET m.a = m.a + :one',
        ExpressionAttributeValues: { ':one': N(1) },
        ReturnValues,
      });
    expect(await change('UPDATED_OLD')).toEqual({ m: { M: { a: N(1) } } });
    expect(await change('UPDATED_NEW')).toEqual({ m: { M: { a: N(3) } } });
  });

  it('makes an item that is not there', async () => {
    expect(await trial.update(TableName, key('fresh'), { ReturnValues: 'ALL_NEW' })).toEqual(key('fresh'));
  });

  it.each([
    [
      'SET id = :v',
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    ],
    ['SET a = b + :v', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET m.x = :v', 'The document path provided in the update expression is invalid for update'],
    ['SET s = s + :v', 'An operand in the update expression has an incorrect data type'],
    [
      'SET a = :v, a.b = :v',
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
    ],
    [
      'SET a = :v SET b = :v',
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'SET status = :v',
      'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status',
    ],
    ['SET a := :v', 'Invalid UpdateExpression: Syntax error; token: ":", near: "a :="'],
    [
      'SET a = :missing',
      'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :missing',
    ],
    [
      'SET #a = :v',
      'Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #a',
    ],
    [
      'SET a = size(:v)',
      'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
    ],
    ['SET a = nothing(:v)', 'Invalid UpdateExpression: Invalid function name; function: nothing'],
    ['REMOVE a', 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}'],
    ['', 'Invalid UpdateExpression: The expression can not be empty;'],
    ['SET a = :v,', 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: ","'],
  ])('%s is refused', async (UpdateExpression, message) => {
    await trial.put(TableName, { ...key('bad'), s: S('text') });
    const update = trial.db.send(
      new UpdateItemCommand({
        TableName,
        Key: key('bad'),
        UpdateExpression,
        ExpressionAttributeValues: { ':v': N(1) },
      }),
    );
    expect(await refusal(update)).toBe(`ValidationException: ${message}`);
  });
});
