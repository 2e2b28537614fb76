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
}
