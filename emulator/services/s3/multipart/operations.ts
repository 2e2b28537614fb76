import type { StorageClass } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { checkAcl } from '../bucket/acl.ts';
import {
  algorithmNamed,
  badDigest,
  checksumMembers,
  checksumOf,
  partChecksum,
  sentChecksum,
  verified,
} from '../checksum/checksum.ts';
import type { ChecksumKind } from '../checksum/checksum.ts';
import { invalidArgument, invalidRequest, noSuchBucket } from '../failures.ts';
import { originOf } from '../notification/notifier.ts';
import type { Notifier } from '../notification/notifier.ts';
import { wholeBytes } from '../object/bytes.ts';
import { checkCopySource, checkWriteConditions } from '../object/conditions.ts';
import { copySource } from '../object/copy-source.ts';
import { checkWrite, objectHeaders } from '../object/headers.ts';
import { byteRange } from '../object/ranges.ts';
import { current, putVersion, versionNamed } from '../object/versions.ts';
import { bucketNamed, freshId, storeOf, wholeSeconds } from '../rows.ts';
import type { PartRow, Store, UploadRow } from '../rows.ts';
import { headerTags } from '../tags.ts';
import { chosenParts, multipartChecksum, multipartEtag } from './complete.ts';
import { endUpload, partKey, partsOf, uploadNamed } from './uploads.ts';
import type { S3 } from '../client.ts';

interface PartInput {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly UploadId: string | undefined;
  readonly PartNumber: number | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** Uploads in parts, as clients make them for anything large. */
export function multipartOperations(cloud: Cloud, notifier: Notifier) {
  const stores = storeOf(cloud);
  const find = (
    store: Store,
    input: Pick<PartInput, 'Bucket' | 'Key' | 'UploadId' | 'ExpectedBucketOwner'>,
  ): UploadRow => {
    const { name } = bucketNamed(store, input);
    return uploadNamed(store, name, required(input.Key, 'Key'), required(input.UploadId, 'UploadId'));
  };
  const keepPart = async (
    store: Store,
    input: PartInput,
    bytes: Uint8Array,
    checksum: PartRow['piece']['checksum'],
  ): Promise<PartRow> => {
    const blob = await cloud.blobs.put(bytes);
    const upload = find(store, input);
    const part: PartRow = {
      uploadId: upload.id,
      number: partNumber(input),
      piece: { blob, size: bytes.length, checksum },
      etag: `"${Buffer.from(checksumOf('MD5', bytes), 'base64').toString('hex')}"`,
      modified: wholeSeconds(cloud.clock.now()),
    };
    store.parts.set(partKey(upload.id, part.number), part);
    return part;
  };

  return {
    CreateMultipartUpload(input, { account }) {
      const store = stores(account);
      const bucket = bucketNamed(store, input);
      const { name } = bucket;
      const key = required(input.Key, 'Key');
      checkWrite(key, input);
      checkAcl(bucket, input);
      const checksum = checksumSettings(input.ChecksumAlgorithm, input.ChecksumType);
      const row: UploadRow = {
        id: freshId(),
        bucket: name,
        key,
        initiated: wholeSeconds(cloud.clock.now()),
        headers: objectHeaders(input),
        tags: headerTags(input.Tagging),
        checksum,
      };
      store.uploads.set(row.id, row);
      return {
        Bucket: name,
        Key: key,
        UploadId: row.id,
        ServerSideEncryption: 'AES256' as const,
        ...(checksum !== undefined && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.kind }),
      };
    },
    async UploadPart(input, { account }) {
      const store = stores(account);
      const upload = find(store, input);
      partNumber(input);
      const bytes = input.Body ?? new Uint8Array();
      const sent = sentChecksum(input);
      const wanted = upload.checksum?.algorithm;
      if (wanted !== undefined && sent !== undefined && sent.algorithm !== wanted) {
        throw invalidRequest(
          `Checksum Type mismatch occurred, expected checksum Type: ${wanted.toLowerCase()}, actual checksum Type: ${sent.algorithm.toLowerCase()}`,
        );
      }
      const checksum = verified(bytes, input, wanted);
      const { etag } = await keepPart(store, input, bytes, checksum);
      const told = sent === undefined && wanted === undefined ? undefined : checksum;
      return { ETag: etag, ServerSideEncryption: 'AES256' as const, ...partChecksum(told) };
    },
    async UploadPartCopy(input, { account }) {
      const store = stores(account);
      const upload = find(store, input);
      partNumber(input);
      const from = copySource(required(input.CopySource, 'CopySource'));
      if (!store.buckets.has(from.bucket)) throw noSuchBucket(from.bucket);
      const source = versionNamed(store, from.bucket, from.key, from.versionId);
      checkCopySource(source, {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      });
      const range = copiedRange(input.CopySourceRange, source.size);
      const bytes = await wholeBytes(cloud.blobs, source.pieces, range);
      const checksum = verified(bytes, {}, upload.checksum?.algorithm);
      const part = await keepPart(store, input, bytes, checksum);
      return {
        CopyPartResult: { ETag: part.etag, LastModified: new Date(part.modified) },
        ServerSideEncryption: 'AES256' as const,
      };
    },
    async CompleteMultipartUpload(input, call) {
      const store = stores(call.account);
      const upload = find(store, input);
      const parts = chosenParts(upload, partsOf(store, upload.id), input.MultipartUpload?.Parts);
      const size = parts.reduce((sum, { piece }) => sum + piece.size, 0);
      const checksum = await multipartChecksum(cloud.blobs, upload, parts);
      const sent = sentChecksum(input);
      const differs =
        sent !== undefined && sent.algorithm === checksum.algorithm && sent.value !== checksum.value;
      if (differs && sent.value.replace(/-\d+$/, '') !== checksum.value.replace(/-\d+$/, '')) {
        throw badDigest(`The ${checksum.algorithm} you specified did not match the calculated checksum.`);
      }
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
        );
      }

