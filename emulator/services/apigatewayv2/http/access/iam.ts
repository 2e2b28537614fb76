import type { Cloud } from '../../../../cloud.ts';
import type { Principal } from '../../../../service/call.ts';
import { identityOf } from '../../../../gateway/functions/signed-identity.ts';
import { forbidden } from '../failure.ts';
import type { Passage } from '../passage.ts';
import { conditionsOf, requestedArn } from './conditions.ts';

/**
 * `AWS_IAM`: who signed the request must be allowed `execute-api:Invoke` by policies of their own, in the API's account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 * @throws HttpFailure 403
 */
export async function authorizeSigned(cloud: Cloud, passage: Passage): Promise<void> {
  const visitor = await passage.visitor();
  if (visitor.kind === 'anonymous') throw forbidden('The request is not signed.');
  if (visitor.kind === 'refused') throw forbidden(visitor.failure.message);
  const { principal } = visitor;
  const { served } = passage;
  identify(passage, principal);
  if (principal.account !== served.scope.account)
    throw forbidden('HTTP APIs have no policies for other accounts.');
  if (principal.kind === 'role') {
    const iam = await cloud.port('iam');
    const { account, roleName } = principal;
    const decision = iam.roleDecision(
      account,
      roleName,
      'execute-api:Invoke',
      requestedArn(passage),
      conditionsOf(passage),
    );
    if (decision !== 'allow')
      throw forbidden(`${principal.arn} may not execute-api:Invoke ${requestedArn(passage)}.`);
  }
  passage.authorized = { kind: 'iam', told: identityOf(principal) };
}

function identify({ context }: Passage, { account, arn, accessKeyId, ...principal }: Principal): void {
  const { identity } = context;
  const user = principal.kind === 'root' ? account : `${accessKeyId}:${principal.sessionName}`;
  Object.assign(identity, { accessKey: accessKeyId, accountId: account, caller: user, user, userArn: arn });
}
