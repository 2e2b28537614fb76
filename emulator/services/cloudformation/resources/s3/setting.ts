import type { Json } from '../../../../state/state.ts';
import type { ResourceWork } from '../resource-type.ts';

/** One property of a bucket, which S3 has operations of their own for. */
export interface Setting {
  put(bucket: string, value: Json, work: ResourceWork): Promise<unknown>;
  /** Puts back what a new bucket has. */
  drop(bucket: string, work: ResourceWork): Promise<unknown>;
  /** The property as it is now, undefined where there is none. Absent: S3 does not tell. @throws ServiceFailure likewise */
  read?(bucket: string, work: ResourceWork): Promise<Json | undefined>;
}
