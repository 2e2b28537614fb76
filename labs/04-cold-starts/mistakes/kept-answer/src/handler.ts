import { randomUUID } from 'node:crypto';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { loadDistricts } from './districts.ts';

interface Visit {
  readonly visitor: string;
  readonly postcode: string;
  /** What the visitor leaves for the driver; most leave nothing. */
  readonly note?: string;
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
const answer: Record<string, unknown> = { bootId };

/** Runs for each event. What it keeps for the next one is the number of calls, and nothing of a caller. */
export const handler = async ({ visitor, postcode, note }: Visit): Promise<Record<string, unknown>> => {
  invocation += 1;
  const district = districts.get(postcode) ?? 'unknown';
  const visits = await countVisit(visitor);
  Object.assign(answer, { visitor, district, visits, invocation, cold: invocation === 1 });
  if (note !== undefined) answer.note = note;
  return answer;
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
