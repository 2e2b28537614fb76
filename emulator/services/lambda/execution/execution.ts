import type { Scope } from '../../../service/call.ts';
import type { BlobRef } from '../../../state/blobs.ts';
import type { TrailId } from '../../../trail/trail.ts';

/** A function version as execution needs it: a snapshot, so that an update never reaches a running invocation. */
export interface FunctionVersion {
  readonly scope: Scope;
  readonly name: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  /** Unqualified for `$LATEST` as in `context.invokedFunctionArn`. */
  readonly arn: string;
  /** Changes with every update of code or configuration: environments of an older one are recycled. */
  readonly revision: string;
  readonly code: BlobRef;
  /** Packages that are laid over one another below `/opt`, in this order. */
  readonly layers?: readonly BlobRef[];
  readonly handler: string;
  readonly runtime: string;
  readonly roleName: string;
  readonly memoryMB: number;
  readonly timeoutSeconds: number;
  readonly ephemeralStorageMB: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logging: LoggingSettings;
}
export type LoggingSettings =
  | { readonly format: 'Text'; readonly group: string }
  | {
      readonly format: 'JSON';
      readonly group: string;
      readonly applicationLevel: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
      readonly systemLevel: 'DEBUG' | 'INFO' | 'WARN';
    };

/** One event for one environment. */
export interface Invocation {
  readonly requestId: string;
  /** Bytes of a JSON document. */
  readonly payload: Uint8Array;
  /** As sent in `X-Amz-Client-Context`: base64 of JSON. */
  readonly clientContext: string | undefined;
  /** The ARN the caller used, with its qualifier. */
  readonly invokedArn: string;
  readonly cause: TrailId | undefined;
  /** `X-Amzn-Trace-Id` that the function is given; one of its own where none is. */
  readonly traceHeader?: string;
  /**
   * Where a streaming handler's bytes go as they come, with the `Content-Type` that it declared. Absent: they are
   * collected into the outcome. The result of a handler that does not stream is in the outcome in any case.
   */
  readonly onChunk?: (chunk: Uint8Array, contentType?: string) => void;
}

/** How an invocation ended: what the caller is told, and what was measured. */
export interface Outcome {
  readonly payload: Uint8Array;
  readonly functionError: 'Unhandled' | undefined;
  /** For example `Sandbox.Timedout` or the thrown error's name; undefined on success. */
  readonly errorType: string | undefined;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: Uint8Array;
  readonly durationMs: number;
  readonly billedMs: number;
  /** Whether the environment was initialised beforehand, by provisioned concurrency. */
  readonly provisioned?: boolean;
  /** Present on the first invocation of an environment that was initialised on demand. */
  readonly initMs: number | undefined;
  readonly maxMemoryMB: number;
  /** `Content-Type` a streaming handler declared. */
  readonly contentType: string | undefined;
}

/** Environments of a version that are initialised beforehand. */
export interface ProvisionedState {
  /** Initialised, at work or not. */
  readonly ready: number;
  readonly free: number;
  readonly atWork: number;
  /** One could not be initialised; no more are tried until the number is set again. */
  readonly failed: boolean;
}

/** Runs functions in execution environments: real processes that start cold, stay warm, freeze and are recycled. */
export interface Execution {
  /**
   * Runs one invocation in a free environment, or a new one.
   * @throws ServiceFailure where no environment can be had (runtime missing on this machine)
   */
  invoke(version: FunctionVersion, invocation: Invocation): Promise<Outcome>;
  /**
   * Keeps `count` environments of a version initialised beforehand. Invocations of the version take one
   * of them while one is free. Resolves when they are there or one failed, or when the number is set anew.
   */
  provision(version: FunctionVersion, count: number): Promise<void>;
  /** Ends those that are kept: idle ones now, busy ones after their invocation. */
  unprovision(scope: Scope, name: string, version: string): void;
  /** How many environments of a version are kept initialised now. @param version a number */
  provisioned(scope: Scope, name: string, version: string): ProvisionedState;
  /** Environments of a function that are at work now, over all versions. */
  busy(scope: Scope, name: string): number;
  /**
   * Ends the environments of a function: idle ones now, busy ones after their invocation.
   * @param version only those of this version
   */
  recycle(scope: Scope, name: string, why: 'updated' | 'deleted', version?: string): void;
  /** Ends every environment and resolves when no process is left. */
  stop(): Promise<void>;
}
