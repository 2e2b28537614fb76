import { randomUUID } from 'node:crypto';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
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
 * every caller: a client, a name for this environment.
 */
const dynamodb = new DynamoDBClient({});
const bootId = randomUUID();
/** Calls of this environment. Not of the function: another environment counts its own. */
let invocation = 0;

/** Runs for each event. What it keeps for the next one is the number of calls, and nothing of a caller. */
export const handler = async ({ visitor, postcode, note }: Visit): Promise<Answer> => {
  const districts = loadDistricts();
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

/**
 * Counts in the table, in one step: DynamoDB adds, so that two environments at once lose nothing.
 * @returns the visitor's visits so far, this one included
 */
async function countVisit(visitor: string): Promise<number> {
  const { Attributes } = await dynamodb.send(
    new UpdateItemCommand({
      TableName: process.env.TABLE,
      Key: { visitor: { S: visitor } },
      UpdateExpression: 'ADD visits :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.visits?.N);
}
