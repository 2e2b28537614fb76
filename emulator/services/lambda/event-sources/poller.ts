import type { Scope } from '../../../service/call.ts';
import type { IamPort } from '../../iam/port.ts';
import type { BatchInvoker } from './invoking.ts';
import type { MappingRecord } from './mappings/record.ts';
import type { Mappings } from './mappings/mappings.ts';

/** Reads the source of one mapping while that is enabled. */
export interface Poller {
  /** Takes nothing more, from the moment of the call on; resolves when the batches at work have ended. */
  stop(): Promise<void>;
}

/** What every poller is made of. */
export interface PollerSetting<Port, Settings> {
  readonly scope: Scope;
  readonly mapping: MappingRecord;
  readonly settings: Settings;
  readonly port: Port;
  readonly iam: IamPort;
  readonly mappings: Mappings;
  readonly invoker: BatchInvoker;
}

/** Cloud time, in ms: how long a poller that may not read, or whose function is not there, waits before it looks again. */
export const recheckMs = 10_000;
