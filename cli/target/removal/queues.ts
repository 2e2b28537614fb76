import { DeleteQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
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
};
