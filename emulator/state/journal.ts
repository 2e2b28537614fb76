import {
  closeSync,
  copyFileSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { frame, readFrames } from './frames.ts';

/** A journal smaller than this (in bytes) is never rewritten: reading it takes a few milliseconds. */
export const SMALLEST_TO_COMPACT = 4 * 1024 * 1024;
/** How many bytes of a snapshot are gathered for one write. */
const SNAPSHOT_WRITE = 1024 * 1024;

/** What was found when a journal was opened that a person should hear of. */
export interface JournalDamage {
  /** Where a copy of the damaged journal is kept. */
  readonly copy: string;
  /** Bytes from the first broken frame on, which were not read. */
  readonly unread: number;
}

/**
 * An append-only file of frames. A frame that was appended is in the operating system's hands before `append`
 * returns, so that it outlives the process whatever becomes of it; only a power cut can take the last ones.
 */
export class Journal {
  readonly #path: string;
  #file: number;
  #size: number;
  /** Bytes of the live data when the journal was last rewritten, or opened. */
  #live: number;

  /* Use Journal.open. */
  private constructor(path: string, file: number, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
    this.#live = size;
  }

  /**
   * Opens or makes the journal at `path`. A frame that was torn by the end of the process is dropped. Where the
   * journal is corrupt, what came before is kept, and a copy of the whole is left beside it.
   * @param receive called with the value of each whole frame, in order
   */
  static open(
    path: string,
    receive: (value: unknown) => void,
  ): { readonly journal: Journal; readonly damage: JournalDamage | undefined } {
    rmSync(snapshotPath(path), { force: true });
    // `a+` makes the file where it is missing and harms nothing where it is there.
    closeSync(openSync(path, 'a+', 0o600));
    const bytes = readFileSync(path);
    const { good, end } = readFrames(bytes, receive);
    let damage: JournalDamage | undefined;
    if (end === 'corrupt') {
      const copy = `${path}.corrupt-${new Date().toISOString().replaceAll(':', '')}`;
      copyFileSync(path, copy);
      damage = { copy, unread: bytes.length - good };
    }
    const file = openSync(path, 'r+');
    ftruncateSync(file, good);
    return { journal: new Journal(path, file, good), damage };
  }

  /** Whether the journal holds so much that is outdated that it should be rewritten. */
  outgrown(smallest: number): boolean {
    return this.#size > smallest && this.#size > 2 * this.#live;
  }

  /**
   * Appends one frame with one write.
   * @throws where the disk does not take it; the journal is then as it was before
   */
  append(value: unknown): void {
    const bytes = frame(value);
    try {
      // Written at a known place, not at the end: what a failed write left behind is written over.
      writeWhole(this.#file, bytes, this.#size);
    } catch (error) {
      try {
        ftruncateSync(this.#file, this.#size);
      } catch {
        // A disk that refuses this too leaves a torn frame, which the next append or the next start removes.
      }
      throw error;
    }
    this.#size += bytes.length;
  }

  /**
   * Rewrites the journal as the fewest frames that make the present state: a temporary file, made durable, then
   * renamed over the old one, so that at every moment one whole journal exists.
   */
  compact(values: Iterable<unknown>): void {
    const temporary = snapshotPath(this.#path);
    try {
      this.#replace(temporary, writeSnapshot(temporary, values));
    } catch {
      // The disk is full, or a virus scanner holds the file: the old journal is still whole, and goes on.
      rmSync(temporary, { force: true });
    }
    // Also where it failed: so the next try comes when the journal has doubled, not at the next append.
    this.#live = this.#size;
  }

  #replace(temporary: string, size: number): void {
    // Windows renames nothing over an open file.
    closeSync(this.#file);
    try {
      renameSync(temporary, this.#path);
      this.#size = size;
    } finally {
      this.#file = openSync(this.#path, 'r+');
    }
    syncFolder(dirname(this.#path));
  }

  /** Makes everything durable and closes the file. */
  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }
}

function snapshotPath(path: string): string {
  return `${path}.new`;
}

/** Writes frames to a new file and makes it durable. Returns its size in bytes. */
function writeSnapshot(path: string, values: Iterable<unknown>): number {
  const file = openSync(path, 'w', 0o600);
  try {
    let size = 0;
    let gathered: Buffer[] = [];
    let bytes = 0;
    const flush = (): void => {
      const whole = Buffer.concat(gathered, bytes);
      writeWhole(file, whole, size);
      size += bytes;
      gathered = [];
      bytes = 0;
    };
    for (const value of values) {
      const next = frame(value);
      gathered.push(next);
      bytes += next.length;
      if (bytes >= SNAPSHOT_WRITE) flush();
    }
    flush();
    fsyncSync(file);
    return size;
  } finally {
    closeSync(file);
  }
}

/* A write to a file is short only where the disk is full: then the rest fails with the reason. */
function writeWhole(file: number, bytes: Buffer, position: number): void {
  let written = 0;
  while (written < bytes.length)
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
}

/* The rename itself is durable only when the folder is. Windows opens no folders, and needs no such thing. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
