import type { Blobs } from '../../../state/blobs.ts';
import type { Piece } from '../rows.ts';
import type { ByteRange } from './ranges.ts';

/** The bytes of an object, or a range of them, one piece in memory at a time. */
export async function* bytesOf(
  blobs: Blobs,
  pieces: readonly Piece[],
  range?: ByteRange,
): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const { blob, size } of pieces) {
    const from = Math.max(0, (range?.first ?? 0) - start);
    const to = Math.min(size, range === undefined ? size : range.last + 1 - start);
    if (from < to) {
      const bytes = await blobs.get(blob);
      yield from === 0 && to === size ? bytes : bytes.subarray(from, to);
    }
    start += size;
  }
}

/** {@link bytesOf} as one array. */
export async function wholeBytes(
  blobs: Blobs,
  pieces: readonly Piece[],
  range?: ByteRange,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(blobs, pieces, range)) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
