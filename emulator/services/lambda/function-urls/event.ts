import { drawnText } from '../../../trail/drawn-text.ts';
import { identityOf } from '../../../gateway/functions/signed-identity.ts';
import { isText } from '../../../gateway/functions/text.ts';
import { joinedQuery } from '../../../gateway/request/query.ts';
import { requestTime } from '../../../gateway/request/time.ts';
import type { Principal } from '../../../service/call.ts';
import type { Visit } from '../../../service/site.ts';

/**
 * A request as the function gets it: payload format 2.0 (Lambda Developer Guide, "Invoking Lambda function URLs").
 * @param principal who signed it, where the URL asks for that
 * @param now ms since 1970 in the cloud's time
 */
export function eventOf(
  visit: Visit,
  body: Uint8Array,
  principal: Principal | undefined,
  now: number,
): Record<string, unknown> {
  const { head, id, domain, sourceIp, requestId } = visit;
  const { cookie, ...headers } = head.headers;
  const cookies = cookie?.split(/;\s*/).filter((one) => one !== '') ?? [];
  const query = joinedQuery(head.query);
  const text = isText(headers['content-type']) && headers['content-encoding'] === undefined;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: head.path,
    rawQueryString: head.query,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: {
      ...headers,
      ...(cookie === undefined ? {} : { cookie }),
      'x-amzn-trace-id': `Root=1-${Math.floor(now / 1000).toString(16)}-${drawnText(12, 'hex')}`,
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': /:(\d+)$/.exec(headers['host'] ?? '')?.[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: principal?.account ?? 'anonymous',
      apiId: id,
      ...(principal === undefined ? {} : { authorizer: { iam: identityOf(principal) } }),
      domainName: domain,
      domainPrefix: id,
      http: {
        method: head.method,
        path: head.path,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? null,
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: requestTime(now),
      timeEpoch: now,
    },
    ...(body.length === 0 ? {} : { body: Buffer.from(body).toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}
