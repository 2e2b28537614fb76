import type { TrailId } from '../../../trail/trail.ts';
import type { MessageRow, ReceiptRow } from '../rows.ts';

/** A message in a queue, with what only the running cloud knows of it. */
export interface Entry {
  readonly message: MessageRow;
  receipt: ReceiptRow | undefined;
  state: 'delayed' | 'visible' | 'in flight' | 'gone';
  /** Goes up whenever `state` changes: an older one in a heap is out of date. */
  turn: number;
  readonly cause: TrailId | undefined;
}

/** In which order a queue hands out its visible messages. */
export interface Order {
  /** A message is in the queue from now on, in whatever state. */
  add(entry: Entry): void;
  /** It has become visible. */
  shown(entry: Entry): void;
  /** It was in flight and is not any more (it is gone, or will be shown). */
  landed(entry: Entry): void;
  /** It is gone: those behind it move up. */
  removed(entry: Entry): void;
  /**
   * Offers visible messages in order until `max` were taken.
   * @param take puts the message in flight, or deals with it otherwise and returns false
   */
  take(max: number, take: (entry: Entry) => boolean): Entry[];
}
