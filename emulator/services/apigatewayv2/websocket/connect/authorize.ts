import type { Cloud } from '../../../../cloud.ts';
import { at, valuesOf, written } from '../../../../gateway/values.ts';
import { methodArn } from '../../../apigateway/execution/access/arn.ts';
import { authorizeSigned } from '../../../apigateway/execution/access/iam.ts';
import {
  askAuthorizer,
  holdAgainst,
} from '../../../apigateway/execution/access/lambda-authorizer/authorize.ts';
import { GatewayFailure } from '../../../apigateway/execution/exchange.ts';
import type { Variables } from '../../../apigateway/mapping/variables.ts';
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
      // Nothing is asked of a client without all that it should be known by.
      for (const source of authorizer.IdentitySource ?? [])
        if ((identityAt(source, turn.variables) ?? '') === '')
          throw new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
      const started = cloud.clock.now();
      const definition = {
        id: authorizer.AuthorizerId,
        name: authorizer.Name,
        type: 'REQUEST' as const,
        authorizerUri: authorizer.AuthorizerUri,
        authorizerCredentials: authorizer.AuthorizerCredentialsArn,
      };
      const event = authorizerEventOf(turn, methodArn(turn));
      const verdict = await askAuthorizer(cloud, turn, definition, event);
      holdAgainst(turn, verdict, cloud.clock.now() - started);
      return verdict.usageIdentifierKey;
    }
    default:
      return undefined;
  }
}

/* https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html */
function identityAt(source: string, { request, context, stageVariables }: Variables): string | undefined {
  const [, place, name = ''] =
    /^\$?(route\.request\.header|route\.request\.querystring|stageVariables|context)\.(.+)$/.exec(
      source.trim(),
    ) ?? [];
  switch (place) {
    case 'route.request.header':
      return valuesOf(request.headers, name, true)?.at(-1);
    case 'route.request.querystring':
      return valuesOf(request.query, name, false)?.at(-1);
    case 'stageVariables':
      return Object.hasOwn(stageVariables, name) ? stageVariables[name] : undefined;
    case 'context':
      return written(at(context, name));
    default:
      return undefined;
  }
}
