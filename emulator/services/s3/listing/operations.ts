import type { _Object, ObjectVersion as VersionMember, StorageClass } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import type { Operations } from '../../../service/operations.ts';
import { invalidArgument } from '../failures.ts';
import { bucketNamed, ownerId, storeOf } from '../rows.ts';
import type { KeyRow, ObjectVersion } from '../rows.ts';
import { keyEncoding, keysUnder, pageOf, pageSize } from './keys.ts';
import { versionPage } from './versions.ts';
import type { S3 } from '../client.ts';

/** Lists of what a bucket holds. */
export function listOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    ListObjectsV2(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const encode = keyEncoding(input.EncodingType);
      const most = pageSize(input.MaxKeys);
      const prefix = input.Prefix ?? '';
      const delimiter = input.Delimiter;
      const after = input.ContinuationToken === undefined ? input.StartAfter : keyIn(input.ContinuationToken);
      const page = pageOf(newest(keysUnder(store, name, prefix)), { prefix, delimiter, after, most });
      const owner = input.FetchOwner === true ? { Owner: { ID: ownerId(account) } } : {};
      return {
        Name: name,
        Prefix: encode(prefix),
        ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
        ...(input.StartAfter !== undefined && { StartAfter: encode(input.StartAfter) }),
        ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
        ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
        MaxKeys: most,
        KeyCount: page.rows.length + page.prefixes.length,
        IsTruncated: page.next !== undefined,
        ...(page.next !== undefined && { NextContinuationToken: tokenOf(page.next) }),
        ...contents(page.rows, encode, owner),
        ...commonPrefixes(page.prefixes, encode),
      };
    },
    ListObjects(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const encode = keyEncoding(input.EncodingType);
      const most = pageSize(input.MaxKeys);
      const prefix = input.Prefix ?? '';
      const delimiter = input.Delimiter;
      const selection = { prefix, delimiter, after: input.Marker || undefined, most };
      const page = pageOf(newest(keysUnder(store, name, prefix)), selection);
      return {
        Name: name,
        Prefix: encode(prefix),
        Marker: encode(input.Marker ?? ''),
        ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
        ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
        MaxKeys: most,
        IsTruncated: page.next !== undefined,
        // Without a delimiter the last key is the marker, as on S3.
        ...(page.next !== undefined && delimiter !== undefined && { NextMarker: encode(page.next) }),
        ...contents(page.rows, encode, { Owner: { ID: ownerId(account) } }),
        ...commonPrefixes(page.prefixes, encode),
      };
    },
    ListObjectVersions(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const encode = keyEncoding(input.EncodingType);
      const most = pageSize(input.MaxKeys);
      const prefix = input.Prefix ?? '';
      const page = versionPage(keysUnder(store, name, prefix), {
        prefix,
        delimiter: input.Delimiter,
        keyMarker: input.KeyMarker || undefined,
        versionMarker: input.VersionIdMarker || undefined,
        most,
      });
      const Owner = { ID: ownerId(account) };
      const common = ({ row, version }: (typeof page.entries)[number]) => ({
        Key: encode(row.key),
        VersionId: version.id,
        IsLatest: row.versions[0] === version,
        LastModified: new Date(version.modified),
        Owner,
      });
      const Versions = page.entries.flatMap((entry): VersionMember[] =>
        entry.version.kind === 'object'
          ? [{ ...common(entry), ...facts(entry.version), StorageClass: 'STANDARD' }]
          : [],
      );
      const DeleteMarkers = page.entries.filter(({ version }) => version.kind === 'marker').map(common);
      return {
        Name: name,
        Prefix: encode(prefix),
        KeyMarker: encode(input.KeyMarker ?? ''),
        VersionIdMarker: input.VersionIdMarker ?? '',
        ...(input.Delimiter !== undefined && { Delimiter: encode(input.Delimiter) }),
        ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
        MaxKeys: most,
        IsTruncated: page.next !== undefined,
        ...(page.next !== undefined && {
          NextKeyMarker: encode(page.next.key),
          ...(page.next.versionId !== undefined && { NextVersionIdMarker: page.next.versionId }),
        }),
        ...(Versions.length > 0 && { Versions }),
        ...(DeleteMarkers.length > 0 && { DeleteMarkers }),
        ...commonPrefixes(page.prefixes, encode),
      };
    },
  } satisfies Operations<S3>;
}

/** Keys whose newest version is an object: a marker hides its key from lists. */
function newest(rows: readonly KeyRow[]): KeyRow[] {
  return rows.filter(({ versions }) => versions[0]?.kind === 'object');
}

function contents(
  rows: readonly KeyRow[],
  encode: (key: string) => string,
  owner: Pick<_Object, 'Owner'>,
): { Contents?: _Object[] } {
  if (rows.length === 0) return {};
  return {
    Contents: rows.flatMap(({ key, versions }) => {
      const [version] = versions;
      if (version?.kind !== 'object') return [];
      const StorageClass = version.headers.storageClass as StorageClass;
      const LastModified = new Date(version.modified);
      return [{ Key: encode(key), LastModified, ...facts(version), StorageClass, ...owner }];
    }),
  };
}

function facts({ etag, size, checksum }: ObjectVersion) {
  return {
    ETag: etag,
    Size: size,
    ChecksumAlgorithm: [checksum.algorithm],
    ChecksumType: checksum.kind,
  };
}

function commonPrefixes(prefixes: readonly string[], encode: (key: string) => string) {
  return prefixes.length === 0
    ? {}
    : { CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) };
}

function tokenOf(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString('base64');
}

function keyIn(token: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64').toString()) as { after?: unknown };
    if (typeof after === 'string') return after;
  } catch {
    // Answered below: the reason does not matter to the caller.
  }
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
}
