import type { Visit } from '../../../../service/site.ts';

/**
 * What the request line and the values of headers may have together (Amazon API Gateway quotas). The sentence of the
 * refusal was seen by users; its status is that of a body that is too large, which the same part of AWS refuses.
 */
export const LARGEST_HEAD = 10_240;

/** Bytes of a request that count towards {@link LARGEST_HEAD}: `GET /path?query HTTP/1.1`, and values of headers. */
export function headBytes({
  head,
  rawHeaders,
  protocol,
}: Pick<Visit, 'head' | 'rawHeaders' | 'protocol'>): number {
  const { method, path, query } = head;
  let bytes = method.length + path.length + (query === '' ? 0 : query.length + 1) + protocol.length + 2;
  for (let at = 1; at < rawHeaders.length; at += 2) bytes += rawHeaders[at]?.length ?? 0;
  return bytes;
}
