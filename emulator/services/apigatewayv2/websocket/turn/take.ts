import { GatewayFailure, type ApiResponse } from '../../../apigateway/execution/exchange.ts';
import { integrate } from '../../../apigateway/execution/integrations/integrate.ts';
import { functionAnswer } from '../../../apigateway/execution/integrations/lambda/proxy.ts';
import type { Gates } from '../gates.ts';
import { meter } from '../../../apigateway/execution/metering/meter.ts';
import { eventOf } from './event.ts';
import type { Turn } from './turn.ts';

/** How a turn has ended: `backend` whether its back end was asked at all. */
export interface Taken {
  readonly turn: Turn;
  readonly backend: boolean;
  readonly outcome: { readonly response: ApiResponse } | { readonly failure: GatewayFailure };
}

/**
 * Takes a turn: whoever must be let in first is, then the route's back end is asked. Never throws.
 * @param admit throws GatewayFailure for who is not let in; answers the API key that somebody else named for them
 */
export async function take(
  { cloud, buckets, rest }: Gates,
  turn: Turn,
  admit: (turn: Turn) => Promise<string | undefined> = async () => await Promise.resolve(undefined),
): Promise<Taken> {
  const { context, log, scope, cause } = turn;
  let backend = false;
  try {
    log.info(() => `Starting execution for request: ${context.requestId}`);
    meter(rest(), buckets, turn, await admit(turn));
    turn.api.validation.check(turn.route.method, turn.variables.request);
    backend = true;
    const response = await integrate(cloud, turn, (_cloud, passage, integration) =>
      functionAnswer(cloud, passage, integration, () => eventOf(turn), false),
    );
    log.info(() => 'Successfully completed execution');
    return { turn, backend, outcome: { response } };
  } catch (error) {
    const failure =
      error instanceof GatewayFailure
        ? error
        : new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 500, cause: error });
    const why = error instanceof GatewayFailure ? `${error.type}: ${error.said ?? 'null'}` : String(error);
    if (!(error instanceof GatewayFailure))
      log.error(() => `Execution failed due to an internal error: ${why}`);
    cloud.trail.record(scope, 'decision', { by: 'apigateway', outcome: 'refused', why }, cause);
    return { turn, backend, outcome: { failure } };
  }
}

/** What a client is told of a failure, as AWS writes it. */
export function failureText(
  { said }: Pick<GatewayFailure, 'said'>,
  connectionId: string,
  requestId: string,
): string {
  const message = JSON.stringify(said ?? 'Internal server error');
  return `{"message": ${message}, "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}
