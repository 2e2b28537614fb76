import type { RequestContext } from '../execution/exchange.ts';
import type { Variables } from './variables.ts';

/** Variables of a request to try templates with; `change` goes over them. */
export function variablesFor(change: {
  readonly context?: Partial<RequestContext>;
  readonly stageVariables?: Record<string, string>;
  readonly request?: Partial<Variables['request']>;
}): Variables {
  return {
    context: {
      accountId: '123456789012',
      apiId: 'abc123',
      stage: 'dev',
      deploymentId: 'dep1',
      requestId: '7fa8c0f7-0000-4000-8000-000000000000',
      extendedRequestId: 'ext=',
      httpMethod: 'POST',
      path: '/dev/notes/1',
      protocol: 'HTTP/1.1',
      domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'abc123',
      requestTime: '23/Nov/2026:11:51:40 +0000',
      requestTimeEpoch: 1795434700000,
      identity: { sourceIp: '127.0.0.1', user: null },
      ...change.context,
    },
    stageVariables: change.stageVariables ?? {},
    request: { headers: {}, query: {}, path: {}, body: '', ...change.request },
  };
}
