import type { Cloud } from '../../../../cloud.ts';
import type { Principal } from '../../../../service/call.ts';
import type { Requester } from '../../../../policy/policy.ts';
import { valuesOf } from '../../mapping/variables.ts';
import { GatewayFailure } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { methodArn } from './arn.ts';
import { conditionsOf, deniedByPolicy, deniedText, resourcePolicySays } from './resource-policy.ts';
import { missingToken, notASignature, refusedSignature } from './signature.ts';

/**
 * `AWS_IAM`: who signed the request must be allowed `execute-api:Invoke`, by policies of their own or by the API's
 * in the same account, by both from another account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @throws GatewayFailure
 */
export async function authorizeSigned(cloud: Cloud, passage: Passage): Promise<void> {
  const authorization = valuesOf(passage.request.headers, 'authorization', true)?.at(-1);
  if (authorization !== undefined && !authorization.startsWith('AWS4-')) throw notASignature(authorization);
  const visitor = await passage.visitor();
  if (visitor.kind === 'anonymous') throw missingToken();
  if (visitor.kind === 'refused') throw refusedSignature(visitor.failure);
  const { principal } = visitor;
  const { account, arn } = principal;
  const iam = await cloud.port('iam');
  const role = principal.kind === 'role' ? iam.role(account, principal.roleName) : undefined;
  identify(passage, principal, role?.roleId);
  const requester: Requester = {
    kind: 'aws',
    account,
    arn,
    ...(role === undefined ? {} : { roleArn: role.arn }),
  };
  const said = resourcePolicySays(passage, requester);
  if (said === 'explicitDeny') throw deniedByPolicy(passage, arn, true);
  const own =
    principal.kind === 'root'
      ? 'allow'
      : iam.roleDecision(
          account,
          principal.roleName,
          'execute-api:Invoke',
          methodArn(passage),
          conditionsOf(passage),
        );
  if (own === 'explicitDeny')
    throw new GatewayFailure(
      'ACCESS_DENIED',
      deniedText(passage, arn, 'with an explicit deny in an identity-based policy'),
    );
  const sameAccount = account === passage.scope.account;
  if (sameAccount ? own === 'allow' || said === 'allow' : own === 'allow' && said === 'allow') return;
  if (own === 'allow') throw deniedByPolicy(passage, arn, false);
  throw new GatewayFailure(
    'ACCESS_DENIED',
    deniedText(passage, arn, 'because no identity-based policy allows the execute-api:Invoke action'),
  );
}

function identify({ context }: Passage, principal: Principal, roleId: string | undefined): void {
  const { identity } = context;
  const { account, arn, accessKeyId } = principal;
  const user = principal.kind === 'root' ? account : `${roleId ?? accessKeyId}:${principal.sessionName}`;
  identity.accessKey = accessKeyId;
  identity.accountId = account;
  identity.caller = user;
  identity.user = user;
  identity.userArn = arn;
}
