import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { policyFor } from './policy.ts';
import { claimsOf } from './token.ts';

/**
 * Says of a bearer token whose it is and what it may do. The gateway asks this function before it asks the back end,
 * and only where the request has a token at all.
 */
export const handler = async (event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const [, token = ''] = /^Bearer (\S+)$/i.exec(event.authorizationToken) ?? [];
  const claims = claimsOf(token, secret());
  const said = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}');
  // Neither the token nor the secret is written into the log: whoever reads one can use it.
  if (claims === undefined)
    return {
      principalId: 'nobody',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: said.effect ?? 'Deny', Resource: '*' }],
      },
    };
  const { sub, role } = claims;
  return {
    principalId: sub,
    policyDocument: policyFor(role, event.methodArn),
    // Reaches the back end as `event.requestContext.authorizer`. Texts, numbers and booleans only.
    context: { subject: sub, role },
  };
};

function secret(): string {
  const { TOKEN_SECRET } = process.env;
  if (TOKEN_SECRET === undefined) throw new Error('TOKEN_SECRET is not set');
  return TOKEN_SECRET;
}
