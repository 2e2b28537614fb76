import type { Scope } from '../../service/call.ts';

/** What other services ask of S3. */
export interface S3Port {
  /** @throws ServiceFailure `NoSuchBucket` or `NoSuchKey` */
  read(
    scope: Scope,
    bucket: string,
    key: string,
    versionId?: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly etag: string }>;
  /**
   * Writes an object; the caller has seen to it that it may.
   * @throws ServiceFailure `NoSuchBucket`
   */
  write(
    scope: Scope,
    bucket: string,
    key: string,
    bytes: Uint8Array,
    contentType: string,
  ): Promise<{ readonly etag: string }>;
}
