import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

const gif = Buffer.from('R0lGODlhBQAEAIAAAAAAAP///w==', 'base64');
let pictures = 0;

proveApplication('image-inbox', {
  async works(place) {
    const key = `pictures/my cat ${String((pictures += 1))}.gif`;
    const s3 = await place.pool.load('s3');
    await s3.send(new PutObjectCommand({ Bucket: place.output('BucketName'), Key: key, Body: gif }));
    await expect
      .poll(() => entryOf(place, key))
      .toEqual({ type: 'gif', width: '5', height: '4', size: '19' });
  },
  change: { from: 'Timeout: 10', to: 'Timeout: 20' },
  async changed(place) {
    const lambda = await place.pool.load('lambda');
    const FunctionName = place.output('FunctionName');
    const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(Timeout).toBe(20);
  },
});

async function entryOf(place: Place, key: string): Promise<object | undefined> {
  const dynamodb = await place.pool.load('dynamodb');
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: place.output('TableName'), Key: { key: { S: key } } }),
  );
  if (Item === undefined) return undefined;
  const { type, width, height, size } = Item;
  return { type: type?.S, width: width?.N, height: height?.N, size: size?.N };
}
