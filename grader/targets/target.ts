import type { Deadline, TargetName } from '../api.ts';
import type { Pool } from './clients/pool.ts';

/** Who the grader is on a target. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/** A place where labs are deployed and graded. */
export interface Target {
  readonly name: TargetName;
  /** Absent on AWS, where each service has its own (and a test's stand-in one for all). */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Seconds to wait for each kind of thing before it counts as not happening. */
  readonly deadlines: Readonly<Record<Deadline, number>>;
  /** Seconds that one check may take altogether. */
  readonly budgetSeconds: number;
  /** Checks that may run at the same time. */
  readonly concurrency: number;
  /**
   * Seconds by which an answer may lag behind what was deployed: a run waits so long before its first look. A late
   * answer looks like any other, so there is nothing to look for.
   */
  readonly settleSeconds: number;
  readonly pool: Pool;
  /**
   * Asks the target whose credentials are in use.
   * @throws GraderProblem where nothing answers or the credentials are refused
   */
  whoami(): Promise<Caller>;
  /** Moves the embedded cloud's clock forward; elsewhere resolves at once. */
  pass(seconds: number): Promise<void>;
  /** Closes the connections. */
  close(): void;
}

/**
 * A server on this machine that plays a real account, for tests of what is done on `aws` alone. No command line, no
 * variable and no file names one; an address elsewhere is refused.
 */
export interface StandIn {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What is known of the wished target before it is opened. */
export interface TargetWish {
  readonly name: TargetName;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the cloud is, if that is known better than by `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** What the embedded cloud's own routes ask for: without it time cannot be moved there. */
  readonly token?: string;
  /** For tests: plays the account of `aws`. */
  readonly standIn?: StandIn;
}
