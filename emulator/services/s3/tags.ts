import type { Tag } from '@aws-sdk/client-s3';
import { ServiceFailure } from '../../service/failure.ts';
import type { TagRow } from './rows.ts';

const mostObjectTags = 10;
const mostBucketTags = 50;

/**
 * Checks tags and makes rows of them.
 * @throws ServiceFailure `InvalidTag`, `BadRequest`
 */
export function tagRows(tags: readonly Tag[] | undefined, on: 'bucket' | 'object'): TagRow[] {
  const rows = (tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  for (const { key, value } of rows) {
    if (key === '' || key.length > 128 || !allowed.test(key)) {
      throw invalidTag('The TagKey you have provided is invalid', key);
    }
    if (value.length > 256 || !allowed.test(value)) {
      throw invalidTag('The TagValue you have provided is invalid', key, value);
    }
    if (key.startsWith('aws:')) {
      throw invalidTag(
        on === 'bucket'
          ? 'System tags cannot be added/updated by requester'
          : 'Your TagKey cannot be prefixed with aws:',
        key,
      );
    }
  }
  if (new Set(rows.map(({ key }) => key)).size !== rows.length) {
    throw invalidTag('Cannot provide multiple Tags with the same key', '');
  }
  const most = on === 'bucket' ? mostBucketTags : mostObjectTags;
  if (rows.length > most) {
    throw new ServiceFailure(
      'BadRequest',
      on === 'bucket'
        ? `Bucket tag count cannot be greater than ${most}`
        : `Object tags cannot be greater than ${most}`,
      { status: 400 },
    );
  }
  return rows;
}

/** Reads the `x-amz-tagging` header, a query string. */
export function headerTags(header: string | undefined): TagRow[] {
  if (header === undefined || header === '') return [];
  const pairs = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  return tagRows(pairs, 'object');
}

/** Tags as an answer carries them. */
export function tagSet(rows: readonly TagRow[]): { Key: string; Value: string }[] {
  return rows.map(({ key, value }) => ({ Key: key, Value: value }));
}

function invalidTag(message: string, key: string, value?: string): ServiceFailure {
  return new ServiceFailure('InvalidTag', message, {
    status: 400,
    members: { TagKey: key, ...(value !== undefined && { TagValue: value }) },
  });
}
