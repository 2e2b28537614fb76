import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** An event that another service gives to a bus. The bus adds id, account, region and version. */
export interface EventEntry {
  /** For example `aws.s3`, or `lambda` for destinations. */
  readonly source: string;
  readonly detailType: string;
  /** A JSON object in text. */
  readonly detail: string;
  readonly resources?: readonly string[];
  /** ms since 1970; now where none is given. */
  readonly time?: number;
}

/** What other services ask of EventBridge. */
export interface EventsPort {
  /**
   * Gives events to a bus. Acts at once: when it returns, every delivery that follows is kept, so that the caller's
   * own changes in the same piece of code are kept or lost together with it. Deliveries follow, and are retried.
   * @param bus a name or an ARN; the account's own bus is `default`
   * @returns the id of each event, in order
   * @throws ServiceFailure `ResourceNotFoundException` where there is no such bus
   */
  put(
    scope: Scope,
    bus: string,
    entries: readonly EventEntry[],
    cause?: TrailId,
  ): readonly { readonly eventId: string }[];
  /** Whether there is such a bus. @param bus a name or an ARN */
  exists(scope: Scope, bus: string): boolean;
}
