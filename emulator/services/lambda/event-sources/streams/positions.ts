import type { Cloud } from '../../../../cloud.ts';
import type { Scope } from '../../../../service/call.ts';

/** A place in a shard that later records do not move. */
export type StoredPosition = { readonly after: string } | { readonly timestamp: number } | 'TRIM_HORIZON';

/** How far one reader of a shard has come. Each of a mapping's parallel readers has those records whose keys are its own. */
export interface LanePosition {
  /** What comes after it was not yet dealt with. */
  readonly at: StoredPosition;
  /** Batches that failed and are tried again, each from where the one before ends; none of them was dealt with. */
  readonly failing: readonly { readonly until: string; readonly attempts: number }[];
  /** The tumbling window under way. */
  readonly window?: WindowState;
}

/** A tumbling window. Times are ms since 1970. */
export interface WindowState {
  readonly start: number;
  /** JSON that the function answered. */
  readonly state: string;
}

/** How far a mapping has come in one shard. */
export interface ShardPosition {
  readonly uuid: string;
  readonly shardId: string;
  readonly lanes: readonly LanePosition[];
  /** Every record of the shard was dealt with, and there will be no more. */
  readonly ended?: boolean;
}

/** How far mappings have come in their streams: kept, so that nothing is skipped or repeated after a restart. */
export class Positions {
  readonly #table;

  constructor(cloud: Cloud) {
    this.#table = cloud.state.table<ShardPosition>('lambda.event-source-positions');
  }

  find(scope: Scope, uuid: string, shardId: string): ShardPosition | undefined {
    return this.#table.in(scope).get(`${uuid}/${shardId}`);
  }

  set(scope: Scope, position: ShardPosition): void {
    this.#table.in(scope).set(`${position.uuid}/${position.shardId}`, position);
  }

  /** Forgets all of a mapping. */
  forget(scope: Scope, uuid: string): void {
    const rows = this.#table.in(scope);
    const own = [...rows.entries()].filter(([, position]) => position.uuid === uuid);
    for (const [key] of own) rows.delete(key);
  }
}
