import { createHash } from 'node:crypto';
import type { FunctionCode } from '@aws-sdk/client-lambda';
import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalidParameter, tooLarge } from '../failures.ts';
import type { PackageReference } from '../functions/record.ts';
import { checkContents, readContents } from './contents.ts';
import { unzippedLimit, uploadRequestLimit, zippedLimit } from './limits.ts';

/** Where a call says a package is. */
export type PackageSource = Pick<FunctionCode, 'ZipFile' | 'S3Bucket' | 'S3Key' | 'S3ObjectVersion'>;

/**
 * Fetches a call's package, judges it and keeps it.
 *
 * @param keep false for a dry run: the package is judged and forgotten
 * @throws ServiceFailure for no source, two sources, an object that is not there, and a package that AWS would refuse
 */
export async function takePackage(
  cloud: Cloud,
  call: Call,
  source: PackageSource,
  keep = true,
): Promise<PackageReference> {
  const bytes = await fetchPackage(cloud, call, source);
  await checkContents(readContents(bytes));
  return {
    blob: keep ? await cloud.blobs.put(bytes) : 'blob:',
    sha256: createHash('sha256').update(bytes).digest('base64'),
    size: bytes.length,
  };
}

async function fetchPackage(cloud: Cloud, call: Call, source: PackageSource): Promise<Uint8Array> {
  const { ZipFile: zip, S3Bucket: bucket, S3Key: key, S3ObjectVersion: version } = source;
  if (zip !== undefined) {
    if (bucket !== undefined || key !== undefined || version !== undefined) {
      throw invalidParameter('Please do not provide other FunctionCode parameters when providing a ZipFile.');
    }
    // In the request the package is base64: AWS refuses that size before it looks at the package's own.
    if (Math.ceil(zip.length / 3) * 4 > uploadRequestLimit) {
      throw tooLarge(
        `Request must be smaller than ${uploadRequestLimit} bytes for the ${call.operation} operation`,
      );
    }
    if (zip.length > zippedLimit) throw tooLarge(`Zipped size must be smaller than ${zippedLimit} bytes`);
    return zip;
  }
  if (bucket === undefined || key === undefined) {
    throw invalidParameter('Please provide a source for function code.');
  }
  const bytes = await readObject(cloud, call, bucket, key, version);
  if (bytes.length >= unzippedLimit) {
    throw invalidParameter(`Unzipped size must be smaller than ${unzippedLimit} bytes`);
  }
  return bytes;
}

async function readObject(
  cloud: Cloud,
  call: Call,
  bucket: string,
  key: string,
  version: string | undefined,
): Promise<Uint8Array> {
  const s3 = await cloud.port('s3');
  try {
    return (await s3.read(call, bucket, key, version)).bytes;
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}
