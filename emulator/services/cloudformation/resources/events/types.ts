import type { ResourceType } from '../resource-type.ts';
import { eventBusPolicy } from './event-bus-policy.ts';
import { eventBus } from './event-bus.ts';
import { rule } from './rule.ts';

export const eventsTypes = {
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::EventBusPolicy': eventBusPolicy,
  'AWS::Events::Rule': rule,
} satisfies Record<string, ResourceType>;
