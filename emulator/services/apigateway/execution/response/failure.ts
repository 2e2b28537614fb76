import type { ApiDefinition } from '../../definition/definition.ts';
import type { Variables } from '../../mapping/variables.ts';
import { gatewayResponse } from '../../responses/respond.ts';
import { GATEWAY_RESPONSES } from '../../responses/types.ts';
import { NamedFailure } from '../access/signature.ts';
import { GatewayFailure, type ApiResponse } from '../exchange.ts';

/** What a client gets of a failure; one that is no gateway failure is the gateway's own. */
export function failureResponse(
  error: unknown,
  customised: ApiDefinition['gatewayResponses'],
  variables: Variables,
): ApiResponse {
  const failure =
    error instanceof GatewayFailure
      ? error
      : new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 500, cause: error });
  const response = gatewayResponse(failure, customised, variables);
  if (!(failure instanceof NamedFailure)) return response;
  const told = response.headers['x-amzn-ErrorType']?.[0];
  if (told !== GATEWAY_RESPONSES[failure.type].errorType) return response;
  return { ...response, headers: { ...response.headers, 'x-amzn-ErrorType': [failure.errorType] } };
}
