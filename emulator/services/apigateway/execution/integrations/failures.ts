import { GatewayFailure } from '../exchange.ts';

const internal = 'Internal server error';

/** What a back end answered is no answer, or it failed: 502. */
export const badGateway = (cause?: unknown): GatewayFailure =>
  new GatewayFailure('DEFAULT_5XX', internal, { status: 502, cause });

/** The back end could not be asked: 500. */
export const notAsked = (cause?: unknown): GatewayFailure =>
  new GatewayFailure('DEFAULT_5XX', internal, { status: 500, cause });

/** The API's own settings make no sense for a request: 500. */
export const misconfigured = (cause?: unknown): GatewayFailure =>
  new GatewayFailure('API_CONFIGURATION_ERROR', internal, { cause });

/** There was no answer in time: 504. */
export const timedOut = (): GatewayFailure =>
  new GatewayFailure('INTEGRATION_TIMEOUT', 'Endpoint request timed out');
