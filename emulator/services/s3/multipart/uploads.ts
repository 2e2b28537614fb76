import { ServiceFailure } from '../../../service/failure.ts';
import type { PartRow, Store, UploadRow } from '../rows.ts';

/** Where a part's row lies; numbers are padded so that their order is the parts'. */
export function partKey(uploadId: string, number: number): string {
  return `${uploadId}/${String(number).padStart(5, '0')}`;
}

/**
 * The upload that a request names.
 * @throws ServiceFailure `NoSuchUpload`
 */
export function uploadNamed(store: Store, bucket: string, key: string, id: string): UploadRow {
  const row = store.uploads.get(id);
  if (row?.bucket === bucket && row.key === key) return row;
  throw new ServiceFailure(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404, members: { UploadId: id } },
  );
}

/** The parts of an upload that have come, in order. */
export function partsOf(store: Store, uploadId: string): PartRow[] {
  return [...store.parts.values()]
    .filter((part) => part.uploadId === uploadId)
    .sort((a, b) => a.number - b.number);
}

/** Forgets an upload and its parts. */
export function endUpload(store: Store, uploadId: string): void {
  for (const { number } of partsOf(store, uploadId)) store.parts.delete(partKey(uploadId, number));
  store.uploads.delete(uploadId);
}
