import type { Visit } from '../../../../service/site.ts';
import type { Scope } from '../../../../service/call.ts';
import type { ApiRequest } from '../exchange.ts';
import { Headers } from './headers.ts';
import { queryOf } from '../../../../gateway/request/query.ts';

/** Where a request goes, below an API's address. */
export interface Address {
  readonly apiId: string;
  readonly stageName: string;
  /** After the stage, percent-encoded; slashes at its beginning are one (recorded on AWS). */
  readonly rawPath: string;
  /** With the stage, as the client wrote it, but for slashes before the stage. */
  readonly fullPath: string;
  /** The custom domain name that the client asked at. */
  readonly domainName?: string;
}

/** Takes the stage off a path. @param path beginning with `/` */
export function addressOf(apiId: string, path: string): Address {
  const start = path.search(/[^/]/);
  const full = start === -1 ? '/' : path.slice(start - 1);
  const end = full.indexOf('/', 1);
  const stageName = end === -1 ? full.slice(1) : full.slice(1, end);
  const rest = end === -1 ? '' : full.slice(end);
  const first = rest.search(/[^/]/);
  return { apiId, stageName, rawPath: first === -1 ? '/' : rest.slice(first - 1), fullPath: full };
}

/** A request as the gateway works with it. @param now ms since 1970, cloud time */
export function requestOf(
  visit: Visit,
  { apiId, rawPath, fullPath, domainName }: Address,
  scope: Scope,
  body: Uint8Array,
  now: number,
): ApiRequest {
  const { head, domain } = visit;
  const headers = new Headers(visit.rawHeaders);
  const host = headers.get('host') ?? '';
  const before = headers.get('x-forwarded-for');
  headers.set('X-Amzn-Trace-Id', traceOf(headers.get('x-amzn-trace-id'), visit.requestId, now));
  headers.set('X-Forwarded-For', before === undefined ? visit.sourceIp : `${before}, ${visit.sourceIp}`);
  headers.set('X-Forwarded-Port', /:(\d+)$/.exec(host)?.[1] ?? '80');
  headers.set('X-Forwarded-Proto', 'http');
  return {
    method: head.method.toUpperCase(),
    rawPath,
    toldPath: domainName === undefined ? rawPath : fullPath,
    headers: headers.values,
    query: queryOf(head.query),
    rawQuery: head.query,
    body,
    sourceIp: visit.sourceIp,
    protocol: visit.protocol,
    domainName:
      domainName ??
      (domain.startsWith(`${apiId}.`) ? domain : `${apiId}.execute-api.${scope.region}.localhost`),
    domainPrefix: domainName === undefined ? apiId : (domainName.split('.')[0] ?? ''),
  };
}

/** The client's own root goes on; else the request gets one. */
function traceOf(given: string | undefined, requestId: string, now: number): string {
  if (given !== undefined && /(?:^|;)\s*Root=/.test(given)) return given;
  const root = `Root=1-${Math.floor(now / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`;
  return given === undefined || given.trim() === '' ? root : `${given};${root}`;
}
