import { createHash } from 'node:crypto';
import { ServiceFailure } from '../../../service/failure.ts';
import { runningCrc32, runningCrc32c, runningCrc64Nvme } from './crc.ts';
import type { Running } from './crc.ts';

/** The checksums that are computed here; AWS knows three forms of xxHash besides. */
export const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const;
export type Algorithm = (typeof algorithms)[number];
/** `COMPOSITE`: a checksum of the parts' checksums, with `-` and their number. */
export type ChecksumKind = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum as it is kept and answered. */
export interface Checksum {
  readonly algorithm: Algorithm;
  /** base64 */
  readonly value: string;
  readonly kind: ChecksumKind;
}

/** The members of a request or an answer that carry checksums. */
export type ChecksumMembers = { readonly [A in Algorithm as `Checksum${A}`]?: string | undefined };
interface RequestMembers extends ChecksumMembers {
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

/** Starts a checksum over bytes that come in pieces. */
export function running(algorithm: Algorithm): Running {
  switch (algorithm) {
    case 'CRC32':
      return runningCrc32();
    case 'CRC32C':
      return runningCrc32c();
    case 'CRC64NVME':
      return runningCrc64Nvme();
    default: {
      const hash = createHash(algorithm.toLowerCase());
      return {
        update: (bytes) => void hash.update(bytes),
        digest: () => hash.digest(),
      };
    }
  }
}

/** The base64 checksum of bytes. */
export function checksumOf(algorithm: Algorithm, bytes: Uint8Array): string {
  const sum = running(algorithm);
  sum.update(bytes);
  return Buffer.from(sum.digest()).toString('base64');
}

/**
 * The checksum that a request sends, if any.
 * @throws ServiceFailure for more than one, or one that is not computed here
 */
export function sentChecksum(members: RequestMembers): { algorithm: Algorithm; value: string } | undefined {
  if (members.ChecksumXXHASH64 ?? members.ChecksumXXHASH3 ?? members.ChecksumXXHASH128) throw unsupported();
  const sent = algorithms.flatMap((algorithm) => {
    const value = members[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (sent.length > 1) {
    throw new ServiceFailure(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      { status: 400 },
    );
  }
  return sent[0];
}

/** Reads an algorithm's name. */
export function algorithmNamed(name: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm === name.toUpperCase());
  if (found === undefined) throw unsupported();
  return found;
}

function unsupported(): ServiceFailure {
  return new ServiceFailure(
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    { status: 400 },
  );
}

/**
 * Checks a body against what the request says of it, and gives the checksum to keep: the one that was sent, or
 * CRC-64/NVME, which S3 computes of its own.
 * @throws ServiceFailure `BadDigest`, `InvalidDigest`, `InvalidRequest`
 */
export function verified(
  bytes: Uint8Array,
  members: RequestMembers & { readonly ContentMD5?: string | undefined },
  fallback: Algorithm = 'CRC64NVME',
): Checksum {
  if (members.ContentMD5 !== undefined) {
    if (Buffer.from(members.ContentMD5, 'base64').length !== 16) {
      throw new ServiceFailure('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
        status: 400,
      });
    }
    if (checksumOf('MD5', bytes) !== members.ContentMD5) {
      throw badDigest('The Content-MD5 you specified did not match what we received.');
    }
  }
  const sent = sentChecksum(members);
  const algorithm = sent?.algorithm ?? fallback;
  const sum = running(algorithm);
  sum.update(bytes);
  const digest = Buffer.from(sum.digest());
  const value = digest.toString('base64');
  if (sent !== undefined && sent.value !== value) {
    const given = Buffer.from(sent.value, 'base64');
    if (given.length !== digest.length || given.toString('base64') !== sent.value) {
      throw new ServiceFailure(
        'InvalidRequest',
        `Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`,
        { status: 400 },
      );
    }
    throw badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { algorithm, value, kind: 'FULL_OBJECT' };
}

/** An object that is not what its sender said. */
export function badDigest(message: string): ServiceFailure {
  return new ServiceFailure('BadDigest', message, { status: 400 });
}

/** A checksum as an answer carries it. */
export function checksumMembers(
  checksum: Checksum | undefined,
): ChecksumMembers & { ChecksumType?: ChecksumKind } {
  if (checksum === undefined) return {};
  return { ...partChecksum(checksum), ChecksumType: checksum.kind };
}

/** The same of a part, which has no kind. */
export function partChecksum(checksum: Checksum | undefined): ChecksumMembers {
  return checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value };
}
