import type { Cloud } from '../../cloud.ts';
import type { EventsPort } from '../events/port.ts';
import type { LambdaPort } from '../lambda/port.ts';
import { services } from '../registry.ts';
import type { SnsPort } from '../sns/port.ts';

/** What CloudWatch asks of other services. Undefined: this cloud has no such service. */
export interface OtherPorts {
  sns(): Promise<SnsPort | undefined>;
  lambda(): Promise<LambdaPort | undefined>;
  events(): Promise<EventsPort | undefined>;
}

export function portsOf(cloud: Cloud): OtherPorts {
  return {
    sns: async () => cloud.port('sns'),
    lambda: async () => cloud.port('lambda'),
    events: () => portIfThere<EventsPort>(cloud, 'events'),
  };
}

async function portIfThere<Port>(cloud: Cloud, name: string): Promise<Port | undefined> {
  if (!Object.hasOwn(services, name)) return undefined;
  // The registry gives each name the port that the caller names beside it.
  return await cloud.port(name as never);
}
