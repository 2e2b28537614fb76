import { ServiceFailure } from '../../../service/failure.ts';
import { noSuchKey, preconditionFailed } from '../failures.ts';
import { wholeSeconds } from '../rows.ts';
import type { ObjectVersion } from '../rows.ts';

interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Checks the conditions of a GET or HEAD, by the precedence of RFC 9110 §13.2.2.
 * @throws ServiceFailure 412, or 304 `NotModified`
 */
export function checkRead({ etag, modified }: ObjectVersion, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!listed(IfMatch, etag)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince !== undefined && modified > wholeSeconds(IfUnmodifiedSince.getTime())) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (listed(IfNoneMatch, etag)) throw notModified();
  } else if (IfModifiedSince !== undefined && modified <= wholeSeconds(IfModifiedSince.getTime())) {
    throw notModified();
  }
}

/**
 * Checks a copy's conditions on its source: here nothing is 304.
 * @throws ServiceFailure 412
 */
export function checkCopySource(source: ObjectVersion, conditions: ReadConditions): void {
  try {
    checkRead(source, conditions);
  } catch (error) {
    if (!(error instanceof ServiceFailure) || error.code !== 'NotModified') throw error;
    throw preconditionFailed(
      conditions.IfNoneMatch === undefined
        ? 'x-amz-copy-source-If-Modified-Since'
        : 'x-amz-copy-source-If-None-Match',
    );
  }
}

/**
 * Checks a write's conditions against what the key holds now.
 * @throws ServiceFailure 412, `NoSuchKey`, or 501 for `If-None-Match` with anything but `*`
 */
export function checkWriteConditions(
  key: string,
  existing: ObjectVersion | undefined,
  conditions: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined },
): void {
  if (conditions.IfNoneMatch !== undefined) {
    if (conditions.IfNoneMatch !== '*') {
      throw new ServiceFailure(
        'NotImplemented',
        'A header you provided implies functionality that is not implemented',
        { status: 501, members: { Header: 'If-None-Match' } },
      );
    }
    if (existing !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (conditions.IfMatch !== undefined) {
    if (existing === undefined) throw noSuchKey(key);
    if (!listed(conditions.IfMatch, existing.etag)) throw preconditionFailed('If-Match');
  }
}

function listed(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  const bare = (text: string): string => text.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
  return header.split(',').some((one) => bare(one) === bare(etag));
}

function notModified(): ServiceFailure {
  return new ServiceFailure('NotModified', 'Not Modified', { status: 304 });
}
