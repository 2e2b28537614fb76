import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../wire/wire.ts';
import { basicDate, findCredentials, type Credentials } from './access/credentials.ts';
import { hasEnded, verifySignature } from './signature.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const MINUTE = 60_000;

/* The hash that the SDK's signer asks for. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === 'string' || secret === undefined ? secret : bytesOf(secret);
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('not used');
  }
}
function bytesOf(data: ArrayBuffer | ArrayBufferView): Buffer {
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

interface Plain {
  readonly method: string;
  /** As it goes over the wire. */
  readonly path: string;
  readonly query: Record<string, string | string[]>;
  readonly headers: Record<string, string>;
  readonly body: string;
}
const plain: Plain = {
  method: 'POST',
  path: '/2015-03-31/functions/hello/invocations',
  query: { Qualifier: '$LATEST' },
  headers: { host: '127.0.0.1:4566', 'content-type': 'application/json' },
  body: '{"name":"Ada"}',
};

function signer(service: string, sessionToken?: string): SignatureV4 {
  return new SignatureV4({
    service,
    region: 'eu-west-1',
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
    credentials: {
      accessKeyId: '111122223333',
      secretAccessKey: SECRET,
      ...(sessionToken && { sessionToken }),
    },
  });
}
interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
}
function overTheWire(signed: Signed, body: string | Buffer): WireRequest {
  const query = Object.entries(signed.query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one ?? '')}`),
  );
  const headers = Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: signed.method,
    path: signed.path,
    query: query.join('&'),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.from(body),
  };
}
const httpRequest = ({ method, path, query, headers, body }: Plain) => ({
  method,
  path,
  query,
  headers,
  body,
  protocol: 'http:',
  hostname: '127.0.0.1',
});
async function signed(request: Plain, service = 'lambda', at = NOW, token?: string): Promise<WireRequest> {
  const result = await signer(service, token).sign(httpRequest(request), { signingDate: new Date(at) });
  return overTheWire(result, request.body);
}
async function presigned(request: Plain, service: string, expiresIn: number): Promise<WireRequest> {
  const result = await signer(service).presign(httpRequest(request), {
    signingDate: new Date(NOW),
    expiresIn,
  });
  return overTheWire(result, request.body);
}
function credentialsOf(request: WireRequest): Credentials {
  const found = findCredentials(request);
  if (found.kind !== 'found') throw new Error(`No credentials: ${JSON.stringify(found)}`);
  return found.credentials;
}
const verify = (request: WireRequest, secret = SECRET, now = NOW) =>
  verifySignature(request, credentialsOf(request), secret, now);

describe('signatures of the SDK', () => {
  it('are right, and name key, region and service', async () => {
    const request = await signed(plain, 'lambda', NOW, 'a session token');
    expect(credentialsOf(request)).toMatchObject({
      accessKeyId: '111122223333',
      region: 'eu-west-1',
      service: 'lambda',
      sessionToken: 'a session token',
      expires: undefined,
    });
    expect(verify(request)).toBeUndefined();
  });

  it.each(['lambda', 's3'])('are right for any path, query, header and body (%s)', async (service) => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const segment = text.filter((each) => each !== '.' && each !== '..');
    // The SDK's signer keeps the query in a plain object and loses a parameter of this name: it signs without it.
    const name = text.filter((each) => each !== '__proto__');
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { maxLength: 4 }),
        fc.dictionary(name, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })), { maxKeys: 4 }),
        fc.string({ unit: fc.constantFrom('a', ' ', '  ', 'b,', '\t'), maxLength: 8 }),
        text,
        async (segments, query, header, body) => {
          const path = `/${segments.map(encodeURIComponent).join('/')}`;
          const headers = { ...plain.headers, 'x-amz-meta-note': header };
          const request = await signed({ ...plain, path, query, headers, body }, service);
          expect(verify(request)).toBeUndefined();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are wrong when anything that they cover was changed', async () => {
    const request = await signed(plain);
    const wrong = { kind: 'mismatch' };
    expect(verify(request, 'another secret')).toEqual(wrong);
    expect(verify({ ...request, method: 'PUT' })).toEqual(wrong);
    expect(verify({ ...request, path: `${request.path}x` })).toEqual(wrong);
    expect(verify({ ...request, query: 'Qualifier=1' })).toEqual(wrong);
    expect(verify({ ...request, headers: { ...request.headers, host: 'localhost:4566' } })).toEqual(wrong);
    expect(verify({ ...request, body: Buffer.from('{"name":"Eve"}') })).toEqual(wrong);
  });

  it('must cover the host and every x-amz header', async () => {
    const request = await signed(plain);
    const added = { ...request, headers: { ...request.headers, 'x-amz-invocation-type': 'Event' } };
    expect(verify(added)).toEqual({
      kind: 'mismatch',
      detail: "'x-amz-invocation-type' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });

  it('of S3 cover the payload by its stated hash, or say that they do not', async () => {
    const request = await signed({ ...plain, method: 'PUT' }, 's3');
    expect(verify({ ...request, body: Buffer.from('changed') })).toEqual({ kind: 'payload' });
    const headers = { ...plain.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const open = await signed({ ...plain, headers }, 's3');
    expect(verify({ ...open, body: Buffer.from('changed') })).toBeUndefined();
  });

  it('hold for 15 minutes either way', async () => {
    const request = await signed(plain);
    expect(verify(request, SECRET, NOW + 15 * MINUTE)).toBeUndefined();
    expect(verify(request, SECRET, NOW - 15 * MINUTE)).toBeUndefined();
    expect(verify(request, SECRET, NOW + 15 * MINUTE + 1000)).toEqual({
      kind: 'skewed',
      detail:
        'Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T031906Z - 15 min.)',
    });
    expect(verify(request, SECRET, NOW - 16 * MINUTE)).toMatchObject({
      kind: 'skewed',
      detail: expect.stringContaining(
        'Signature not yet current: 20260102T030405Z is still later than',
      ) as string,
    });
  });
});

describe('presigned addresses', () => {
  it.each(['lambda', 's3'])('are right until they end (%s)', async (service) => {
    // As the SDK's presigner does: S3 signs that the payload is not signed.
    const open: Record<string, string> =
      service === 's3' ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {};
    const headers = { host: '127.0.0.1:4566', ...open };
    const request = await presigned({ ...plain, method: 'GET', headers, body: '' }, service, 60);
    expect(Object.keys(request.headers)).toEqual(['host']);
    expect(verify(request)).toBeUndefined();
    expect(verify({ ...request, path: '/another' })).toEqual({ kind: 'mismatch' });
    expect(verify(request, SECRET, NOW + 61_000)).toEqual({ kind: 'ended' });
  });

  it('of S3 leave the payload open', async () => {
    const headers = { host: plain.headers['host'] ?? '', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const result = await signer('s3').presign(
      { ...httpRequest({ ...plain, headers, method: 'PUT' }) },
      { signingDate: new Date(NOW), expiresIn: 60, unhoistableHeaders: new Set() },
    );
    const request = overTheWire(result, 'any bytes');
    expect(verify(request)).toBeUndefined();
  });

  it('end whether or not signatures are verified', async () => {
    const credentials = credentialsOf(await presigned(plain, 's3', 60));
    expect(hasEnded(credentials, NOW + 60_000)).toBe(false);
    expect(hasEnded(credentials, NOW + 60_001)).toBe(true);
  });

  it('of the old kind are recognised, and not verified', () => {
    const ends = String(NOW / 1000 + 60);
    const request = {
      ...overTheWire({ ...plain, headers: {} }, ''),
      query: `AWSAccessKeyId=k&Signature=s&Expires=${ends}`,
    };
    expect(credentialsOf(request)).toMatchObject({ accessKeyId: 'k', service: 's3', version: 'v2' });
    expect(verify(request)).toEqual({ kind: 'unsupported' });
    expect(hasEnded(credentialsOf(request), NOW)).toBe(false);
    expect(hasEnded(credentialsOf(request), NOW + 61_000)).toBe(true);
  });
});

describe('uploads in signed chunks', () => {
  const chunks = ['a'.repeat(70_000), 'b'.repeat(1_000), ''];
  const trailer = 'x-amz-checksum-crc32c:sOO8/Q==';
  const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

  /* By https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html, with the SDK's signer for each text. */
  async function upload(withTrailer: boolean): Promise<WireRequest> {
    const mode = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${withTrailer ? '-TRAILER' : ''}`;
    const headers = { ...plain.headers, 'x-amz-content-sha256': mode, 'content-encoding': 'aws-chunked' };
    const head = await signed({ ...plain, method: 'PUT', headers }, 's3');
    const date = basicDate(NOW);
    const scope = `${date.slice(0, 8)}/eu-west-1/s3/aws4_request`;
    const sign = async (algorithm: string, ...parts: string[]): Promise<string> =>
      await signer('s3').sign([algorithm, date, scope, ...parts].join('\n'), { signingDate: new Date(NOW) });
    let previous = credentialsOf(head).signature;
    let body = '';
    for (const chunk of chunks) {
      previous = await sign('AWS4-HMAC-SHA256-PAYLOAD', previous, hex(''), hex(chunk));
      body += `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}`;
      if (chunk !== '') body += '\r\n';
    }
    if (withTrailer) {
      const signature = await sign('AWS4-HMAC-SHA256-TRAILER', previous, hex(`${trailer}\n`));
      body += `${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
    } else {
      body += '\r\n';
    }
    return { ...head, body: Buffer.from(body) };
  }

  it.each([false, true])(
    'are right (with a trailer: %s), and wrong if any byte of one was changed',
    async (withTrailer) => {
      const request = await upload(withTrailer);
      expect(verify(request)).toBeUndefined();
      const text = Buffer.from(request.body).toString('latin1');
      const ends = withTrailer ? [text.indexOf('sOO8'), text.indexOf('trailer-signature:') + 20] : [];
      for (const at of [
        text.indexOf('aaa') + 5,
        text.indexOf('bbb') + 5,
        text.indexOf('signature=') + 12,
        ...ends,
      ]) {
        const body = Buffer.from(request.body);
        body[at] = (body[at] ?? 0) ^ 1;
        expect(verify({ ...request, body })).toEqual({ kind: 'mismatch' });
      }
      const cut = request.body.subarray(0, request.body.length / 2);
      expect(verify({ ...request, body: cut })).toEqual({ kind: 'mismatch' });
    },
  );
});

describe('what is no signature', () => {
  const header = (authorization: string, more: Record<string, string> = {}): WireRequest => ({
    ...overTheWire({ ...plain, headers: { authorization, ...more } }, ''),
  });
  const dated = { 'x-amz-date': '20260102T030405Z' };

  it('is told from one that is malformed', () => {
    expect(findCredentials(overTheWire({ ...plain, headers: {} }, ''))).toEqual({ kind: 'none' });
  });

  it.each([
    ['Basic dGVzdDp0ZXN0', {}, "Unsupported AWS 'algorithm': 'Basic'."],
    [
      'AWS4-HMAC-SHA256 nonsense',
      dated,
      "'nonsense' not a valid key=value pair (missing equal-sign) in Authorization header.",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=k/20260102/us-east-1/lambda/aws4_request',
      {},
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=k/20260102, SignedHeaders=host, Signature=0',
      dated,
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'k/20260102'",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=k/20260102/US:EAST/lambda/aws4_request, SignedHeaders=host, Signature=0',
      dated,
      'Credential should be scoped to a valid region.',
    ],
    [
      'AWS4-HMAC-SHA256 Credential=k/20250102/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
      dated,
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20250102' != '20260102', from '20260102T030405Z'.",
    ],
  ])('%s', (authorization, more, message) => {
    expect(findCredentials(header(authorization, more))).toEqual({
      kind: 'malformed',
      where: 'header',
      message,
    });
  });

  it('in an address needs all of its parameters', () => {
    const request = {
      ...header(''),
      headers: {},
      query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k',
    };
    expect(findCredentials(request)).toMatchObject({ kind: 'malformed', where: 'query' });
  });
});
