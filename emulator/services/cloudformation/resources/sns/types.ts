import type { ResourceType } from '../resource-type.ts';
import { topicInlinePolicy, topicPolicy } from './policies.ts';
import { subscription } from './subscription.ts';
import { topic } from './topic.ts';

export const snsTypes = {
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicInlinePolicy': topicInlinePolicy,
  'AWS::SNS::TopicPolicy': topicPolicy,
} satisfies Record<string, ResourceType>;
