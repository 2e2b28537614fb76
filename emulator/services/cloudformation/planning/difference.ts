import { isDeepStrictEqual } from 'node:util';
import { needsReplacement } from '../resources/schema/replacement.ts';
import type { Live } from '../rows.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Wanted } from './wanted.ts';

/** How a resource becomes what it is to be. */
export type Course = 'nothing' | 'update' | 'replace';

/** How what is there becomes what is wanted. Its own service is asked for nothing. */
export function courseOf(types: ResourceTypes, live: Live, wanted: Wanted): Course {
  const changed = needsReplacement(wanted.type, live.properties, wanted.properties);
  const type = types(wanted.type);
  const tags = !isDeepStrictEqual(live.tags, wanted.tags) && type?.update !== undefined;
  if (changed.length === 0) return tags ? 'update' : 'nothing';
  const replaces =
    changed.some(({ recreation }) => recreation === 'Always') ||
    type?.update === undefined ||
    type.replaces?.(live.properties, wanted.properties) === true;
  return replaces ? 'replace' : 'update';
}
