import { longestEvent, wholeText } from './frames.ts';

const newline = 10;

/** Finds lines in what was printed. */
export interface Lines {
  write(bytes: Uint8Array): void;
  /** Passes on a last line that has no end. */
  flush(): void;
}

/**
 * Splits printed bytes into lines, each with its end. Of a line that is longer than an event may be, the rest
 * is dropped.
 *
 * @param take called for each line
 */
export function splitLines(take: (line: string) => void): Lines {
  let kept: Buffer[] = [];
  let size = 0;

  const keep = (part: Buffer): void => {
    const wanted = part.subarray(0, Math.max(0, longestEvent - size));
    size += wanted.length;
    if (wanted.length > 0) kept.push(wanted);
  };
  const emit = (): void => {
    const line = kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept);
    kept = [];
    size = 0;
    take(wholeText(line));
  };

  return {
    write(bytes) {
      const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let from = 0;
      for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, from)) {
        keep(data.subarray(from, end + 1));
        emit();
        from = end + 1;
      }
      // Copied: the socket uses its buffer again.
      if (from < data.length) keep(Buffer.from(data.subarray(from)));
    },
    flush() {
      if (size > 0) emit();
    },
  };
}
