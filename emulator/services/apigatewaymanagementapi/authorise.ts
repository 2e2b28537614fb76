import type { Cloud } from '../../cloud.ts';
import type { Principal } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Visit } from '../../service/site.ts';
import type { StagePlace } from './port.ts';

const ACTION = 'execute-api:ManageConnections';

/**
 * Who asks, if they may: an account its own connections, a role those that its policies name. A WebSocket API has no
 * policy that could let anybody else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @param path `@connections/…`, decoded
 * @throws ServiceFailure
 */
export async function authorisedCaller(
  cloud: Cloud,
  visit: Visit,
  { scope, apiId, stageName }: StagePlace,
  path: string,
): Promise<Principal> {
  const visitor = await visit.visitor();
  if (visitor.kind === 'refused') throw visitor.failure;
  if (visitor.kind === 'anonymous')
    throw new ServiceFailure('MissingAuthenticationTokenException', 'Missing Authentication Token', {
      status: 403,
    });
  const { principal } = visitor;
  const resource = `arn:aws:execute-api:${scope.region}:${scope.account}:${apiId}/${stageName}/${visit.head.method}/${path}`;
  const own = principal.account === scope.account;
  if (own && principal.kind === 'root') return principal;
  if (own && principal.kind === 'role') {
    const iam = await cloud.port('iam');
    if (iam.roleDecision(scope.account, principal.roleName, ACTION, resource) === 'allow') return principal;
  }
  throw new ServiceFailure(
    'AccessDeniedException',
    `User: ${principal.arn} is not authorized to perform: ${ACTION} on resource: ${resource.replace(/:\d{8}(\d{4}):/, ':********$1:')}`,
    { status: 403 },
  );
}
