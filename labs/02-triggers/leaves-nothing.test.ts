import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resourceName } from '../../grader/resource-name.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace } from '../proof/place.ts';
import type { ByHand } from '../proof/student.ts';
import { lab } from './lab.ts';
import { names } from './names.ts';
import { marked } from './traffic/orders.ts';

/** Fails where anything of the grader is left in the student's stores. */
const nothingIsLeft: ByHand = async ({ target: { pool }, account, prefix }) => {
  const [dynamodb, s3, sqs] = await Promise.all([pool.load('dynamodb'), pool.load('s3'), pool.load('sqs')]);
  const name = (resource: string) => resourceName(resource, prefix, account);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name(names.bucket) }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['orders/desk.json', 'orders/가을 주문.json']);
  for (const table of Object.values(names.tables)) {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: name(table) }));
    expect(Items.filter((item) => marked.test(JSON.stringify(item)))).toEqual([]);
    expect(Items.filter((item) => JSON.stringify(item).includes('1990-01-01T'))).toEqual([]);
  }
  for (const queue of [names.queue, names.deadLetters]) {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name(queue) }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  }
};

it('leaves none of its own orders behind', async () => {
  const place = await openPlace();
  try {
    const student = place.student('ada-');
    const workspace = place.workspace(join(projectRoot(), 'solutions', '02-triggers'));
    expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
    for (const seed of [1, 2]) {
      const result = await student.grade(lab, workspace, 'en', { seed });
      expect(result.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
      await student.act(nothingIsLeft, workspace);
    }
  } finally {
    await place.stop();
  }
}, 180_000);
