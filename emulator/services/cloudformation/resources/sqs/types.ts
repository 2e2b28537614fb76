import type { ResourceType } from '../resource-type.ts';
import { queueInlinePolicy, queuePolicy } from './policies.ts';
import { queue } from './queue.ts';

export const sqsTypes = {
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueueInlinePolicy': queueInlinePolicy,
  'AWS::SQS::QueuePolicy': queuePolicy,
} satisfies Record<string, ResourceType>;
