import { extendedRequestId } from '../../../../gateway/extended-request-id.ts';
import { requestTime } from '../../../../gateway/request/time.ts';
import type { ApiRequest, RequestContext } from '../exchange.ts';

/** What `$context.identity` holds. AWS tells of each of these, if only that there is none. */
export interface IdentityContext {
  [name: string]: string | null;
  sourceIp: string;
  userAgent: string | null;
  accessKey: string | null;
  accountId: string | null;
  caller: string | null;
  user: string | null;
  userArn: string | null;
  principalOrgId: string | null;
  cognitoAuthenticationProvider: string | null;
  cognitoAuthenticationType: string | null;
  cognitoIdentityId: string | null;
  cognitoIdentityPoolId: string | null;
}

/** A `$context` whose identity is filled in as it becomes known. */
export type OwnContext = RequestContext & { readonly identity: IdentityContext };

/** `$context` as far as it is known when a request arrives. @param now ms since 1970 */
export function contextOf(
  at: {
    readonly account: string;
    readonly apiId: string;
    readonly stage: string;
    readonly deploymentId: string;
  },
  request: Pick<ApiRequest, 'method' | 'sourceIp' | 'protocol' | 'domainName' | 'domainPrefix'>,
  more: { readonly requestId: string; readonly path: string; readonly userAgent: string | undefined },
  now: number,
): OwnContext {
  return {
    accountId: at.account,
    apiId: at.apiId,
    stage: at.stage,
    deploymentId: at.deploymentId,
    requestId: more.requestId,
    extendedRequestId: extendedRequestId(),
    httpMethod: request.method,
    path: more.path,
    protocol: request.protocol,
    domainName: request.domainName,
    domainPrefix: request.domainPrefix,
    requestTime: requestTime(now),
    requestTimeEpoch: now,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: more.userAgent ?? null,
      user: null,
    },
  };
}
