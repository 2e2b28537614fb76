import type { CompletedPart } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Blobs } from '../../../state/blobs.ts';
import { badDigest, running } from '../checksum/checksum.ts';
import type { Checksum } from '../checksum/checksum.ts';
import { invalidRequest } from '../failures.ts';
import { bytesOf } from '../object/bytes.ts';
import type { PartRow, UploadRow } from '../rows.ts';

const leastPartBytes = 5 * 1024 * 1024;

/**
 * The parts that a completion names, checked.
 * @throws ServiceFailure `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `BadDigest`, `InvalidRequest`
 */
export function chosenParts(
  upload: UploadRow,
  uploaded: readonly PartRow[],
  named: readonly CompletedPart[] | undefined,
): PartRow[] {
  if (named === undefined || named.length === 0) throw invalidRequest('You must specify at least one part');
  if (named.some(({ PartNumber = 0 }, at) => at > 0 && PartNumber <= (named[at - 1]?.PartNumber ?? 0))) {
    throw new ServiceFailure(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      { status: 400, members: { UploadId: upload.id } },
    );
  }
  const chosen = named.map((wanted) => chosenPart(upload, uploaded, wanted));
  for (const { piece, number, etag } of chosen.slice(0, -1)) {
    if (piece.size >= leastPartBytes) continue;
    throw new ServiceFailure(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      {
        status: 400,
        members: {
          ProposedSize: piece.size,
          MinSizeAllowed: leastPartBytes,
          PartNumber: number,
          ETag: etag.replaceAll('"', ''),
        },
      },
    );
  }
  return chosen;
}

function chosenPart(upload: UploadRow, uploaded: readonly PartRow[], wanted: CompletedPart): PartRow {
  const part = uploaded.find(({ number }) => number === wanted.PartNumber);
  const bare = (etag: string | undefined): string | undefined => etag?.replaceAll('"', '');
  if (part === undefined || bare(part.etag) !== bare(wanted.ETag)) {
    throw new ServiceFailure(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      {
        status: 400,
        members: { UploadId: upload.id, PartNumber: wanted.PartNumber, ETag: bare(wanted.ETag) },
      },
    );
  }
  const algorithm = upload.checksum?.algorithm;
  if (algorithm === undefined) return part;
  const sent = wanted[`Checksum${algorithm}`];
  if (sent === undefined && upload.checksum?.kind === 'COMPOSITE') {
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.number} in the request.`,
    );
  }
  if (sent !== undefined && sent !== part.piece.checksum?.value) {
    throw badDigest(
      `The ${algorithm.toLowerCase()} you specified for part ${part.number} did not match what we received.`,
    );
  }
  return part;
}

/** The ETag of an object that came in parts: the MD5 of their MD5s, with their number. */
export function multipartEtag(parts: readonly PartRow[]): string {
  const sum = createHash('md5');
  for (const { etag } of parts) sum.update(Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `"${sum.digest('hex')}-${parts.length}"`;
}

/** The checksum of an object that came in parts, of the kind the upload was made with. */
export async function multipartChecksum(
  blobs: Blobs,
  upload: UploadRow,
  parts: readonly PartRow[],
): Promise<Checksum> {
  const { algorithm, kind } = upload.checksum ?? { algorithm: 'CRC64NVME', kind: 'FULL_OBJECT' };
  const sum = running(algorithm);
  if (kind === 'COMPOSITE') {
    for (const { piece } of parts) sum.update(Buffer.from(piece.checksum?.value ?? '', 'base64'));
    return { algorithm, kind, value: `${Buffer.from(sum.digest()).toString('base64')}-${parts.length}` };
  }
  const pieces = parts.map(({ piece }) => piece);
  for await (const chunk of bytesOf(blobs, pieces)) sum.update(chunk);
  return { algorithm, kind, value: Buffer.from(sum.digest()).toString('base64') };
}
