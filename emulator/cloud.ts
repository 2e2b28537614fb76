import type { Clock } from './clock/clock.ts';
import type { Identity } from './identity/identity.ts';
import type { InnerCall } from './service/inner-calls.ts';
import type { Blobs } from './state/blobs.ts';
import type { State } from './state/state.ts';
import type { Trail } from './trail/trail.ts';
import type { Ports } from './services/registry.ts';

/** The settings of a running embedded cloud. */
export interface CloudSettings {
  /** Where state, blobs and function folders live. Removed at the end when `ephemeral`. */
  readonly home: string;
  readonly ephemeral: boolean;
  /** The address that functions and students reach the cloud at, for example `http://127.0.0.1:4566`. Known once it listens. */
  readonly origin: string;
  /** Folder with Node.js binaries by major version, filled by `npm run runtimes`. */
  readonly runtimes: string;
}

/** What a service is built on. */
export interface Cloud {
  readonly settings: CloudSettings;
  readonly clock: Clock;
  readonly state: State;
  readonly blobs: Blobs;
  readonly trail: Trail;
  readonly identity: Identity;
  /** Another service's inner interface; loads that service at its first use. */
  port<Name extends keyof Ports>(name: Name): Promise<Ports[Name]>;
  /** Another service's operations, as a client would call them. */
  readonly call: InnerCall;
}
