import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  paginateScan,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Order } from './order.ts';

/** Where orders are kept, and the queue of those to pack. A test brings its own. */
export interface Orders {
  add(order: Order): Promise<void>;
  find(id: string): Promise<Order | undefined>;
  all(): AsyncIterable<Order>;
  /** @returns false where it was packed before */
  pack(id: string): Promise<boolean>;
  /** Asks for it to be packed, some time soon. */
  queue(id: string): Promise<void>;
}

/** Orders in a DynamoDB table, and an SQS queue. */
export function ordersIn(TableName: string | undefined, QueueUrl: string | undefined): Orders {
  const dynamodb = new DynamoDBClient({});
  const sqs = new SQSClient({});
  return {
    async add({ id, item, status, placedAt }) {
      const Item = { id: { S: id }, item: { S: item }, status: { S: status }, placedAt: { S: placedAt } };
      await dynamodb.send(new PutItemCommand({ TableName, Item }));
    },
    async find(id) {
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true }),
      );
      return Item && fromItem(Item);
    },
    async *all() {
      for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName }))
        yield* Items.map(fromItem);
    },
    async pack(id) {
      try {
        await dynamodb.send(
          new UpdateItemCommand({
            TableName,
            Key: { id: { S: id } },
            UpdateExpression: 'SET #status = :packed',
            // The same order can come out of the queue twice, and is packed once.
            ConditionExpression: '#status = :placed',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':placed': { S: 'placed' }, ':packed': { S: 'packed' } },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async queue(id) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ id }) }));
    },
  };
}

const fromItem = ({ id, item, status, placedAt }: Record<string, AttributeValue>): Order => ({
  id: id?.S ?? '',
  item: item?.S ?? '',
  status: status?.S === 'packed' ? 'packed' : 'placed',
  placedAt: placedAt?.S ?? '',
});
