import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Acting } from '../../../service/inner-calls.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { physicalName } from '../resources/names/physical-name.ts';
import { ResourceFailure, type ResourceWork } from '../resources/resource-type.ts';
import type { OperationRow, StackRow, Tags } from '../rows.ts';
import { givenBy } from './wording.ts';

/** How soon a condition is looked at again, in ms of the cloud's time: soon at first, then less often. */
const SOONEST = 10;
const LATEST = 250;

/** Whose work it is, and what it is done with. */
export interface WorkParts {
  readonly cloud: Cloud;
  readonly scope: Scope;
  readonly stack: Pick<StackRow, 'id' | 'name' | 'goal'>;
  readonly operation: Pick<OperationRow, 'principal' | 'cause'>;
  readonly signal: AbortSignal;
}

/** Services called in the name of whoever deploys. */
export function actingCall({
  cloud,
  scope,
  operation,
  signal,
}: Omit<WorkParts, 'stack'>): ResourceWork['call'] {
  const acting: Acting = {
    principal: operation.principal,
    region: scope.region,
    signal,
    trail: operation.cause as TrailId,
  };
  return async (service, name, input) => {
    try {
      return await cloud.call(acting, service, name, input);
    } catch (error) {
      if (error instanceof ServiceFailure) givenBy(error, service);
      throw error;
    }
  };
}

/** What one step on one resource works with. @param tags of the stack, when it made the resource */
export function resourceWork(parts: WorkParts, logicalId: string, token: string, tags: Tags): ResourceWork {
  const { cloud, scope, stack, signal } = parts;
  return {
    scope,
    stackId: stack.id,
    stackName: stack.name,
    logicalId,
    token,
    signal,
    tags: {
      ...tags,
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': logicalId,
    },
    name: (most, form) => physicalName({ stackName: stack.name, logicalId, token }, most, form),
    call: actingCall(parts),
    until: (seconds, what, look) => untilSeen(cloud, signal, seconds, what, look),
  };
}

async function untilSeen<T>(
  cloud: Cloud,
  signal: AbortSignal,
  seconds: number,
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = cloud.clock.now() + seconds * 1000;
  for (let wait = SOONEST; ; wait = Math.min(LATEST, wait * 2)) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (cloud.clock.now() >= end) throw new ResourceFailure(what);
    await pause(cloud, signal, wait);
  }
}

/** @throws what the signal says where it is aborted */
async function pause(cloud: Cloud, signal: AbortSignal, ms: number): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = cloud.clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = (): void => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
