import { randomUUID } from 'node:crypto';
import type { Call } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Acting, InnerCall } from '../../service/inner-calls.ts';
import type { State } from '../../state/state.ts';
import type { Trail } from '../../trail/trail.ts';
import { refusals } from '../access/refusals.ts';
import { authorise } from './authorise.ts';
import type { ServiceHost } from './service-host.ts';

/** What calls between services rest on. */
interface InnerParts {
  readonly origin: string;
  readonly host: () => ServiceHost;
  readonly state: State;
  readonly trail: Trail;
}

/** Makes the way in which services call one another's operations. */
export function innerCalls({ origin, host, state, trail }: InnerParts): InnerCall {
  const call = async (
    acting: Acting,
    id: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<unknown> => {
    const service = await host().service(id);
    if (service === undefined) throw new Error(`The embedded cloud has no service ${id}.`);
    const run = service.operations[operation];
    if (run === undefined) throw refusals.notImplemented(service.wire, operation);
    const { principal, region, signal } = acting;
    const scope = { account: principal.account, region };
    const requestId = randomUUID();
    const facts = { service: id, operation, requestId, principal: principal.arn };
    const entry = trail.record(scope, 'api.call', facts, acting.trail);
    const made: Call = {
      ...scope,
      requestId,
      principal,
      service: id,
      operation,
      signal,
      trail: entry,
      inner: true,
      origin,
    };
    try {
      service.codec.check(operation, input);
      await authorise({ iam: () => host().port('iam'), trail }, service, made, input);
      const output = (await run(input, made)) ?? {};
      trail.complete(entry, { status: 200 });
      return output;
    } catch (error) {
      const code = error instanceof ServiceFailure ? error.code : 'InternalFailure';
      trail.complete(entry, { error: code });
      throw error;
    } finally {
      // An operation that failed may have changed something first.
      state.commit();
    }
  };
  // The input was made for the operation's own type, which the table of operations answers by.
  return call as InnerCall;
}
