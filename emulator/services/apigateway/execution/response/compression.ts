import { gunzipSync, gzipSync, inflateSync, deflateSync } from 'node:zlib';
import { valuesOf } from '../../mapping/variables.ts';
import type { ApiResponse, Values } from '../exchange.ts';

/** 10 MB (Amazon API Gateway quotas): what a small body may not unfold to. */
const LARGEST = 10_485_760;

/**
 * Packs an answer for clients that take it so, where the API says from which size on.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 * @param from bytes; undefined: nothing is packed
 */
export function packed(response: ApiResponse, headers: Values, from: number | undefined): ApiResponse {
  if (from === undefined || response.body.length < from || response.body.length === 0) return response;
  if (valuesOf(response.headers, 'content-encoding', true) !== undefined) return response;
  const accepted = (valuesOf(headers, 'accept-encoding', true) ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => (value.split(';')[0] ?? '').trim().toLowerCase());
  const coding = (['gzip', 'deflate'] as const).find((one) => accepted.includes(one));
  if (coding === undefined) return response;
  const body = coding === 'gzip' ? gzipSync(response.body) : deflateSync(response.body);
  return { ...response, headers: { ...response.headers, 'Content-Encoding': [coding] }, body };
}

/**
 * A client's body as it was before it was packed, where the API packs.
 * @returns undefined where it cannot be unpacked, or is too large then
 */
export function unpacked(
  body: Uint8Array,
  headers: Values,
  from: number | undefined,
): Uint8Array | undefined {
  const coding = valuesOf(headers, 'content-encoding', true)?.at(-1)?.trim().toLowerCase();
  if (from === undefined || body.length === 0 || (coding !== 'gzip' && coding !== 'deflate')) return body;
  try {
    const unpack = coding === 'gzip' ? gunzipSync : inflateSync;
    return unpack(body, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}
