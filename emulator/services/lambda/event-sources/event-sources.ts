import type { LambdaContext } from '../context.ts';
import type { Sender } from '../destinations/sender.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { BatchInvoker } from './invoking.ts';
import { mappingOperations } from './operations.ts';
import { Pollers } from './pollers.ts';
import { Positions } from './streams/positions.ts';

/** Event source mappings: what brings the records of queues and streams to functions. */
export interface EventSources {
  readonly operations: ReturnType<typeof mappingOperations>;
  /** Takes up the mappings that there are. */
  resume(): void;
  /** Takes nothing more, from the moment of the call on; resolves when the batches at work have ended. */
  stop(): Promise<void>;
}

/** @param sender how discarded batches are sent to destinations */
export function createEventSources(context: LambdaContext, invoker: Invoker, sender: Sender): EventSources {
  const { mappings } = context;
  const positions = new Positions(context.cloud);
  const pollers = new Pollers(mappings, positions, new BatchInvoker(context, invoker), sender);
  return {
    operations: mappingOperations(context, pollers),
    resume: () =>
      mappings.resume((scope, uuid, record) => {
        if (record?.enabled === true) pollers.start(scope, record);
        else pollers.halt(uuid);
        if (record === undefined) positions.forget(scope, uuid);
      }),
    stop: async () => {
      mappings.stop();
      await pollers.stop();
    },
  };
}
