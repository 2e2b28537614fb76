import type { Scope } from '../../../../service/call.ts';
import type { Visit } from '../../../../service/site.ts';
import type { ApiRequest } from '../../../apigateway/execution/exchange.ts';
import { requestOf, type Address } from '../../../apigateway/execution/request/parse.ts';
import { decoded } from '../../../apigateway/execution/routes/tree.ts';

/** A client's request as HTTP APIs work with it. */
export interface HttpRequest extends ApiRequest {
  /**
   * With the stage where it is not `$default`. HTTP APIs decode it, and end it at a `?` that was encoded (seen on
   * AWS, unlike REST APIs and function URLs). At a custom domain name it has neither a stage nor the mapping.
   */
  readonly path: string;
}

/** @param now ms since 1970, cloud time */
export function httpRequestOf(
  visit: Visit,
  address: Address,
  scope: Scope,
  body: Uint8Array,
  now: number,
): HttpRequest {
  const request = requestOf(visit, address, scope, body, now);
  const shown = address.domainName === undefined ? address.fullPath : address.rawPath;
  const [path = '/'] = decoded(shown).split('?');
  return {
    ...request,
    headers: { ...request.headers, 'Content-Length': [String(body.length)] },
    path,
  };
}

/** Headers as format 2.0 has them: names in lower case, values joined with commas. */
export function joinedHeaders({ headers }: Pick<HttpRequest, 'headers'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(',')]),
  );
}

/** The values of a header, whatever the case of its name. */
export function headerOf({ headers }: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const key in headers) if (key.toLowerCase() === wanted) return headers[key]?.join(',');
  return undefined;
}
