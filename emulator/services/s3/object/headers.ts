import type { StorageClass } from '@aws-sdk/client-s3';
import { ServiceFailure } from '../../../service/failure.ts';
import { notBuilt } from '../failures.ts';
import type { ObjectHeaders, ObjectVersion } from '../rows.ts';

const mostKeyBytes = 1024;
const mostMetadataBytes = 2048;
const storageClasses = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]);

/** The members of a write that describe the object. */
interface HeaderMembers {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads what a write says of its object.
 * @throws ServiceFailure `InvalidStorageClass`, `MetadataTooLarge`
 */
export function objectHeaders(input: HeaderMembers): ObjectHeaders {
  const storageClass = input.StorageClass ?? 'STANDARD';
  if (!storageClasses.has(storageClass)) {
    throw new ServiceFailure('InvalidStorageClass', 'The storage class you specified is not valid', {
      status: 400,
    });
  }
  const metadata = Object.fromEntries(
    Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (size > mostMetadataBytes) {
    throw new ServiceFailure(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      {
        status: 400,
        members: { Size: size, MaxSizeAllowed: mostMetadataBytes },
      },
    );
  }
  return {
    contentType: input.ContentType ?? 'binary/octet-stream',
    cacheControl: input.CacheControl,
    contentDisposition: input.ContentDisposition,
    contentEncoding: input.ContentEncoding,
    contentLanguage: input.ContentLanguage,
    expires: input.Expires?.getTime(),
    websiteRedirect: input.WebsiteRedirectLocation,
    storageClass,
    metadata,
  };
}

/** What GET and HEAD answer of an object besides its bytes. */
export function headerMembers({ headers, tags, etag, modified }: ObjectVersion) {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(modified),
    ETag: etag,
    ContentType: headers.contentType,
    ServerSideEncryption: 'AES256' as const,
    Metadata: { ...headers.metadata },
    ...(headers.cacheControl !== undefined && { CacheControl: headers.cacheControl }),
    ...(headers.contentDisposition !== undefined && { ContentDisposition: headers.contentDisposition }),
    ...(headers.contentEncoding !== undefined && { ContentEncoding: headers.contentEncoding }),
    ...(headers.contentLanguage !== undefined && { ContentLanguage: headers.contentLanguage }),
    ...(headers.expires !== undefined && { Expires: new Date(headers.expires) }),
    ...(headers.websiteRedirect !== undefined && { WebsiteRedirectLocation: headers.websiteRedirect }),
    // AWS does not name the standard class in headers.
    ...(headers.storageClass !== 'STANDARD' && { StorageClass: headers.storageClass as StorageClass }),
    ...(tags.length > 0 && { TagCount: tags.length }),
  };
}

/**
 * Refuses what would change an object's meaning if it were ignored, and keys that S3 does not take.
 * @throws ServiceFailure
 */
export function checkWrite(
  key: string,
  input: {
    readonly SSECustomerAlgorithm?: string | undefined;
    readonly ObjectLockMode?: string | undefined;
    readonly ObjectLockLegalHoldStatus?: string | undefined;
    readonly WriteOffsetBytes?: number | undefined;
  },
): void {
  const size = Buffer.byteLength(key);
  if (size > mostKeyBytes) {
    throw new ServiceFailure('KeyTooLongError', 'Your key is too long', {
      status: 400,
      members: { Size: size, MaxSizeAllowed: mostKeyBytes },
    });
  }
  if (input.SSECustomerAlgorithm !== undefined)
    throw notBuilt('Encryption with a customer-provided key (SSE-C)');
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus === 'ON')
    throw notBuilt('Object Lock');
  if (input.WriteOffsetBytes !== undefined) throw notBuilt('Appending to an object');
}
