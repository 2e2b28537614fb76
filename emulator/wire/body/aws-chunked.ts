import { ServiceFailure } from '../../service/failure.ts';

/**
 * Undoes the aws-chunked coding, signed or not, in the memory of the body itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …/sigv4-streaming-trailers.html
 *
 * @param length the `x-amz-decoded-content-length` header: the bytes there must be, or undefined where it is absent
 * @throws ServiceFailure `IncompleteBody` where the body ends early or has another length
 */
export function decodeAwsChunked(
  body: Uint8Array,
  length: string | undefined,
): { bytes: Uint8Array; trailers: Readonly<Record<string, string>> } {
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // In place: an upload may be a gigabyte, and what was behind a chunk is always longer than what was before it.
  let kept = 0;
  const trailers: Record<string, string> = {};
  let at = 0;
  for (;;) {
    const [header, afterHeader] = lineAt(source, at);
    const digits = /^([0-9a-f]{1,8})(?:;[^\r\n]*)?$/i.exec(header)?.[1];
    if (digits === undefined) throw incomplete();
    const size = Number.parseInt(digits, 16);
    at = afterHeader;
    if (size === 0) break;
    if (at + size > source.length) throw incomplete();
    source.copyWithin(kept, at, at + size);
    kept += size;
    at += size;
    if (source.toString('latin1', at, at + 2) !== '\r\n') throw incomplete();
    at += 2;
  }
  while (at < source.length) {
    const [line, next] = lineAt(source, at);
    at = next;
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  const bytes = source.subarray(0, kept);
  if (length !== undefined && Number(length) !== bytes.length) throw incomplete();
  return { bytes, trailers };
}

/** A line and where the next begins. The last line may lack its end. */
function lineAt(source: Buffer, at: number): [line: string, next: number] {
  const end = source.indexOf('\r\n', at, 'latin1');
  if (end < 0) return [source.toString('latin1', at), source.length];
  return [source.toString('latin1', at, end), end + 2];
}

function incomplete(): ServiceFailure {
  return new ServiceFailure(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    { status: 400 },
  );
}
