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

interface Cursor {
  readonly span: Span;
  /** The place of `head`. */
  readonly place: number;
  readonly head: MergedEvent;
  readonly key: SortKey;
}

/** The events of several spans as one, earliest first, or latest first if `backward`. */
export function* merged(spans: readonly Span[], backward: boolean): Generator<MergedEvent> {
  const step = backward ? -1 : 1;
  const cursor = (span: Span, place: number): Cursor | undefined => {
    if (place < span.from || place >= span.to) return undefined;
    const found = span.stream.at(place);
    if (found === undefined) return undefined;
    return { span, place, head: { ...found, stream: span.stream }, key: sortKey(found, span.stream) };
  };
  const heap: Cursor[] = [];
  const before = (a: Cursor, b: Cursor): boolean => compareKeys(a.key, b.key) * step < 0;

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

  for (const span of spans) {
    const first = cursor(span, backward ? span.to - 1 : span.from);
    if (first !== undefined) heap.push(first);
  }
  // A sorted array is a heap.
  heap.sort((a, b) => (before(a, b) ? -1 : 1));

  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    yield top.head;
    const next = cursor(top.span, top.place + step);
    if (next !== undefined) heap[0] = next;
    else {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) heap[0] = last;
    }
    sink();
  }
}
