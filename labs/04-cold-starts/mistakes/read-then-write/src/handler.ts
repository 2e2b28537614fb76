import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { loadDistricts } from './districts.ts';

interface Visit {
  readonly visitor: string;
  readonly postcode: string;
  /** What the visitor leaves for the driver; most leave nothing. */
  readonly note?: string;
}

interface Answer extends Pick<Visit, 'visitor' | 'note'> {
  readonly district: string;
  readonly visits: number;
  readonly bootId: string;
  readonly invocation: number;
  readonly cold: boolean;
}

/*
 * Init: this runs once for each execution environment, before its first event. Everything here is the same for
 * every caller: a table that is only read, a client, a name for this environment.
 */
const districts = loadDistricts();
const dynamodb = new DynamoDBClient({});
const bootId = randomUUID();
/** Calls of this environment. Not of the function: another environment counts its own. */
let invocation = 0;

/** Runs for each event. What it keeps for the next one is the number of calls, and nothing of a caller. */
export const handler = async ({ visitor, postcode, note }: Visit): Promise<Answer> => {
  invocation += 1;
  return {
    visitor,
    district: districts.get(postcode) ?? 'unknown',
    visits: await countVisit(visitor),
    ...(note === undefined ? {} : { note }),
    bootId,
    invocation,
    cold: invocation === 1,
  };
};

async function countVisit(visitor: string): Promise<number> {
  const TableName = process.env.TABLE;
  const key = { visitor: { S: visitor } };
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true }));
  const visits = Number(Item?.visits?.N ?? 0) + 1;
  await dynamodb.send(new PutItemCommand({ TableName, Item: { ...key, visits: { N: String(visits) } } }));
  return visits;
}
