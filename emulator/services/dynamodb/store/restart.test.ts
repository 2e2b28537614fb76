import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleCloud, type CloudProgram } from '../../../server/fixture/processes.ts';
import type { Item } from '../value/value.ts';
import { scope, trialDynamodb } from '../testing/trial.ts';

let program: CloudProgram;
beforeAll(async () => {
  program = await bundleCloud();
});
afterAll(async () => {
  await program.remove();
});
const S = (text: string) => ({ S: text });
const N = (number: number) => ({ N: String(number) });

async function inFolder(work: (home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-dynamodb-'));
  try {
    await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

it('keeps tables, indexes, items, streams, expiry and tokens over a restart', async () => {
  await inFolder(async (home) => {
    const before = await trialDynamodb(home);
    const { LatestStreamArn: arn = '' } = await before.table('kept', {
      sorted: true,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    for (const at of [3, 1, 2])
      await before.put('kept', { id: S('a'), at: N(at), bytes: { B: Buffer.from('x') } });
    await before.db.send(
      new UpdateTimeToLiveCommand({
        TableName: 'kept',
        TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
      }),
    );
    const until = Math.floor(before.running.cloud.clock.now() / 1000) + 3600;
    await before.put('kept', { id: S('mortal'), at: N(0), until: N(until) });
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        {
          Update: {
            TableName: 'kept',
            Key: { id: S('count'), at: N(0) },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': N(1) },
          },
        },
      ],
      ClientRequestToken: 'token',
    });
    await before.db.send(transaction);
    const records = await before.records(arn);
    const { Table } = await before.db.send(new DescribeTableCommand({ TableName: 'kept' }));
    await before.stop();

    const after = await trialDynamodb(home);
    await after.db.send(transaction);
    expect((await after.db.send(new DescribeTableCommand({ TableName: 'kept' }))).Table).toEqual(Table);
    expect(await after.records(arn)).toEqual(records);
    const items = await after.query({
      TableName: 'kept',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': S('a') },
    });
    expect(items.map(({ at }) => at?.N)).toEqual(['1', '2', '3']);
    expect(await after.get('kept', { id: S('count'), at: N(0) })).toMatchObject({ n: N(1) });
    await after.stop();

    // Nobody calls DynamoDB after this start: the items expire all the same.
    const third = await trialDynamodb(home);
    const kept = third.running.cloud.state.table<Item>('dynamodb.items').in(scope);
    expect(kept.size).toBe(5);
    await third.running.cloud.clock.advance(2 * 3_600_000);
    await expect.poll(() => kept.size).toBe(4);
    const port = await third.running.cloud.port('dynamodb');
    const [shard] = port.shards(scope, arn);
    const page = port.read(
      scope,
      arn,
      shard?.shardId ?? '',
      { after: records.at(-1)?.dynamodb?.SequenceNumber ?? '' },
      10,
    );
    expect(page.records.map(({ event }) => [event.eventName, event.userIdentity?.type])).toEqual([
      ['REMOVE', 'Service'],
    ]);
    await third.stop();
  });
});

it('keeps each item and its stream record together through kill -9', async () => {
  await inFolder(async (home) => {
    let cloud = await program.start({ port: 0, home });
    const clientOf = () =>
      new DynamoDBClient({
        region: scope.region,
        endpoint: cloud.said.origin ?? '',
        maxAttempts: 1,
        credentials: { accessKeyId: scope.account, secretAccessKey: 'x' },
      });
    const first = await createStreamed(clientOf());
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < 3; kill += 1) {
      const client = clientOf();
      let killed = false;
      const writer = async (which: number): Promise<void> => {
        for (let turn = 0; ; turn += 1) {
          const id = `${String(kill)}-${String(which)}-${String(turn)}`;
          try {
            await client.send(new PutItemCommand({ TableName: 'kill', Item: { id: S(id) } }));
          } catch (error) {
            if (killed) return;
            throw error;
          }
          acknowledged.add(id);
        }
      };
      const writers = Promise.all([0, 1, 2].map(writer));
      const until = acknowledged.size + 40;
      while (acknowledged.size < until) await Promise.race([new Promise(setImmediate), writers]);
      const gone = cloud.kill();
      killed = true;
      await gone;
      await writers;
      client.destroy();
      cloud = await program.start({ port: 0, home });
    }
    await cloud.kill();

    const trial = await trialDynamodb(home);
    const items = (await trial.scan({ TableName: 'kill' })).map(({ id }) => id?.S ?? '');
    const told = (await trial.records(first)).map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S ?? '');
    expect([...items].sort()).toEqual([...told].sort());
    expect([...acknowledged].filter((id) => !items.includes(id))).toEqual([]);
    expect(items.length - acknowledged.size).toBeLessThanOrEqual(9);
    await trial.stop();
  });
}, 60_000);

/** Makes the table of the test above and says its stream's ARN. */
async function createStreamed(client: DynamoDBClient): Promise<string> {
  const TableName = 'kill';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }),
  );
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  client.destroy();
  return Table?.LatestStreamArn ?? '';
}
