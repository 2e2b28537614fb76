import type { BlobRef } from '../../../state/blobs.ts';
import type { LoggingSettings } from '../execution/execution.ts';
import type { Statement } from '../permissions/statement.ts';

/** What a function is made of: everything that an update can change. */
export interface FunctionSettings {
  readonly code: PackageReference;
  readonly runtime: string;
  readonly handler: string;
  /** ARN of the execution role. */
  readonly role: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMB: number;
  readonly ephemeralStorageMB: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** Undefined where none was ever given: AWS then answers no `Environment` at all. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly logging: LoggingSettings;
  readonly tracing: 'PassThrough' | 'Active';
  readonly kmsKeyArn?: string;
  /** In the order in which they are laid over one another. */
  readonly layers?: readonly LayerUse[];
  /** ARN of the queue or topic that events go to which the function could not deal with. */
  readonly deadLetter?: string;
}

/** A layer version that a function uses. Its package is kept though the layer version may be deleted. */
export interface LayerUse {
  readonly arn: string;
  readonly blob: BlobRef;
  /** Bytes of the archive. */
  readonly size: number;
}

/** A deployment package that is kept. */
export interface PackageReference {
  readonly blob: BlobRef;
  /** base64 */
  readonly sha256: string;
  /** Bytes of the archive. */
  readonly size: number;
}

/** Settings under an id that changes with them: what an execution environment is made for. */
export interface Deployment {
  readonly id: string;
  readonly settings: FunctionSettings;
}

/** A function as it is kept. Times are ms since 1970 in the cloud's time. */
export interface FunctionRecord {
  readonly name: string;
  readonly deployment: Deployment;
  readonly phase: Phase;
  /** The `RevisionId` that clients see: changes with every change, that of a state included. */
  readonly revisionId: string;
  readonly lastModified: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Reserved concurrency, where it is set. */
  readonly reserved?: number;
  /** The number of the version that was published last: none is given twice. */
  readonly published?: number;
  /** What happens to loops through other services; `Terminate` where nothing was set. */
  readonly recursiveLoop?: 'Allow' | 'Terminate';
  /** The resource-based policy of the unqualified function. */
  readonly statements: readonly Statement[];
}

/** What answers and execution need of `$LATEST` or of a published version. */
export type VersionView = Pick<
  FunctionRecord,
  'name' | 'deployment' | 'phase' | 'revisionId' | 'lastModified' | 'statements'
> & {
  /** Absent: `$LATEST`. */
  readonly version?: string;
};

/** `updating` runs on the deployment before until the new one is ready, as on AWS. */
export type Phase =
  | { readonly is: 'pending'; readonly until: number }
  | { readonly is: 'active' }
  | { readonly is: 'updating'; readonly until: number; readonly before: Deployment };
