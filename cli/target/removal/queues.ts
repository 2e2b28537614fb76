import { DeleteQueueCommand, GetQueueUrlCommand, paginateListQueues } from '@aws-sdk/client-sqs';
import { answers, ifThere, type Removal } from './removal.ts';

/** A queue with its messages. */
export const removal: Removal = {
  async there(pool, name) {
    const sqs = await pool.load('sqs');
    return answers(sqs.send(new GetQueueUrlCommand({ QueueName: name })));
  },
  async remove(pool, name) {
    const sqs = await pool.load('sqs');
    const found = await ifThere(sqs.send(new GetQueueUrlCommand({ QueueName: name })));
    if (found !== undefined) await ifThere(sqs.send(new DeleteQueueCommand({ QueueUrl: found.QueueUrl })));
  },
  async *list(pool, QueueNamePrefix) {
    for await (const page of paginateListQueues({ client: await pool.load('sqs') }, { QueueNamePrefix }))
      for (const url of page.QueueUrls ?? []) yield url.split('/').at(-1);
  },
};
