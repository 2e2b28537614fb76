import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** A synchronous invocation by another service (API Gateway, an event source mapping, an authorizer). */
export interface InvokeRequest {
  /** A name, a partial ARN or an ARN, with or without a qualifier. */
  readonly functionName: string;
  readonly qualifier?: string;
  readonly payload: Uint8Array;
  readonly clientContext?: string;
  readonly cause?: TrailId;
  /** `X-Amzn-Trace-Id` of the message or request that led to it: loops are known by it. */
  readonly traceHeader?: string;
}
export interface InvokeResult {
  readonly payload: Uint8Array;
  readonly functionError: 'Unhandled' | undefined;
  /** `$LATEST` or a number. */
  readonly executedVersion: string;
  readonly requestId: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: Uint8Array;
}

/** What other services ask of Lambda. */
export interface LambdaPort {
  /** @throws ServiceFailure as `Invoke` does: not found, throttled, not active, runtime missing */
  invoke(scope: Scope, request: InvokeRequest): Promise<InvokeResult>;
  /** Queues an event as `InvocationType: Event` does; resolves when it is accepted (202). */
  enqueue(scope: Scope, request: InvokeRequest): Promise<{ readonly requestId: string }>;
  /** Whether the function's resource-based policy lets a service principal invoke it. */
  permits(
    scope: Scope,
    functionName: string,
    caller: { readonly service: string; readonly sourceArn: string; readonly sourceAccount: string },
    qualifier?: string,
  ): boolean;
}
