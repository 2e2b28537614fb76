import { invalidParameter } from '../failures.ts';
import type { ServiceFailure } from '../../../service/failure.ts';

/** One entry of a zip archive as its central directory lists it. */
export interface Entry {
  /** As written in the archive. */
  readonly rawName: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Permission bits, or undefined where the archive was not made on a system that has them. */
  readonly mode: number | undefined;
  readonly method: 'stored' | 'deflated';
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  /** Where the entry's local header begins. */
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const zip64EndSignature = 0x06064b50;
const zip64LocatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const all16 = 0xffff;
const all32 = 0xffff_ffff;

/** What AWS answers to bytes that are no usable zip (recorded: test_create_lambda_exceptions). @param why appended, so that a student can mend it */
export function broken(why?: string): ServiceFailure {
  const text = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
  return invalidParameter(why === undefined ? text : `${text} (${why})`);
}

/**
 * Reads the central directory of a zip archive. Nothing is inflated, so that sizes can be judged first.
 *
 * @throws ServiceFailure `InvalidParameterValueException` for bytes that are no zip archive
 */
export function readDirectory(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, size } = findDirectory(view);
  if (offset + size > bytes.length) throw broken();
  const entries: Entry[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) throw broken();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw broken();
    entries.push(readEntry(view, bytes, at, nameLength, extraLength));
    at = next;
  }
  return entries;
}

/** The bytes of an entry as they stand in the archive. */
export function compressedBytes(bytes: Uint8Array, entry: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = entry.headerOffset;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== localSignature) throw broken();
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const end = start + entry.compressedSize;
  if (end > bytes.length) throw broken();
  return bytes.subarray(start, end);
}

function findDirectory(view: DataView): { count: number; offset: number; size: number } {
  // The end record is 22 bytes and may be followed by a comment of at most 65,535.
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - all16; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + 22 + view.getUint16(at + 20, true) > view.byteLength) continue;
    const record = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const large = record.count === all16 || record.size === all32 || record.offset === all32;
    return (large ? findLargeDirectory(view, at) : undefined) ?? record;
  }
  throw broken();
}

function findLargeDirectory(view: DataView, end: number): ReturnType<typeof findDirectory> | undefined {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== zip64LocatorSignature) return undefined;
  const at = safeNumber(view, locator + 8);
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== zip64EndSignature) throw broken();
  return {
    count: safeNumber(view, at + 32),
    size: safeNumber(view, at + 40),
    offset: safeNumber(view, at + 48),
  };
}

function safeNumber(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken();
  return Number(value);
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  nameLength: number,
  extraLength: number,
): Entry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const rawName = decodeName(bytes.subarray(at + 46, at + 46 + nameLength));
  if ((flags & 1) !== 0) throw broken(`The entry "${rawName}" is encrypted.`);
  if (method !== 0 && method !== 8) {
    throw broken(`The entry "${rawName}" is compressed by a method other than deflate.`);
  }
  const sizes = {
    size: view.getUint32(at + 24, true),
    compressedSize: view.getUint32(at + 20, true),
    headerOffset: view.getUint32(at + 42, true),
  };
  readLargeSizes(view, at + 46 + nameLength, extraLength, sizes);
  const unix = view.getUint8(at + 5) === 3 ? view.getUint32(at + 38, true) >>> 16 : 0;
  const isLink = (unix & 0xf000) === 0xa000;
  const isFolder = rawName.endsWith('/') || (unix & 0xf000) === 0x4000;
  return {
    rawName,
    kind: isLink ? 'link' : isFolder ? 'folder' : 'file',
    mode: unix === 0 ? undefined : unix & 0o777,
    method: method === 0 ? 'stored' : 'deflated',
    crc32: view.getUint32(at + 16, true),
    ...sizes,
  };
}

/* Zip64: sizes that do not fit 32 bits stand in the extra field, in this order, only those that are needed. */
function readLargeSizes(
  view: DataView,
  start: number,
  length: number,
  sizes: { size: number; compressedSize: number; headerOffset: number },
): void {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = at + 4 + view.getUint16(at + 2, true);
    let value = at + 4;
    for (const member of ['size', 'compressedSize', 'headerOffset'] as const) {
      if (sizes[member] !== all32) continue;
      if (value + 8 > end || end > start + length) throw broken();
      sizes[member] = safeNumber(view, value);
      value += 8;
    }
    return;
  }
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Names in an old code page: kept one character a byte, so that they stay different from one another.
    return new TextDecoder('latin1').decode(bytes);
  }
}
