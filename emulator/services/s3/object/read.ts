import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { checksumMembers } from '../checksum/checksum.ts';
import { invalidRequest, notBuilt } from '../failures.ts';
import { expirationHeader } from '../lifecycle/expiry.ts';
import type { RuleRow } from '../lifecycle/configuration.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { BucketRow, ObjectVersion } from '../rows.ts';
import { bytesOf, wholeBytes } from './bytes.ts';
import { checkRead } from './conditions.ts';
import { headerMembers } from './headers.ts';
import { byteRange } from './ranges.ts';
import type { ByteRange } from './ranges.ts';
import { versionNamed } from './versions.ts';
import type { S3 } from '../client.ts';

interface ReadInput {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly ChecksumMode?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
}

interface Found {
  readonly bucket: BucketRow;
  readonly key: string;
  readonly version: ObjectVersion;
  /** The bucket's lifecycle. */
  readonly rules: readonly RuleRow[] | undefined;
}

/** Reading objects. */
export function readOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  const find = (input: ReadInput, account: string): Found => {
    const store = stores(account);
    const bucket = bucketNamed(store, input);
    const key = required(input.Key, 'Key');
    const version = versionNamed(store, bucket.name, key, input.VersionId);
    return { bucket, key, version, rules: store.lifecycles.get(bucket.name)?.rules };
  };

  return {
    async GetObject(input, { account }) {
      const found = find(input, account);
      const { version } = found;
      checkRead(version, input);
      const range = wantedRange(version, input);
      // Most objects are one piece: then the bytes are handed over as they are.
      const Body =
        version.pieces.length === 1
          ? await wholeBytes(cloud.blobs, version.pieces, range)
          : bytesOf(cloud.blobs, version.pieces, range);
      return { ...members(found, input, range), Body };
    },
    HeadObject(input, { account }) {
      const found = find(input, account);
      const { version } = found;
      checkRead(version, input);
      return members(found, input, wantedRange(version, input));
    },
  } satisfies Operations<S3>;
}

function members({ bucket, key, version, rules }: Found, input: ReadInput, range: ByteRange | undefined) {
  const { size } = version;
  const overrides = {
    ...(input.ResponseCacheControl !== undefined && { CacheControl: input.ResponseCacheControl }),
    ...(input.ResponseContentDisposition !== undefined && {
      ContentDisposition: input.ResponseContentDisposition,
    }),
    ...(input.ResponseContentEncoding !== undefined && { ContentEncoding: input.ResponseContentEncoding }),
    ...(input.ResponseContentLanguage !== undefined && { ContentLanguage: input.ResponseContentLanguage }),
    ...(input.ResponseContentType !== undefined && { ContentType: input.ResponseContentType }),
  };
  const expiration = expirationHeader(rules, key, version);
  return {
    ...headerMembers(version),
    ...(expiration !== undefined && { Expiration: expiration }),
    ...overrides,
    ContentLength: range === undefined ? size : range.last - range.first + 1,
    ...(range !== undefined && {
      StatusCode: 206,
      ContentRange: `bytes ${range.first}-${range.last}/${size}`,
    }),
    ...(range === undefined && input.ChecksumMode === 'ENABLED' && checksumMembers(version.checksum)),
    ...(bucket.versioning !== undefined && { VersionId: version.id }),
    ...(input.PartNumber !== undefined && version.parts !== undefined && { PartsCount: version.parts }),
  };
}

function wantedRange(version: ObjectVersion, input: ReadInput): ByteRange | undefined {
  if (input.SSECustomerAlgorithm !== undefined)
    throw notBuilt('Encryption with a customer-provided key (SSE-C)');
  if (input.PartNumber === undefined) return byteRange(input.Range, version.size);
  if (input.Range !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  const piece = version.pieces[input.PartNumber - 1];
  if (piece === undefined || (version.parts === undefined && input.PartNumber !== 1)) {
    throw new ServiceFailure('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
    });
  }
  const first = version.pieces.slice(0, input.PartNumber - 1).reduce((sum, { size }) => sum + size, 0);
  return piece.size === 0 ? undefined : { first, last: first + piece.size - 1 };
}
