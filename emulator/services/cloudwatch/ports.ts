import type { Cloud } from '../../cloud.ts';
import type { EventsPort } from '../events/port.ts';
import type { LambdaPort } from '../lambda/port.ts';
import type { SnsPort } from '../sns/port.ts';

/** What CloudWatch asks of other services. */
export interface OtherPorts {
  sns(): Promise<SnsPort>;
  lambda(): Promise<LambdaPort>;
  events(): Promise<EventsPort>;
}

export function portsOf(cloud: Cloud): OtherPorts {
  return {
    sns: async () => cloud.port('sns'),
    lambda: async () => cloud.port('lambda'),
    events: async () => cloud.port('events'),
  };
}
