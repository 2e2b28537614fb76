import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobRef, Blobs } from './blobs.ts';

/** Blobs in a folder, with what only their owner does. */
export interface BlobFiles extends Blobs {
  /**
   * Removes files that no value refers to and that nobody has put since the start.
   * @returns how many were removed
   */
  collect(values: Iterable<unknown>): number;
}

export interface BlobOptions {
  readonly home: string;
  /** Whether bytes must outlive a power cut. Where nothing is kept anyway, waiting for the disk is waste. */
  readonly durable: boolean;
}

/** Opens the blobs that are kept in a home: one file for each content, named by its SHA-256. */
export function openBlobs({ home, durable }: BlobOptions): BlobFiles {
  const folder = join(home, 'blobs');
  const incoming = join(folder, 'incoming');
  // What a killed process was writing.
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  const used = new Set<string>();
  const underway = new Map<string, Promise<void>>();

  const fileOf = (digest: string): string => join(folder, digest.slice(0, 2), digest);
  const write = async (digest: string, bytes: Uint8Array): Promise<void> => {
    const path = fileOf(digest);
    if (await hasSize(path, bytes.length)) return;
    const temporary = join(incoming, randomUUID());
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        if (durable) await file.sync();
      } finally {
        await file.close();
      }
      await mkdir(dirname(path), { recursive: true });
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  };

  return {
    put: async (bytes) => {
      const digest = createHash('sha256').update(bytes).digest('hex');
      used.add(digest);
      let writing = underway.get(digest);
      if (writing === undefined) {
        writing = write(digest, bytes).finally(() => underway.delete(digest));
        underway.set(digest, writing);
      }
      await writing;
      return `blob:${digest}`;
    },
    get: async (ref) => await readFile(fileOf(digestOf(ref))),
    collect: (values) => {
      for (const value of values) addReferences(value, used);
      let removed = 0;
      for (const prefix of readdirSync(folder)) {
        if (prefix.length !== 2) continue;
        for (const digest of readdirSync(join(folder, prefix))) {
          if (used.has(digest)) continue;
          unlinkSync(join(folder, prefix, digest));
          removed += 1;
        }
      }
      return removed;
    },
  };
}

async function hasSize(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size;
  } catch {
    return false;
  }
}

const REFERENCE = /^blob:([0-9a-f]{64})$/;

function digestOf(ref: BlobRef): string {
  const digest = REFERENCE.exec(ref)?.[1];
  if (digest === undefined) throw new TypeError(`Not a blob reference: ${ref}`);
  return digest;
}

/* References may stand at any depth of a row. */
function addReferences(value: unknown, digests: Set<string>): void {
  if (typeof value === 'string') {
    const digest = REFERENCE.exec(value)?.[1];
    if (digest !== undefined) digests.add(digest);
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) addReferences(member, digests);
  }
}
