import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../wire/wire.ts';
import { basicDate, basicTime, type Credentials } from './access/credentials.ts';
import { verifyChunks } from './access/chunk-signatures.ts';

/** What is wrong with a signature. `detail` is set where AWS says more than that it does not match. */
export type SignatureProblem =
  | { readonly kind: 'mismatch'; readonly detail?: string }
  | { readonly kind: 'skewed'; readonly detail: string }
  | { readonly kind: 'ended' }
  | { readonly kind: 'payload' }
  | { readonly kind: 'unsupported' };

/** How far a client's clock may be off (https://docs.aws.amazon.com/general/latest/gr/signing-elements.html), in ms. */
const SKEW = 15 * 60_000;
/** What stands for a payload's hash where the payload is not signed, or signed piece by piece. */
const UNSIGNED = new Set(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']);
const CHUNKED = new Set(['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER']);

/** Whether a presigned address is past its end. Checked always: that they end is what one learns about them. */
export function hasEnded(credentials: Credentials, now: number): boolean {
  if (credentials.expires === undefined) return false;
  const ends =
    credentials.version === 'v2'
      ? credentials.expires * 1000
      : basicTime(credentials.signedAt) + credentials.expires * 1000;
  return !(now <= ends);
}

/**
 * Verifies a request's SigV4 signature as AWS does
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html): the header or the
 * presigned address, the time, the payload's hash and, for aws-chunked uploads, every chunk and the trailer.
 * @param now the host's time in ms since 1970: clients sign with theirs, whatever the cloud's clock says
 */
export function verifySignature(
  request: WireRequest,
  credentials: Credentials,
  secret: string,
  now: number,
): SignatureProblem | undefined {
  if (credentials.version === 'v2') return { kind: 'unsupported' };
  const time = problemOfTime(credentials, now);
  if (time !== undefined) return time;

  const unsigned = headersThatMustBeSigned(request, credentials).find(
    (name) => !credentials.signedHeaders.includes(name),
  );
  if (unsigned !== undefined)
    return { kind: 'mismatch', detail: `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.` };

  const key = signingKey(secret, credentials);
  const stated = payloadHash(request, credentials);
  const scope = `${credentials.date}/${credentials.region}/${credentials.service}/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    credentials.signedAt,
    scope,
    sha256(canonicalRequest(request, credentials, stated)),
  ].join('\n');
  if (!same(hmac(key, toSign).toString('hex'), credentials.signature)) return { kind: 'mismatch' };

  if (UNSIGNED.has(stated)) return undefined;
  if (CHUNKED.has(stated))
    return verifyChunks(request, { key, scope, signedAt: credentials.signedAt, seed: credentials.signature })
      ? undefined
      : { kind: 'mismatch' };
  return same(stated, sha256(request.body)) ? undefined : { kind: 'payload' };
}

function problemOfTime(credentials: Credentials, now: number): SignatureProblem | undefined {
  const signed = basicTime(credentials.signedAt);
  const { signedAt } = credentials;
  if (Number.isNaN(signed)) return { kind: 'mismatch' };
  if (signed > now + SKEW)
    return {
      kind: 'skewed',
      detail: `Signature not yet current: ${signedAt} is still later than ${basicDate(now + SKEW)} (${basicDate(now)} + 15 min.)`,
    };
  if (credentials.expires !== undefined) return hasEnded(credentials, now) ? { kind: 'ended' } : undefined;
  if (signed < now - SKEW)
    return {
      kind: 'skewed',
      detail: `Signature expired: ${signedAt} is now earlier than ${basicDate(now - SKEW)} (${basicDate(now)} - 15 min.)`,
    };
  return undefined;
}

/**
 * What is wrong with a presigned request whatever its signature: headers that came with it and were not signed, or
 * that were signed and did not come.
 */
export function presignedProblem(
  request: Omit<WireRequest, 'body'>,
  credentials: Credentials,
): { readonly unsigned: readonly string[] } | { readonly absent: readonly string[] } | undefined {
  if (credentials.expires === undefined || credentials.version === 'v2') return undefined;
  const unsigned = headersThatMustBeSigned(request, credentials).filter(
    (name) => !credentials.signedHeaders.includes(name),
  );
  if (unsigned.length > 0) return { unsigned };
  const absent = credentials.signedHeaders.filter((name) => request.headers[name] === undefined);
  return absent.length > 0 ? { absent } : undefined;
}

/* The host and every x-amz-* header: one that is not signed could have been added on the way. */
function headersThatMustBeSigned(request: Omit<WireRequest, 'body'>, credentials: Credentials): string[] {
  const names = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  // Presigned addresses carry in their query what a header would say; these two need no signature there.
  const inQuery = new Set(['x-amz-content-sha256', 'x-amz-user-agent']);
  return ['host', ...names.filter((name) => credentials.expires === undefined || !inQuery.has(name))];
}

function payloadHash(request: WireRequest, credentials: Credentials): string {
  const stated = request.headers['x-amz-content-sha256'];
  if (stated !== undefined) return stated;
  return credentials.expires !== undefined && credentials.service === 's3'
    ? 'UNSIGNED-PAYLOAD'
    : sha256(request.body);
}

function canonicalRequest(request: WireRequest, credentials: Credentials, payload: string): string {
  const headers = credentials.signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').replace(/[ \t]+/g, ' ').trim()}\n`,
  );
  return [
    request.method,
    credentials.service === 's3' ? request.path : canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.join(''),
    credentials.signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/* Every service but S3 signs the path normalised and encoded once more than it is sent. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return encode(`/${segments.join('/')}${trailing}`).replaceAll('%2F', '/');
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [encode(decode(part)), '']
        : [encode(decode(part.slice(0, equals))), encode(decode(part.slice(equals + 1)))];
    })
    .filter(([name]) => name.toLowerCase() !== 'x-amz-signature')
    .map(([name, value]) => `${name}=${value}`)
    .sort(byNameThenValue)
    .join('&');
}

/* By bytes: everything but ASCII is encoded by now. The name ends at the equals sign, which sorts behind `-`. */
function byNameThenValue(a: string, b: string): number {
  const [nameA = '', valueA = ''] = a.split('=');
  const [nameB = '', valueB = ''] = b.split('=');
  return compare(nameA, nameB) || compare(valueA, valueB);
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/* RFC 3986: everything but letters, digits and -._~ */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The signature over a text that is no request: the policy of a form.
 * @param scope `date/region/service/aws4_request`
 */
export function signatureOf(secret: string, scope: string, text: string): string {
  const [date = '', region = '', service = ''] = scope.split('/');
  return hmac(signingKey(secret, { date, region, service }), text).toString('hex');
}

function signingKey(
  secret: string,
  { date, region, service }: Pick<Credentials, 'date' | 'region' | 'service'>,
): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
