/** What arrives on the channel that a runtime's bootstrap writes its output to. */
export type Frame =
  | { readonly kind: 'message'; readonly text: string }
  /** What the function wrote to a stream itself: lines have to be found in it. The bytes hold during the call. */
  | { readonly kind: 'printed'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  /** All output of an invocation has been sent. */
  | { readonly kind: 'complete'; readonly requestId: string; readonly peakKB: number | undefined };

/** Bytes that CloudWatch Logs keeps of one event: 1 MB less its own 26. */
export const longestEvent = 1024 * 1024 - 26;

const headerSize = 16;
const toStdout = 0xa55ac001;
const toStderr = 0xa55ac002;
const complete = 0xa55ac003;

/**
 * Takes frames out of a stream of bytes. Holds no more of a frame than an event may have, so that a function
 * which logs without end does not grow the cloud. Bytes that are no frame (a function wrote to the channel
 * itself) are passed on as printed.
 *
 * @param take called for each frame, in order
 * @returns the way to feed bytes
 */
export function readFrames(take: (frame: Frame) => void): (bytes: Uint8Array) => void {
  let header: Buffer = Buffer.alloc(0);
  let type = 0;
  let missing = -1;
  let kept: Buffer[] = [];
  let size = 0;
  let broken = false;

  const finish = (): void => {
    const body = kept.length === 1 ? (kept[0] ?? header) : Buffer.concat(kept);
    kept = [];
    size = 0;
    missing = -1;
    const frame = asFrame(type, body);
    if (frame !== undefined) take(frame);
  };

  return (bytes) => {
    let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (rest.length > 0) {
      if (broken) {
        take({ kind: 'printed', stream: 'stdout', bytes: rest });
        return;
      }
      if (missing < 0) {
        header = header.length === 0 ? rest : Buffer.concat([header, rest]);
        if (header.length < headerSize) {
          // Kept bytes are copied: the socket uses its buffer again.
          header = Buffer.from(header);
          return;
        }
        rest = header;
        header = Buffer.alloc(0);
        type = rest.readUInt32BE(0);
        if (type >>> 16 !== 0xa55a) {
          broken = true;
          continue;
        }
        missing = rest.readUInt32BE(4);
        rest = rest.subarray(headerSize);
        if (missing === 0) {
          finish();
          continue;
        }
      }
      const part = rest.subarray(0, missing);
      rest = rest.subarray(part.length);
      missing -= part.length;
      const wanted = part.subarray(0, Math.max(0, longestEvent - size));
      size += wanted.length;
      if (wanted.length > 0) kept.push(missing === 0 ? wanted : Buffer.from(wanted));
      if (missing === 0) finish();
    }
  };
}

function asFrame(type: number, body: Buffer): Frame | undefined {
  if (type === toStdout) return { kind: 'printed', stream: 'stdout', bytes: body };
  if (type === toStderr) return { kind: 'printed', stream: 'stderr', bytes: body };
  if (type !== complete) return { kind: 'message', text: wholeText(body) };
  try {
    const mark = JSON.parse(body.toString()) as { requestId?: unknown; peakKB?: unknown } | null;
    if (typeof mark?.requestId !== 'string') return undefined;
    const peakKB = typeof mark.peakKB === 'number' ? mark.peakKB : undefined;
    return { kind: 'complete', requestId: mark.requestId, peakKB };
  } catch {
    return undefined;
  }
}

/** UTF-8 as text. A character that was cut at the end is dropped. */
export function wholeText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return bytes.length >= longestEvent ? text.replace(/\ufffd+$/, '') : text;
}
