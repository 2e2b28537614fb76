import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../../wire/wire.ts';

/** What the signatures of an upload's chunks rest on. */
export interface ChunkSigning {
  readonly key: Buffer;
  /** `date/region/service/aws4_request` */
  readonly scope: string;
  readonly signedAt: string;
  /** The signature of the request's headers, with which the chain begins. */
  readonly seed: string;
}

const EMPTY_HASH = createHash('sha256').digest('hex');

/**
 * Verifies the chain of chunk signatures of an aws-chunked upload, and its trailer's where there is one
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html).
 */
export function verifyChunks(request: WireRequest, { key, scope, signedAt, seed }: ChunkSigning): boolean {
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const sign = (algorithm: string, ...parts: readonly string[]): string =>
    createHmac('sha256', key)
      .update([algorithm, signedAt, scope, ...parts].join('\n'))
      .digest('hex');
  let previous = seed;
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd === -1) return false;
    const stated = /^([0-9a-f]+);chunk-signature=([0-9a-f]{64})$/i.exec(body.toString('latin1', at, lineEnd));
    const size = Number.parseInt(stated?.[1] ?? '', 16);
    if (stated === null || !Number.isSafeInteger(size)) return false;
    const chunk = body.subarray(lineEnd + 2, lineEnd + 2 + size);
    const expected = sign('AWS4-HMAC-SHA256-PAYLOAD', previous, EMPTY_HASH, hash(chunk));
    if (chunk.length !== size || stated[2] !== expected) return false;
    previous = expected;
    at = lineEnd + 2 + size;
    if (size === 0) break;
    at += 2;
  }
  if (request.headers['x-amz-content-sha256'] !== 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER') return true;

  const lines = body
    .toString('utf8', at)
    .split('\r\n')
    .filter((line) => line !== '');
  const signature = lines.find((line) => line.startsWith('x-amz-trailer-signature:'));
  const trailers = lines.filter((line) => line !== signature).map((line) => `${line}\n`);
  const expected = sign('AWS4-HMAC-SHA256-TRAILER', previous, hash(trailers.join('')));
  return signature?.slice('x-amz-trailer-signature:'.length).trim() === expected;
}

function hash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
