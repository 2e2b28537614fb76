import type { Scope } from '../../../../service/call.ts';
import { merged, type Span } from '../../merge.ts';
import { expiryOf, sizeOf } from '../../rows.ts';
import type { LogStore } from '../../store.ts';
import { bounded } from '../../../../bounded/bounded.ts';
import type { Execution, ResultRow } from './plan.ts';
import { Row } from './row.ts';

/** What a query read. */
export interface ScanFigures {
  recordsMatched: number;
  recordsScanned: number;
  bytesScanned: number;
  readonly logGroupsScanned: number;
}

export interface ScanRequest {
  readonly store: LogStore;
  readonly scope: Scope;
  readonly groups: readonly string[];
  /** ms since 1970, both included. */
  readonly from: number;
  readonly to: number;
  readonly execution: Execution;
  /** Whether the query has regular expressions, whose time must be bounded. */
  readonly risky: boolean;
  readonly stopped: () => boolean;
}

/** Events of a turn, so that other requests get theirs, and what a turn with regular expressions may take in ms. */
const EVENTS_A_TURN = 2_000;
const MOST_A_TURN = 1_000;

/**
 * Reads the groups' events, latest first, and answers the query's results.
 * @throws TookTooLong
 */
export async function scan(
  request: ScanRequest,
): Promise<{ readonly rows: readonly ResultRow[]; readonly figures: ScanFigures }> {
  const { execution, groups } = request;
  const figures: ScanFigures = {
    recordsMatched: 0,
    recordsScanned: 0,
    bytesScanned: 0,
    logGroupsScanned: groups.length,
  };
  const events = merged(spansOf(request), true);
  const { account, region } = request.scope;
  /** Reads some events. False: there were no more. */
  const turn = (): boolean => {
    for (let count = 0; count < EVENTS_A_TURN; count += 1) {
      const next = events.next();
      if (next.done === true) return false;
      const { event, stream, position } = next.value;
      figures.recordsScanned += 1;
      figures.bytesScanned += sizeOf(event.m);
      execution.add(new Row({ event, stream, position, account, region }));
    }
    return true;
  };
  const run = <T>(work: () => T): T => (request.risky ? bounded(work, MOST_A_TURN) : work());
  while (!request.stopped() && run(turn)) await new Promise(setImmediate);
  const rows = run(() => execution.results());
  figures.recordsMatched = execution.matched;
  return { rows, figures };
}

function spansOf({ store, scope, groups, from, to }: ScanRequest): Span[] {
  const now = store.cloud.clock.now();
  return groups.flatMap((name) => {
    const group = store.groups(scope).get(name);
    if (group === undefined) return [];
    const start = Math.max(from, expiryOf(group, now));
    return [...store.streams(scope, name).values()].map((stream) => ({
      stream,
      from: stream.firstFrom(start),
      to: stream.firstFrom(to + 1),
    }));
  });
}
