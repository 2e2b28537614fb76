import { createHash } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { PageAccess } from '../../../service/access.ts';
import { pathWithBucket } from '../../../wire/route/routes.ts';
import type { WireAnswer, WireRequest } from '../../../wire/wire.ts';
import { bucketsNamed, decodedPath } from '../policy/access.ts';
import type { CorsRow } from './operations.ts';

type Head = Omit<WireRequest, 'body'>;

const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** What a bucket's CORS rules let web pages do. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html */
export function bucketPages(cloud: Cloud): PageAccess {
  const named = (head: Head) => {
    const path = decodedPath(pathWithBucket({ ...head, body: new Uint8Array() }));
    const [bucket = '', ...key] = path.split('/');
    return { object: key.join('/') !== '', buckets: bucketsNamed(cloud, bucket) };
  };
  const allowed = (
    head: Head,
    method: string,
    headers: readonly string[],
  ): Record<string, string> | undefined => {
    const { origin } = head.headers;
    if (origin === undefined) return undefined;
    for (const { row } of named(head).buckets)
      for (const rule of row.cors ?? []) {
        const found = answerOf(rule, origin, method, headers);
        if (found !== undefined) return found;
      }
    return undefined;
  };
  return {
    headers: (head) => allowed(head, head.method, []),
    preflight(head, requestId) {
      const { object, buckets } = named(head);
      // Of a bucket that is not there nobody is told more than that pages may not call.
      if (buckets.length === 0) return undefined;
      const method = head.headers['access-control-request-method'];
      const wanted = (head.headers['access-control-request-headers'] ?? '')
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== '');
      const found = method === undefined ? undefined : allowed(head, method, wanted);
      if (found !== undefined)
        return { status: 200, headers: { ...found, ...ids(requestId) }, body: new Uint8Array() };
      const enabled = buckets.some(({ row }) => (row.cors ?? null) !== null);
      // AWS's own words and spelling (recorded: test_s3_cors).
      return refused(
        enabled
          ? "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
          : 'CORSResponse: CORS is not enabled for this bucket.',
        method ?? 'OPTIONS',
        object && enabled ? 'OBJECT' : 'BUCKET',
        requestId,
      );
    },
  };
}

/** The first rule that allows an origin, a method and the headers decides. */
function answerOf(
  rule: CorsRow,
  origin: string,
  method: string,
  headers: readonly string[],
): Record<string, string> | undefined {
  const matching = rule.origins.find((pattern) => fits(pattern, origin));
  if (matching === undefined || !rule.methods.includes(method)) return undefined;
  const mayHave = (name: string): boolean =>
    rule.headers.some((pattern) => fits(pattern.toLowerCase(), name));
  if (!headers.every(mayHave)) return undefined;
  const any = matching === '*';
  return {
    'access-control-allow-origin': any ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
    ...(rule.exposed.length > 0 && { 'access-control-expose-headers': rule.exposed.join(', ') }),
    ...(rule.maxAge !== undefined && { 'access-control-max-age': String(rule.maxAge) }),
    ...(!any && { 'access-control-allow-credentials': 'true' }),
    vary,
  };
}

/* At most one `*` stands in a pattern. */
function fits(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function refused(message: string, method: string, type: string, requestId: string): WireAnswer {
  const safe = method.replace(/[^A-Za-z]/g, '');
  const inside = `<Code>AccessForbidden</Code><Message>${message}</Message><Method>${safe}</Method><ResourceType>${type}</ResourceType>`;
  const told = ids(requestId);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inside}<RequestId>${requestId}</RequestId><HostId>${told['x-amz-id-2']}</HostId></Error>`;
  return { status: 403, headers: { ...told, 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

function ids(requestId: string) {
  return {
    'x-amz-request-id': requestId,
    'x-amz-id-2': createHash('sha384').update(requestId).digest('base64'),
  };
}
