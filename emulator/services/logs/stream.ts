import type { Sequence } from '../../state/state.ts';
import { sizeOf, type StoredEvent, type StreamRow } from './rows.ts';

/** An event and its position since its stream began. */
export interface StreamEvent {
  readonly event: StoredEvent;
  readonly position: number;
}

/**
 * A log stream with its events in order of time. Events nearly always arrive in that order; only where they did
 * not, an order of its own is made at the next read.
 */
export class LogStream {
  readonly row: StreamRow;
  readonly #sequence: Sequence<StoredEvent>;
  #bytes = 0;
  /** The latest timestamp so far: an event before it is out of order. */
  #latest = Number.NEGATIVE_INFINITY;
  #inOrder = true;
  /** Indexes into the items, by time; undefined until needed again. */
  #order: readonly number[] | undefined;

  constructor(row: StreamRow, sequence: Sequence<StoredEvent>) {
    this.row = row;
    this.#sequence = sequence;
    this.#count(sequence.items());
  }

  get length(): number {
    return this.#sequence.items().length;
  }

  /** Bytes of all events that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Position that the next event will have. */
  get nextPosition(): number {
    return this.#sequence.first + this.length;
  }

  /** The event that was ingested last. */
  get lastIngested(): StoredEvent | undefined {
    return this.#sequence.items().at(-1);
  }

  append(events: readonly StoredEvent[]): void {
    this.#sequence.append(events);
    this.#order = undefined;
    this.#count(events);
  }

  /** Drops the `count` events that were ingested first. */
  dropFirst(count: number): void {
    const items = this.#sequence.items();
    for (let index = 0; index < Math.min(count, items.length); index += 1) {
      const item = items[index];
      if (item !== undefined) this.#bytes -= sizeOf(item.m);
    }
    this.#sequence.dropFirst(count);
    this.#order = undefined;
  }

  /** How many of the events ingested first are from before a time. */
  leadingBefore(time: number): number {
    const items = this.#sequence.items();
    const kept = items.findIndex(({ t }) => t >= time);
    return kept < 0 ? items.length : kept;
  }

  delete(): void {
    this.#sequence.delete();
    this.#bytes = 0;
    this.#order = undefined;
  }

  /** The event at a place in order of time, `0` being the earliest. */
  at(place: number): StreamEvent | undefined {
    const event = this.eventAt(place);
    return event === undefined ? undefined : { event, position: this.positionAt(place) };
  }

  eventAt(place: number): StoredEvent | undefined {
    const items = this.#sequence.items();
    return this.#inOrder ? items[place] : items[this.#ordered(items)[place] ?? -1];
  }

  positionAt(place: number): number {
    const index = this.#inOrder ? place : (this.#ordered(this.#sequence.items())[place] ?? -1);
    return this.#sequence.first + index;
  }

  /** The first place whose event satisfies a test that, once true, stays true for all later events. */
  firstWhere(test: (found: StreamEvent) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.at(middle);
      if (found === undefined || test(found)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first place whose event is not from before a time. */
  firstFrom(time: number): number {
    return time === Number.NEGATIVE_INFINITY ? 0 : this.firstWhere(({ event }) => event.t >= time);
  }

  #count(events: readonly StoredEvent[]): void {
    for (const { t, m } of events) {
      this.#bytes += sizeOf(m);
      if (t < this.#latest) this.#inOrder = false;
      else this.#latest = t;
    }
  }

  #ordered(items: readonly StoredEvent[]): readonly number[] {
    this.#order ??= [...items.keys()].sort((a, b) => (items[a]?.t ?? 0) - (items[b]?.t ?? 0) || a - b);
    return this.#order;
  }
}
