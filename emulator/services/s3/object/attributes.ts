import type { ObjectAttributes } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { checksumMembers, partChecksum } from '../checksum/checksum.ts';
import { invalidArgument } from '../failures.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { ObjectVersion } from '../rows.ts';
import { versionNamed } from './versions.ts';
import type { S3 } from '../client.ts';

const known: readonly string[] = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** `GetObjectAttributes`: of an object only what is asked for. */
export function attributeOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    GetObjectAttributes(input, { account }) {
      const store = stores(account);
      const bucket = bucketNamed(store, input);
      const version = versionNamed(store, bucket.name, required(input.Key, 'Key'), input.VersionId);
      // The header may hold several in one value.
      const wanted = (input.ObjectAttributes ?? []).flatMap((names) => names.split(/\s*,\s*/));
      const wrong = wanted.find((name) => !known.includes(name));
      if (wrong !== undefined)
        throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', wrong);
      const asks = (name: ObjectAttributes): boolean => wanted.includes(name);
      return {
        LastModified: new Date(version.modified),
        ...(bucket.versioning !== undefined && { VersionId: version.id }),
        ...(asks('ETag') && { ETag: version.etag.replaceAll('"', '') }),
        ...(asks('Checksum') && { Checksum: checksumMembers(version.checksum) }),
        ...(asks('ObjectSize') && { ObjectSize: version.size }),
        ...(asks('StorageClass') && { StorageClass: version.headers.storageClass as 'STANDARD' }),
        ...(asks('ObjectParts') && version.parts !== undefined && { ObjectParts: partsOf(version, input) }),
      };
    },
  } satisfies Operations<S3>;
}

function partsOf(
  version: ObjectVersion,
  {
    MaxParts,
    PartNumberMarker,
  }: { readonly MaxParts?: number | undefined; readonly PartNumberMarker?: string | undefined },
) {
  const after = Number(PartNumberMarker ?? 0);
  const most = Math.min(MaxParts ?? 1000, 1000);
  const all = version.pieces.map(({ size, checksum }, at) => ({
    PartNumber: at + 1,
    Size: size,
    ...partChecksum(checksum),
  }));
  const rest = all.filter(({ PartNumber }) => PartNumber > after);
  const shown = rest.slice(0, most);
  return {
    TotalPartsCount: version.pieces.length,
    // AWS lists the parts only where they carry checksums that were asked for at the upload.
    ...(version.checksum.kind === 'COMPOSITE' && {
      PartNumberMarker: String(after),
      NextPartNumberMarker: String(shown.at(-1)?.PartNumber ?? 0),
      MaxParts: most,
      IsTruncated: rest.length > shown.length,
      Parts: shown,
    }),
  };
}
