import { crc32 } from 'node:zlib';

/*
 * A frame is one line: the CRC-32 of a JSON text in eight hex digits, a space, the text, a line feed. JSON texts
 * hold no line feed, so that the journal can be read with any editor and a broken frame never hides the next one.
 */
const LINE_FEED = 10;
const SPACE = 32;
const CHECKSUM = 8;

/** One frame of the journal for a value that is plain JSON. */
export function frame(value: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(value), 'utf8');
  const whole = Buffer.allocUnsafe(CHECKSUM + 1 + text.length + 1);
  whole.write(crc32(text).toString(16).padStart(CHECKSUM, '0'), 0, 'latin1');
  whole[CHECKSUM] = SPACE;
  text.copy(whole, CHECKSUM + 1);
  whole[whole.length - 1] = LINE_FEED;
  return whole;
}

/** How the bytes of a journal end. */
export type JournalEnd =
  /** Every frame was whole. */
  | 'whole'
  /** The last frame was not written to its end: the process died while writing. */
  | 'torn'
  /** Bytes were changed by something other than the journal. */
  | 'corrupt';

/**
 * Reads frames up to the first one that is not whole.
 * @param receive called with each frame's value, in order
 * @returns how many bytes are good, and what the rest is
 */
export function readFrames(
  bytes: Buffer,
  receive: (value: unknown) => void,
): { readonly good: number; readonly end: JournalEnd } {
  let start = 0;
  while (start < bytes.length) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    if (lineEnd === -1) return { good: start, end: 'torn' };
    const value = parse(bytes.subarray(start, lineEnd));
    if (value === undefined) return { good: start, end: 'corrupt' };
    receive(value);
    start = lineEnd + 1;
  }
  return { good: start, end: 'whole' };
}

/* Undefined where the line is no whole frame; a frame's own value is never undefined. */
function parse(line: Buffer): unknown {
  if (line.length < CHECKSUM + 2 || line[CHECKSUM] !== SPACE) return undefined;
  const stated = line.toString('latin1', 0, CHECKSUM);
  if (!/^[0-9a-f]{8}$/.test(stated)) return undefined;
  const text = line.subarray(CHECKSUM + 1);
  if (crc32(text) !== Number.parseInt(stated, 16)) return undefined;
  return JSON.parse(text.toString('utf8')) as unknown;
}
