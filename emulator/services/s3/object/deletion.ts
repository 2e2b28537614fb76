import type { Happening } from '../notification/notifier.ts';
import type { Deletion } from './versions.ts';

/** MD5 of nothing: what a marker's events carry as its ETag. */
const nothing = 'd41d8cd98f00b204e9800998ecf8427e';

/** What is to be told of a deletion; undefined where nothing was there. */
export function deletionOf(
  by: 'ObjectRemoved' | 'LifecycleExpiration',
  key: string,
  { happened, versionId }: Deletion,
): Happening | undefined {
  if (happened === undefined) return undefined;
  const marker = happened === 'DeleteMarkerCreated';
  return { name: `${by}:${happened}`, key, versionId, ...(marker && { etag: nothing }) };
}