      // Nothing may come between the conditions and the write; the upload may have been ended meanwhile.
      find(store, input);
      const bucket = bucketNamed(store, input);
      checkWriteConditions(upload.key, current(store, bucket.name, upload.key), input);
      const etag = multipartEtag(parts);
      const versionId = putVersion(store, bucket, upload.key, {
        pieces: parts.map(({ piece }) => piece),
        size,
        etag,
        checksum,
        parts: parts.length,
        headers: upload.headers,
        tags: upload.tags,
        modified: wholeSeconds(cloud.clock.now()),
      });
      endUpload(store, upload.id);
      const { key } = upload;
      const name = 'ObjectCreated:CompleteMultipartUpload';
      notifier.tell(originOf(call), bucket, { name, key, size, etag, versionId });
      return {
        Location: `${cloud.settings.origin}/${bucket.name}/${encodeURIComponent(upload.key).replaceAll('%2F', '/')}`,
        Bucket: bucket.name,
        Key: upload.key,
        ETag: etag,
        ServerSideEncryption: 'AES256' as const,
        ...checksumMembers(checksum),
        ...(versionId !== undefined && { VersionId: versionId }),
      };
    },
    AbortMultipartUpload(input, { account }) {
      const store = stores(account);
      endUpload(store, find(store, input).id);
      return {};
    },
    ListParts(input, { account }) {
      const store = stores(account);
      const upload = find(store, input);
      const after = Number(input.PartNumberMarker ?? 0);
      const most = Math.min(input.MaxParts ?? 1000, 1000);
      const rest = partsOf(store, upload.id).filter(({ number }) => number > after);
      const shown = rest.slice(0, most);
      return {
        Bucket: upload.bucket,
        Key: upload.key,
        UploadId: upload.id,
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
        MaxParts: most,
        IsTruncated: rest.length > shown.length,
        StorageClass: upload.headers.storageClass as StorageClass,
        Parts: shown.map(({ number, etag, modified, piece }) => {
          return {
            PartNumber: number,
            ETag: etag,
            LastModified: new Date(modified),
            Size: piece.size,
            ...partChecksum(piece.checksum),
          };
        }),
        ...(upload.checksum !== undefined && {
          ChecksumAlgorithm: upload.checksum.algorithm,
          ChecksumType: upload.checksum.kind,
        }),
      };
    },
    ListMultipartUploads(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const Uploads = [...store.uploads.values()]
        .filter(({ bucket, key }) => bucket === name && key.startsWith(input.Prefix ?? ''))
        .map(({ id, key, initiated, headers }) => ({
          UploadId: id,
          Key: key,
          Initiated: new Date(initiated),
          StorageClass: headers.storageClass as StorageClass,
        }));
      return { Bucket: name, IsTruncated: false, MaxUploads: 1000, ...(Uploads.length > 0 && { Uploads }) };
    },
  } satisfies Operations<S3>;
}

function partNumber({ PartNumber }: PartInput): number {
  if (PartNumber !== undefined && Number.isInteger(PartNumber) && PartNumber >= 1 && PartNumber <= 10_000) {
    return PartNumber;
  }
  throw invalidArgument(
    'Part number must be an integer between 1 and 10000, inclusive',
    'partNumber',
    String(PartNumber),
  );
}

function copiedRange(header: string | undefined, size: number) {
  if (header === undefined) return undefined;
  const parts = /^bytes=(\d+)-(\d+)$/.exec(header);
  if (parts === null || Number(parts[2]) >= size || Number(parts[1]) > Number(parts[2])) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      header,
    );
  }
  return byteRange(header, size);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function checksumSettings(algorithm: string | undefined, type: string | undefined): UploadRow['checksum'] {
  if (algorithm === undefined) {
    if (type === undefined) return undefined;
    throw invalidRequest(
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const named = algorithmNamed(algorithm);
  const kind: ChecksumKind =
    type === 'FULL_OBJECT' || type === 'COMPOSITE'
      ? type
      : named === 'CRC64NVME'
        ? 'FULL_OBJECT'
        : 'COMPOSITE';
  if (kind === 'FULL_OBJECT' && !named.startsWith('CRC')) {
    throw invalidRequest(
      `The FULL_OBJECT checksum type cannot be used with the ${named.toLowerCase()} checksum algorithm.`,
    );
  }
  if (kind === 'COMPOSITE' && named === 'CRC64NVME') {
    throw invalidRequest('The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.');
  }
  return { algorithm: named, kind };
}
