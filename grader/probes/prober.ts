import type { Capability } from '../api.ts';

/** Finds out by trying what a target shows; each behaviour is tried at most once a run, and only if asked for. */
export interface Prober {
  /** @throws where the trial itself could not be made */
  can(capability: Capability): Promise<boolean>;
  /** Removes everything that the trials have made. */
  close(): Promise<void>;
}
