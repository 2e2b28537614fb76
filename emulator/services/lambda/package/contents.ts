import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import { broken, compressedBytes, readDirectory } from './directory.ts';
import type { Entry } from './directory.ts';
import { unzippedLimit } from './limits.ts';
import { invalidParameter } from '../failures.ts';
import { readLayout } from './layout.ts';
import type { PlacedEntry } from './layout.ts';

/** A package whose directory was judged: every path is inside, every size is within the limits. */
export interface Contents {
  readonly bytes: Uint8Array;
  readonly entries: readonly PlacedEntry[];
}

/**
 * Reads a package's directory and judges it before anything is inflated.
 *
 * @throws ServiceFailure `InvalidParameterValueException`: broken, empty, too large unzipped, or a path that leaves the package
 */
export function readContents(bytes: Uint8Array): Contents {
  if (bytes.length === 0) throw emptyPackage();
  const directory = readDirectory(bytes);
  let size = 0;
  let compressed = 0;
  for (const entry of directory) {
    size += entry.size;
    compressed += entry.compressedSize;
  }
  if (size >= unzippedLimit) throw unzippedTooLarge();
  // Entries that share their bytes would inflate them many times over.
  if (compressed > bytes.length) throw broken('Its entries overlap.');
  const entries = readLayout(directory, (entry) => textOf(bytes, entry));
  if (!entries.some(({ entry }) => entry.kind !== 'folder')) throw emptyPackage();
  return { bytes, entries };
}

/** Bytes that a package's files have, as its directory says. */
export function contentsSize(bytes: Uint8Array): number {
  return readDirectory(bytes).reduce((sum, { size }) => sum + size, 0);
}

/**
 * Inflates every entry once and compares lengths and checksums, so that a package that lies about itself is
 * refused at its upload and not at the first invocation.
 *
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export async function checkContents(contents: Contents): Promise<void> {
  for (const { entry } of contents.entries) {
    if (entry.kind !== 'folder') await inflate(contents.bytes, entry);
  }
}

/* Below this, handing an entry to a thread takes longer than inflating it here. */
const smallEntry = 64 * 1024;

/**
 * The bytes of one entry. Never more than the directory declares are inflated.
 * @throws ServiceFailure for data that is broken, or longer or shorter than declared
 */
export async function inflate(bytes: Uint8Array, entry: Entry): Promise<Uint8Array> {
  const compressed = compressedBytes(bytes, entry);
  if (entry.method === 'stored') return verified(entry, compressed);
  // zlib refuses a limit of 0; one byte more than declared already fails the comparison of lengths.
  const options = { maxOutputLength: entry.size + 1 };
  if (entry.size <= smallEntry) {
    let inflated: Uint8Array;
    try {
      inflated = inflateRawSync(compressed, options);
    } catch {
      throw broken(`The entry "${entry.rawName}" is damaged.`);
    }
    return verified(entry, inflated);
  }
  const inflated = await new Promise<Uint8Array>((resolve, reject) => {
    inflateRaw(compressed, options, (error, result) => {
      if (error === null) resolve(result);
      else reject(broken(`The entry "${entry.rawName}" is damaged.`));
    });
  });
  return verified(entry, inflated);
}

function verified(entry: Entry, bytes: Uint8Array): Uint8Array {
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc32) {
    throw broken(`The entry "${entry.rawName}" is damaged.`);
  }
  return bytes;
}

/* A link's target is its content: short, so read here; its checksum is compared like any other's. */
function textOf(bytes: Uint8Array, entry: Entry): string {
  if (entry.size > 4096) throw broken(`The link "${entry.rawName}" is too long.`);
  const compressed = compressedBytes(bytes, entry);
  try {
    const content =
      entry.method === 'stored'
        ? compressed
        : inflateRawSync(compressed, { maxOutputLength: entry.size + 1 });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(verified(entry, content));
  } catch {
    throw broken(`The link "${entry.rawName}" is damaged.`);
  }
}

const emptyPackage = () => invalidParameter('Uploaded file must be a non-empty zip');
const unzippedTooLarge = () => invalidParameter(`Unzipped size must be smaller than ${unzippedLimit} bytes`);
