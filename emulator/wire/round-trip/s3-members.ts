import * as fc from 'fast-check';
import type { Making } from './values.ts';

/**
 * Members that the S3 client does not send as they are given: it computes checksums and keys, checks them in answers,
 * takes lengths from bodies, and demands real bucket names.
 */
export const s3Members: Making['members'] = {
  Bucket: fc.constantFrom('bucket', 'my-bucket-2'),
  CopySource: fc.constantFrom('bucket/key', 'bucket/a%20b'),
  // An empty payload is no body at all to S3, which then says that the body is missing.
  Policy: fc.string({ minLength: 1, maxLength: 200 }),
  ...leftOut(
    'SSECustomerKey SSECustomerKeyMD5 CopySourceSSECustomerKey CopySourceSSECustomerKeyMD5',
    'ChecksumAlgorithm ChecksumMode ChecksumType ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1',
    'ChecksumSHA256 ChecksumSHA512 ChecksumMD5 ChecksumXXHASH64 ChecksumXXHASH3 ChecksumXXHASH128',
    'ContentMD5 ContentLength MpuObjectSize ContentEncoding Expires ExpiresString LocationConstraint',
  ),
};

function leftOut(...names: string[]): Making['members'] {
  return Object.fromEntries(names.flatMap((line) => line.split(' ')).map((name) => [name, null]));
}
