import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** A service that writes an object. */
export interface Writer {
  /** For example `lambda.amazonaws.com`. */
  readonly service?: string;
  readonly cause?: TrailId | undefined;
  /** `X-Amzn-Trace-Id` of what led to it: loops are known by it. */
  readonly traceHeader?: string | undefined;
}

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
   * Writes an object; the caller has seen to it that it may. Notifications of the bucket follow.
   * @param by the service that writes, and what led to it
   * @throws ServiceFailure `NoSuchBucket`
   */
  write(
    scope: Scope,
    bucket: string,
    key: string,
    bytes: Uint8Array,
    contentType: string,
    by?: Writer,
  ): Promise<{ readonly etag: string }>;
}
