import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { nothing } from './policy.ts';

/**
 * Says of a bearer token whose it is and what it may do. The gateway asks this function before it asks the back end,
 * and only where the request has a token at all: `event.authorizationToken` is `Bearer` and the token.
 *
 * Gap 5: this refuses every token. `claimsOf` of `token.ts` knows the good ones.
 * Gap 6: what the token's role may do is `policyFor` of `policy.ts`.
 * Gap 7: whose it is and in what role reaches the back end as `context`: `subject` and `role`.
 */
export const handler = async (
  event: APIGatewayTokenAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> => ({
  principalId: 'nobody',
  policyDocument: nothing,
});
