import { ServiceFailure } from '../../service/failure.ts';
import type { TagRow } from './rows.ts';

interface TagMember {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

const mostTags = 50;

/**
 * Adds tags to those that exist: a key that is there, in whatever case, gets the new value.
 * @throws ServiceFailure for a key that is given twice, or more tags than an entity may have
 */
export function tagged(existing: readonly TagRow[], added: readonly TagMember[] | undefined): TagRow[] {
  const wanted = (added ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
  const keys = wanted.map(({ key }) => key.toLowerCase());
  if (new Set(keys).size !== keys.length) {
    throw new ServiceFailure(
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  const kept = existing.map(
    (tag) => wanted.find(({ key }) => key.toLowerCase() === tag.key.toLowerCase()) ?? tag,
  );
  const result = [...kept, ...wanted.filter((tag) => !kept.includes(tag))];
  if (result.length > mostTags) {
    throw new ServiceFailure('LimitExceededException', 'The number of tags has reached the maximum limit.');
  }
  return result;
}

/** Takes keys away; keys that are not there are no error. */
export function untagged(existing: readonly TagRow[], keys: readonly string[] | undefined): TagRow[] {
  const gone = new Set((keys ?? []).map((key) => key.toLowerCase()));
  return existing.filter(({ key }) => !gone.has(key.toLowerCase()));
}

/** Tags as an answer carries them. */
export function tagMembers(tags: readonly TagRow[]): { Key: string; Value: string }[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}
