import type { Scope } from '../service/call.ts';
import type { Trail, TrailEntry, TrailFacts, TrailId, TrailKind } from './trail.ts';

export interface TrailOptions {
  /** The cloud's time in ms since 1970. */
  readonly now: () => number;
  /** Entries that are kept of one account and region. */
  readonly entriesAScope?: number;
  /** Accounts and regions that are kept: of more, the one that was quiet longest is forgotten. */
  readonly scopes?: number;
}

/** The newest entries of one scope, in a ring. */
interface Ring {
  readonly entries: TrailEntry[];
  /** Where the next entry goes once the ring is full: where the oldest stands. */
  next: number;
}

/** Makes a trail in memory. A listener is told of an entry when it is recorded, and again under its id when facts are added. */
export function createTrail({ now, entriesAScope = 2_000, scopes = 400 }: TrailOptions): Trail {
  const rings = new Map<string, Ring>();
  const places = new Map<TrailId, { readonly ring: Ring; readonly index: number }>();
  const listeners = new Set<(entry: TrailEntry) => void>();
  // Ids of an earlier run of the cloud are not mistaken for ids of this one.
  const run = now().toString(36);
  let count = 0;

  const ringOf = (scope: Scope): Ring => {
    const key = `${scope.account}/${scope.region}`;
    const ring = rings.get(key) ?? { entries: [], next: 0 };
    // Moved to the end: the first is always the one that was quiet longest.
    rings.delete(key);
    rings.set(key, ring);
    const [quiet] = rings;
    if (rings.size > scopes && quiet !== undefined) {
      rings.delete(quiet[0]);
      for (const { id } of quiet[1].entries) places.delete(id);
    }
    return ring;
  };
  const keep = (ring: Ring, entry: TrailEntry): void => {
    let index = ring.entries.length;
    if (index === entriesAScope) {
      index = ring.next;
      ring.next = (ring.next + 1) % entriesAScope;
      const oldest = ring.entries[index];
      if (oldest !== undefined) places.delete(oldest.id);
    }
    ring.entries[index] = entry;
    places.set(entry.id, { ring, index });
  };
  const tell = (entry: TrailEntry): void => {
    for (const listener of listeners) {
      try {
        listener(entry);
      } catch {
        // What looks on must not change what happens.
      }
    }
  };

  return {
    record: <Kind extends TrailKind>(
      scope: Scope,
      kind: Kind,
      facts: TrailFacts[Kind],
      cause?: TrailId,
    ): TrailId => {
      count += 1;
      const id = `${run}-${count.toString(36)}` as TrailId;
      const { account, region } = scope;
      // The kind and its facts belong together by this function's signature, which a union's members cannot say.
      const entry = Object.freeze({
        id,
        kind,
        cause,
        at: now(),
        scope: Object.freeze({ account, region }),
        facts: Object.freeze({ ...facts }),
      }) as TrailEntry;
      keep(ringOf(scope), entry);
      tell(entry);
      return id;
    },
    complete: (id, facts) => {
      const place = places.get(id);
      const entry = place?.ring.entries[place.index];
      if (place === undefined || entry === undefined) return;
      const fuller = Object.freeze({
        ...entry,
        facts: Object.freeze({ ...entry.facts, ...facts }),
      }) as TrailEntry;
      place.ring.entries[place.index] = fuller;
      tell(fuller);
    },
    read: (scope, after) => {
      const ring = rings.get(`${scope.account}/${scope.region}`);
      if (ring === undefined) return [];
      const entries = [...ring.entries.slice(ring.next), ...ring.entries.slice(0, ring.next)];
      // An id that is not kept any more is older than everything that is.
      const position = after === undefined ? -1 : entries.findIndex(({ id }) => id === after);
      return entries.slice(position + 1);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
