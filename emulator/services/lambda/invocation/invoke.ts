import type { Call } from '../../../service/call.ts';
import { readFunctionName } from '../names/name.ts';
import type { LambdaOperations } from '../context.ts';
import type { EventQueue } from '../asynchronous/queue.ts';
import { notBuilt } from '../failures.ts';
import type { Invoker } from './invoker.ts';
import { readPayload } from './payload.ts';
import { streamInvocation } from './stream.ts';

type Invoking = 'Invoke' | 'InvokeAsync' | 'InvokeWithResponseStream';

/** `Invoke`, the old `InvokeAsync`, and `InvokeWithResponseStream`. */
export function invokeOperations(
  invoker: Invoker,
  queue: EventQueue,
): Required<Pick<LambdaOperations, Invoking>> {
  return {
    async Invoke(input, call) {
      refuseForeign(input.TenantId, input.DurableExecutionName);
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      const type = input.InvocationType ?? 'RequestResponse';
      if (type === 'DryRun') {
        invoker.target(call, reference);
        return { StatusCode: 204 };
      }
      const payload = readPayload(bytesOf(input.Payload), type === 'Event' ? 'asynchronous' : 'synchronous');
      const request = {
        reference,
        requestId: call.requestId,
        payload,
        clientContext: input.ClientContext,
        cause: call.trail,
        ...traceOf(call),
      };
      if (type === 'Event') {
        invoker.target(call, reference);
        await queue.accept(call, request);
        return { StatusCode: 202 };
      }
      const outcome = await invoker.run(call, request);
      return {
        StatusCode: 200,
        ExecutedVersion: outcome.executedVersion,
        Payload: outcome.payload,
        ...(outcome.functionError === undefined ? {} : { FunctionError: outcome.functionError }),
        ...(input.LogType === 'Tail' ? { LogResult: base64(outcome.logTail) } : {}),
      };
    },

    async InvokeAsync(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call);
      const payload = readPayload(bytesOf(input.InvokeArgs), 'asynchronous');
      invoker.target(call, reference);
      const { requestId, trail: cause } = call;
      await queue.accept(call, {
        reference,
        requestId,
        payload,
        clientContext: undefined,
        cause,
        ...traceOf(call),
      });
      return { Status: 202 };
    },

    async InvokeWithResponseStream(input, call) {
      refuseForeign(input.TenantId, undefined);
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      if (input.InvocationType === 'DryRun') {
        invoker.target(call, reference);
        return { StatusCode: 204 };
      }
      const request = {
        reference,
        requestId: call.requestId,
        payload: readPayload(bytesOf(input.Payload), 'synchronous'),
        clientContext: input.ClientContext,
        cause: call.trail,
        ...traceOf(call),
      };
      const stream = await streamInvocation(invoker, call, request, input.LogType === 'Tail');
      return {
        StatusCode: 200,
        ExecutedVersion: stream.executedVersion,
        ResponseStreamContentType: stream.contentType,
        EventStream: stream.events,
      };
    },
  };
}

const traceOf = ({ traceHeader }: Call): { traceHeader?: string } =>
  traceHeader === undefined ? {} : { traceHeader };

function refuseForeign(tenant: string | undefined, durable: string | undefined): void {
  if (tenant !== undefined) throw notBuilt('tenant isolation');
  if (durable !== undefined) throw notBuilt('durable functions');
}

/* The SDK's type of a request body allows what clients may pass; a server has bytes. */
function bytesOf(body: unknown): Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) return body;
  return typeof body === 'string' ? new TextEncoder().encode(body) : undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
