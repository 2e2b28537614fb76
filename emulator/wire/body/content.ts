import type { WireRequest } from '../wire.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { decodeGzip } from './gzip.ts';

/**
 * The request with its content codings undone: aws-chunked always, gzip only where it is the wire's own and not
 * the stored object's (`keepEncoding`). Trailers join the headers, which is where the model looks for them.
 */
export async function withPlainBody(request: WireRequest, keepEncoding: boolean): Promise<WireRequest> {
  const encodings = codings(request.headers['content-encoding']);
  const has = (coding: string) => encodings.some((one) => one.toLowerCase() === coding);
  const chunked =
    has('aws-chunked') || (request.headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false);
  const zipped = !keepEncoding && has('gzip');
  if (!chunked && !zipped) return request;

  let { body } = request;
  const headers: Record<string, string> = { ...request.headers };
  if (chunked) {
    const { bytes, trailers } = decodeAwsChunked(body, request.headers['x-amz-decoded-content-length']);
    body = bytes;
    for (const [name, value] of Object.entries(trailers))
      if (name.startsWith('x-amz-')) headers[name] ??= value;
  }
  if (zipped) body = await decodeGzip(body);
  headers['content-length'] = String(body.length);
  // S3 stores the other codings with the object, and never `aws-chunked`.
  const kept = encodings.filter(
    (coding) => !/^aws-chunked$/i.test(coding) && !(zipped && /^gzip$/i.test(coding)),
  );
  if (kept.length > 0) headers['content-encoding'] = kept.join(',');
  else delete headers['content-encoding'];
  return { ...request, headers, body };
}

function codings(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
}
