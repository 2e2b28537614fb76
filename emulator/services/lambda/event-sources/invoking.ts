import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaContext } from '../context.ts';
import type { Executed, Invoker } from '../invocation/invoker.ts';
import type { FunctionReference } from '../names/name.ts';
import type { MappingRecord } from './mappings/record.ts';

/** A synchronous invocation may carry so many bytes (AWS Lambda quotas). */
export const mostPayloadBytes = 6_291_456;

/** How one attempt with a batch went. */
export type Attempt =
  | { readonly is: 'answered'; readonly outcome: Executed; readonly requestId: string }
  /** The function was not reached: throttled, not ready, not there. */
  | { readonly is: 'refused'; readonly code: string; readonly why: string };

/** What the execution role and the settings of a mapping's function are now. */
export interface Target {
  readonly role: string;
  readonly timeoutSeconds: number;
}

/** Invokes the functions of mappings. */
export class BatchInvoker {
  readonly context: LambdaContext;
  readonly #invoker: Invoker;

  constructor(context: LambdaContext, invoker: Invoker) {
    this.context = context;
    this.#invoker = invoker;
  }

  /** The function of a mapping, or undefined where it was deleted. */
  target(scope: Scope, mapping: MappingRecord): Target | undefined {
    try {
      const { settings } = this.context.versions.resolve(scope, referenceOf(mapping)).view.deployment;
      return { role: settings.role, timeoutSeconds: settings.timeoutSeconds };
    } catch (error) {
      if (error instanceof ServiceFailure) return undefined;
      throw error;
    }
  }

  /** Whether a message has come through the function so often that it must stop. */
  loops(scope: Scope, mapping: MappingRecord, traceHeader: string | undefined): boolean {
    return this.#invoker.loops(scope, referenceOf(mapping), traceHeader);
  }

  /** Invokes a mapping's function once. @param payload JSON */
  async attempt(
    scope: Scope,
    mapping: MappingRecord,
    payload: Uint8Array,
    cause: TrailId | undefined,
    traceHeader?: string,
  ): Promise<Attempt> {
    const requestId = randomUUID();
    try {
      const outcome = await this.#invoker.run(scope, {
        reference: referenceOf(mapping),
        requestId,
        payload,
        clientContext: undefined,
        cause,
        ...(traceHeader === undefined ? {} : { traceHeader }),
      });
      return { is: 'answered', outcome, requestId };
    } catch (error) {
      const [code, why] =
        error instanceof ServiceFailure ? [error.code, error.message] : ['Error', String(error)];
      return { is: 'refused', code, why };
    }
  }
}

/** The function of a mapping as invocations name it. */
export const referenceOf = ({ functionName, qualifier }: MappingRecord): FunctionReference => ({
  name: functionName,
  qualifier,
});
