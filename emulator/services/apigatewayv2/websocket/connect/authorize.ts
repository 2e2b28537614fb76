import type { Cloud } from '../../../../cloud.ts';
import { methodArn } from '../../../apigateway/execution/access/arn.ts';
import { authorizeSigned } from '../../../apigateway/execution/access/iam.ts';
import {
  askAuthorizer,
  holdAgainst,
} from '../../../apigateway/execution/access/lambda-authorizer/authorize.ts';
import { identityOf } from '../../../apigateway/execution/access/lambda-authorizer/identity.ts';
import { GatewayFailure } from '../../../apigateway/execution/exchange.ts';
import { authorizerEventOf } from '../turn/event.ts';
import type { Turn } from '../turn/turn.ts';

/**
 * Lets a client connect whom the `$connect` route's authorization lets. What it decided holds as long as the
 * connection; nothing of it is kept for others.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 * @returns the API key that an authorizer named
 * @throws GatewayFailure
 */
export async function authorizeConnect(cloud: Cloud, turn: Turn): Promise<string | undefined> {
  const { route, authorizer } = turn.compiled;
  switch (route.AuthorizationType) {
    case 'AWS_IAM':
      await authorizeSigned(cloud, turn);
      return undefined;
    case 'CUSTOM': {
      if (authorizer?.AuthorizerUri === undefined)
        throw new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null);
      const definition = {
        id: authorizer.AuthorizerId,
        name: authorizer.Name,
        type: 'REQUEST' as const,
        authorizerUri: authorizer.AuthorizerUri,
        authorizerCredentials: authorizer.AuthorizerCredentialsArn,
        // The same places as REST APIs have, under another name.
        identitySource: authorizer.IdentitySource?.map((source) =>
          source.replace(/^route\./, 'method.'),
        ).join(','),
      };
      // Nothing is asked of a client without all that it should be known by.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
      if (identityOf(definition, turn).includes(undefined))
        throw new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
      const started = cloud.clock.now();
      const event = authorizerEventOf(turn, methodArn(turn));
      const verdict = await askAuthorizer(cloud, turn, definition, event);
      holdAgainst(turn, verdict, cloud.clock.now() - started);
      return verdict.usageIdentifierKey;
    }
    default:
      return undefined;
  }
}
