import type { Principal } from '../../service/call.ts';

/** Who signed a request, as a function that gets payload format 2.0 is told. */
export function identityOf(principal: Principal): Record<string, unknown> {
  const { account, arn, accessKeyId } = principal;
  const id = principal.kind === 'root' ? account : `${accessKeyId}:${principal.sessionName}`;
  return {
    accessKey: accessKeyId,
    accountId: account,
    callerId: id,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId: id,
  };
}
