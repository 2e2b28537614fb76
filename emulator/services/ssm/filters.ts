import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { ServiceFailure } from '../../service/failure.ts';
import { isBelow, pathOf } from './names.ts';
import type { ParameterRow, VersionRow } from './rows.ts';

/** Whether a parameter, in one of its versions, passes. */
export type Passes = (row: ParameterRow, at: VersionRow) => boolean;

const COMPARING = ['Equals', 'BeginsWith'];
const DEPTHS = ['OneLevel', 'Recursive'];
const options: Readonly<Record<string, readonly string[]>> = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Path: DEPTHS,
};

/**
 * Reads filters, all of which a parameter must pass.
 * @param keys those that the operation knows; tags are among them where `tag` is
 * @throws InvalidFilterKey, InvalidFilterOption, InvalidFilterValue
 */
export function passesAll(filters: readonly ParameterStringFilter[], keys: readonly string[]): Passes {
  const seen = new Set<string>();
  const each = filters.map((filter) => {
    const key = filter.Key ?? '';
    if (!keys.includes(key.startsWith('tag:') ? 'tag' : key))
      throw new ServiceFailure(
        'InvalidFilterKey',
        `The following filter key is not valid: ${key}. Valid filter keys include: [${keys.join(', ')}].`,
      );
    if (seen.has(key))
      throw new ServiceFailure(
        'InvalidFilterKey',
        `The following filter key is specified more than once: ${key}.`,
      );
    seen.add(key);
    return passes(key, filter);
  });
  return (row, at) => each.every((one) => one(row, at));
}

function passes(key: string, filter: ParameterStringFilter): Passes {
  const known = options[key] ?? COMPARING;
  const option = filter.Option ?? known[0] ?? '';
  if (!known.includes(option))
    throw new ServiceFailure(
      'InvalidFilterOption',
      `The following filter option is not valid: ${option}. Valid options include: [${known.join(', ')}].`,
    );
  const values = filter.Values ?? [];
  const tag = key.startsWith('tag:') ? key.slice('tag:'.length) : undefined;
  if (values.length === 0 && tag === undefined)
    throw new ServiceFailure(
      'InvalidFilterValue',
      'The following filter values are missing : null for filter key ' + key,
    );
  if (key === 'Path') {
    const paths = values.map(pathOf);
    return ({ name }) => paths.some((path) => isBelow(path, name, option === 'Recursive'));
  }
  const compare = (found: string): boolean =>
    values.some((value) =>
      option === 'Contains'
        ? found.includes(value)
        : option === 'BeginsWith'
          ? found.startsWith(value)
          : found === value,
    );
  return (row, at) => {
    const found = foundAt(key, tag, row, at);
    return tag !== undefined && values.length === 0 ? found.length > 0 : found.some(compare);
  };
}

function foundAt(key: string, tag: string | undefined, row: ParameterRow, at: VersionRow): readonly string[] {
  const one = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
  if (tag !== undefined) return one(row.tags[tag]);
  switch (key) {
    case 'Name':
      return [row.name, row.name.replace(/^\//, '')];
    case 'Type':
      return [row.type];
    case 'KeyId':
      return one(at.keyId);
    case 'Tier':
      return [at.tier];
    case 'DataType':
      return [at.dataType];
    default:
      return at.labels;
  }
}
