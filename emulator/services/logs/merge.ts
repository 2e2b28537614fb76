import type { StoredEvent } from './rows.ts';
import type { LogStream, StreamEvent } from './stream.ts';

/** An event of one of several streams. */
export interface MergedEvent extends StreamEvent {
  readonly stream: LogStream;
}

/** The part of a stream that is read: places from `from` up to but not with `to`. */
export interface Span {
  readonly stream: LogStream;
  readonly from: number;
  readonly to: number;
}

/** "Sorted by event timestamp, the timestamp when the event was ingested, and the ID of the request." */
export interface SortKey {
  readonly timestamp: number;
  readonly ingested: number;
  readonly stream: string;
  readonly position: number;
}

export function sortKey({ event, position }: StreamEvent, stream: LogStream): SortKey {
  return { timestamp: event.t, ingested: event.i, stream: stream.row.name, position };
}

export function compareKeys(a: SortKey, b: SortKey): number {
  return (
    a.timestamp - b.timestamp ||
    a.ingested - b.ingested ||
    (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.position - b.position)
  );
}

/** Reads one span. It is moved along in place, so that a long scan makes no garbage for each event. */
class Cursor implements MergedEvent {
  readonly stream: LogStream;
  event: StoredEvent;
  position = 0;
  #place: number;
  readonly #span: Span;

  private constructor(span: Span, place: number, event: StoredEvent) {
    this.stream = span.stream;
    this.#span = span;
    this.#place = place;
    this.event = event;
    this.position = span.stream.positionAt(place);
  }

  static at(span: Span, place: number): Cursor | undefined {
    if (place < span.from || place >= span.to) return undefined;
    const event = span.stream.eventAt(place);
    return event === undefined ? undefined : new Cursor(span, place, event);
  }

  /** Goes one place on. False: the span has ended. */
  move(step: number): boolean {
    this.#place += step;
    if (this.#place < this.#span.from || this.#place >= this.#span.to) return false;
    const event = this.stream.eventAt(this.#place);
    if (event === undefined) return false;
    this.event = event;
    this.position = this.stream.positionAt(this.#place);
    return true;
  }
}

function compare(a: MergedEvent, b: MergedEvent): number {
  const byTime = a.event.t - b.event.t || a.event.i - b.event.i;
  return byTime === 0 ? compareKeys(sortKey(a, a.stream), sortKey(b, b.stream)) : byTime;
}

/**
 * The events of several spans as one, earliest first, or latest first if `backward`. What is yielded changes when
 * the next event is asked for.
 */
export function* merged(spans: readonly Span[], backward: boolean): Generator<MergedEvent> {
  const step = backward ? -1 : 1;
  const before = (a: MergedEvent, b: MergedEvent): boolean => compare(a, b) * step < 0;
  const heap = spans.flatMap((span) => Cursor.at(span, backward ? span.to - 1 : span.from) ?? []);
  // A sorted array is a heap.
  heap.sort((a, b) => compare(a, b) * step);

  /** Lets the cursor at the top sink to where it belongs. */
  const sink = (): void => {
    const moved = heap[0];
    if (moved === undefined) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && before(right, left)) child += 1;
      const smaller = heap[child];
      if (smaller === undefined || !before(smaller, moved)) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = moved;
  };

  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    yield top;
    if (!top.move(step)) {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) heap[0] = last;
    }
    sink();
  }
}
