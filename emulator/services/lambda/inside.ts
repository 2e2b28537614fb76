import { randomUUID } from 'node:crypto';
import type { EventQueue } from './asynchronous/queue.ts';
import type { LambdaContext } from './context.ts';
import type { Invoker } from './invocation/invoker.ts';
import { readPayload } from './invocation/payload.ts';
import { readFunctionName } from './names/name.ts';
import { permits } from './permissions/permits.ts';
import type { InvokeRequest, LambdaPort } from './port.ts';
import type { Scope } from '../../service/call.ts';

/** What other services of the cloud may ask of Lambda. */
export function lambdaPort(
  { functions, versions }: LambdaContext,
  invoker: Invoker,
  queue: EventQueue,
): LambdaPort {
  const read = (scope: Scope, request: InvokeRequest, how: 'synchronous' | 'asynchronous') => ({
    reference: readFunctionName(request.functionName, { ...scope, operation: 'Invoke' }, request.qualifier),
    requestId: randomUUID(),
    payload: readPayload(request.payload, how),
    clientContext: request.clientContext,
    cause: request.cause,
    ...(request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader }),
  });
  return {
    async invoke(scope, request) {
      const invocation = read(scope, request, 'synchronous');
      const { payload, functionError, executedVersion, logTail } = await invoker.run(scope, invocation);
      const { requestId } = invocation;
      return { payload, functionError, executedVersion, requestId, logTail };
    },
    async enqueue(scope, request) {
      const event = read(scope, request, 'asynchronous');
      invoker.target(scope, event.reference);
      await queue.accept(scope, event);
      return { requestId: event.requestId };
    },
    permits(scope, functionName, caller, qualifier) {
      const { name, qualifier: named } = readFunctionName(
        functionName,
        { ...scope, operation: 'Invoke' },
        qualifier,
      );
      const owner =
        named === undefined || named === '$LATEST'
          ? functions.find(scope, name)
          : (versions.findAlias(scope, name, named) ?? versions.find(scope, name, named));
      return owner !== undefined && permits(scope, name, owner.statements, caller, named);
    },
  };
}
