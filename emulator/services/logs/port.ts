import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';

/** What other services ask of CloudWatch Logs. */
export interface LogsPort {
  /**
   * Writes a service's own lines, making the group and the stream where they are missing.
   * @param events times in ms since 1970, oldest first
   * @param make whether a group that is missing is made; else the lines are dropped. It is, where nothing is said
   */
  write(
    scope: Scope,
    group: string,
    stream: string,
    events: readonly { readonly timestamp: number; readonly message: string }[],
    cause?: TrailId,
    make?: boolean,
  ): void;
}
