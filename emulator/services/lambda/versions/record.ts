import type { Statement } from '../permissions/statement.ts';
import type { Deployment } from '../functions/record.ts';

/** A published version: never changed but for its policy. Times are ms since 1970 in the cloud's time. */
export interface VersionRecord {
  readonly name: string;
  /** `1`, `2`, … */
  readonly version: string;
  readonly deployment: Deployment;
  /** Until then it is `Pending`: a version that was published with a new package. */
  readonly readyAt: number;
  readonly revisionId: string;
  readonly lastModified: number;
  /** The resource-based policy of this version. */
  readonly statements: readonly Statement[];
}

/** A name that points at a version, or at two with weights. */
export interface AliasRecord {
  readonly functionName: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** A further version → the share of calls that it gets, from 0 to 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
  readonly statements: readonly Statement[];
}
