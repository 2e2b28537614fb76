import type * as client from '@aws-sdk/client-lambda';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Operations } from '../../service/operations.ts';
import type { Changes } from './changes.ts';
import type { Provisioning } from './concurrency/provisioning.ts';
import type { Mappings } from './event-sources/mappings/mappings.ts';
import type { Execution } from './execution/execution.ts';
import type { Functions } from './functions/functions.ts';
import type { Downloads } from './package/downloads.ts';
import type { Layers } from './layers/layers.ts';
import type { Versions } from './versions/versions.ts';

export type LambdaClientModule = typeof client;
export type LambdaOperations = Operations<LambdaClientModule>;

/** What Lambda's operations share. */
export interface LambdaContext {
  readonly cloud: Cloud;
  readonly functions: Functions;
  readonly versions: Versions;
  readonly changes: Changes;
  /** Event source mappings. */
  readonly mappings: Mappings;
  readonly provisioning: Provisioning;
  readonly layers: Layers;
  readonly downloads: Downloads;
  /** Makes execution at its first use: it brings other services with it. */
  readonly execution: () => Promise<Execution>;
  /** Ends the environments of a function, or of one version, where execution was used at all. */
  readonly recycle: (scope: Scope, name: string, why: 'updated' | 'deleted', version?: string) => void;
}
