import {
  DeleteTableCommand,
  DescribeTableCommand,
  waitUntilTableNotExists,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import { answers, ifThere, type Removal } from './removal.ts';

/** Seconds that a table may take to go. */
const patience = 120;

/** A table with its items and its stream. It goes in its own time, so its end is waited for. */
export const removal: Removal = {
  async there(pool, name) {
    const dynamodb = await pool.load('dynamodb');
    return answers(dynamodb.send(new DescribeTableCommand({ TableName: name })));
  },
  async remove(pool, name) {
    const client = await pool.load('dynamodb');
    await ifThere(client.send(new DeleteTableCommand({ TableName: name })));
    await waitUntilTableNotExists(
      { client, maxWaitTime: patience, minDelay: 1, maxDelay: 3 },
      { TableName: name },
    );
  },
  async *list(pool) {
    for await (const page of paginateListTables({ client: await pool.load('dynamodb') }, {}))
      yield* page.TableNames ?? [];
  },
};
