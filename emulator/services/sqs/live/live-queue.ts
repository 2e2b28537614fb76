import type { ClockTimer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows } from '../../../state/state.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { DuplicateRow, MessageRow, QueueRow, ReceiptRow } from '../rows.ts';
import { Duplicates } from './duplicates.ts';
import type { Entry, Order } from './entry.ts';
import { FifoOrder } from './fifo-order.ts';
import { Heap } from './heap.ts';
import { Pollers } from './pollers.ts';
import { StandardOrder } from './standard-order.ts';

/** The rows that a queue's messages lie in. */
export interface MessageTables {
  readonly messages: Rows<MessageRow>;
  readonly receipts: Rows<ReceiptRow>;
  readonly duplicates: Rows<DuplicateRow>;
}

/** What a queue needs of its surroundings. */
export interface LiveQueueParts {
  readonly cloud: Cloud;
  readonly scope: Scope;
  readonly tables: MessageTables;
  /** The queue as it is now: its attributes change. */
  readonly row: () => QueueRow;
  /** How long messages are kept, in ms. */
  readonly retention: () => number;
  /** Services that want to know when there may be messages. */
  readonly listeners: ReadonlySet<() => void>;
  /** Moves a message that was received too often. False: it stays. */
  readonly redrive: (entry: Entry) => boolean;
}

/** By id: a heap must not hold on to the body of a message that is gone. */
interface Turn {
  readonly id: string;
  readonly turn: number;
}

/**
 * A queue at work: which of its messages can be received, in what order, and when the others can. Nothing here looks
 * at all messages: each step costs at most the logarithm of their number.
 */
export class LiveQueue {
  readonly duplicates: Duplicates;
  readonly pollers: Pollers;
  readonly #parts: LiveQueueParts;
  readonly #entries = new Map<string, Entry>();
  readonly #order: Order;
  /** Messages that are hidden, by the time when they are shown. */
  readonly #hidden = new Heap<Turn>();
  /** All messages, by the time when they were sent. */
  readonly #ages = new Heap<string>();
  readonly #count = { delayed: 0, visible: 0, 'in flight': 0 };
  #timer: { readonly time: number; readonly timer: ClockTimer } | undefined;
  #sequence = 0;
  #closed = false;

  constructor(parts: LiveQueueParts) {
    this.#parts = parts;
    this.#order = parts.row().fifo ? new FifoOrder() : new StandardOrder();
    this.duplicates = new Duplicates(parts.tables.duplicates, parts.row().id, () => parts.cloud.clock.now());
    this.pollers = new Pollers(
      parts.cloud.clock,
      (max, visibility) => this.take(max, visibility),
      parts.listeners,
    );
  }

  get id(): string {
    return this.#parts.row().id;
  }
  get scope(): Scope {
    return this.#parts.scope;
  }
  get row(): QueueRow {
    return this.#parts.row();
  }

  /** How many messages are in which state. */
  counts(): { readonly delayed: number; readonly visible: number; readonly inFlight: number } {
    this.#settle();
    const { delayed, visible } = this.#count;
    return { delayed, visible, inFlight: this.#count['in flight'] };
  }

  /** The message with this id, unless it is gone. */
  entry(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Puts a new message into the queue. */
  add(message: MessageRow, receipt: ReceiptRow | undefined, cause: TrailId | undefined): Entry {
    const { messages, receipts } = this.#parts.tables;
    messages.set(this.#key(message.id), message);
    if (receipt !== undefined) receipts.set(this.#key(message.id), receipt);
    const entry = this.restore(message, receipt, cause);
    this.#schedule();
    return entry;
  }

  /** Takes up a message that is in the tables already. */
  restore(message: MessageRow, receipt: ReceiptRow | undefined, cause?: TrailId): Entry {
    const now = this.#now();
    const until = receipt?.until ?? 0;
    const state = until > now ? 'in flight' : message.from > now ? 'delayed' : 'visible';
    const entry: Entry = { message, receipt, state, turn: 0, cause };
    this.#entries.set(message.id, entry);
    this.#ages.push(message.sent, message.id);
    this.#order.add(entry);
    this.#count[state] += 1;
    if (state === 'visible') {
      this.#order.shown(entry);
      this.pollers.wake();
    } else this.#hidden.push(Math.max(until, message.from), { id: message.id, turn: 0 });
    return entry;
  }

  /**
   * Receives up to `max` messages.
   * @param visibility ms that they are hidden from others
   */
  take(max: number, visibility: number): Entry[] {
    if (this.#closed) return [];
    this.#settle();
    const now = this.#now();
    const taken = this.#order.take(max, (entry) => {
      if (this.#parts.redrive(entry)) return false;
      const before = entry.receipt;
      this.#keep(entry, {
        count: (before?.count ?? 0) + 1,
        here: (before?.here ?? 0) + 1,
        first: before?.first ?? now,
        last: now,
        until: now + visibility,
      });
      this.#turn(entry, 'in flight');
      this.#hidden.push(now + visibility, { id: entry.message.id, turn: entry.turn });
      return true;
    });
    this.#schedule();
    return taken;
  }

  /** Hides a message in flight for `ms` from now on, or shows it again. */
  hide(entry: Entry, ms: number): void {
    if (entry.state !== 'in flight' || entry.receipt === undefined) return;
    const until = this.#now() + ms;
    this.#keep(entry, { ...entry.receipt, until });
    if (ms <= 0) {
      this.#show(entry);
      return;
    }
    entry.turn += 1;
    this.#hidden.push(until, { id: entry.message.id, turn: entry.turn });
    this.#schedule();
  }

  /** Takes a message out of the queue for good. */
  remove(entry: Entry): void {
    if (entry.state === 'gone') return;
    const flying = entry.state === 'in flight';
    this.#turn(entry, 'gone');
    const { id } = entry.message;
    this.#entries.delete(id);
    this.#parts.tables.messages.delete(this.#key(id));
    this.#parts.tables.receipts.delete(this.#key(id));
    if (flying) this.#order.landed(entry);
    this.#order.removed(entry);
    // A group may have been waiting for this one.
    if (flying && this.#count.visible > 0) this.pollers.wake();
  }

  /** Takes all messages out of the queue. */
  purge(): void {
    for (const entry of [...this.#entries.values()]) this.remove(entry);
  }

  /** Messages that can be received now, oldest first, without receiving them: for moving them elsewhere. */
  visible(max: number): Entry[] {
    this.#settle();
    const found: Entry[] = [];
    for (const entry of this.#entries.values()) {
      if (found.length >= max) break;
      if (entry.state === 'visible') found.push(entry);
    }
    return found;
  }

  /** A number of twenty digits, higher than each before. */
  nextSequence(): string {
    this.#sequence = Math.max(this.#sequence + 1, this.#now() * 1000);
    return String(18_000_000_000_000_000_000n + BigInt(this.#sequence) * 256n);
  }

  /** Removes what the queue has kept: it is deleted. */
  clear(): void {
    this.purge();
    this.duplicates.clear();
    this.close();
  }

  /** Lets go of timers and of those who wait. */
  close(): void {
    this.#closed = true;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.pollers.close();
  }

  /** Sets the timer anew: messages were restored, or attributes have changed. */
  start(): void {
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.#schedule();
  }

  /** What has fallen due since becomes visible, and what is too old is gone. */
  #settle(): void {
    const now = this.#now();
    for (let next = this.#hidden.peek(); next !== undefined && next.time <= now; next = this.#hidden.peek()) {
      const { id, turn } = next.item;
      this.#hidden.pop();
      const entry = this.#entries.get(id);
      if (entry?.turn === turn) this.#show(entry);
    }
    const oldest = now - this.#parts.retention();
    for (let next = this.#ages.peek(); next !== undefined; next = this.#ages.peek()) {
      const entry = this.#entries.get(next.item);
      if (entry !== undefined && next.time > oldest) break;
      this.#ages.pop();
      if (entry !== undefined) this.remove(entry);
    }
  }

  #show(entry: Entry): void {
    const flying = entry.state === 'in flight';
    this.#turn(entry, 'visible');
    if (flying) this.#order.landed(entry);
    this.#order.shown(entry);
    this.pollers.wake();
  }

  #turn(entry: Entry, state: Entry['state']): void {
    if (entry.state !== 'gone') this.#count[entry.state] -= 1;
    if (state !== 'gone') this.#count[state] += 1;
    entry.state = state;
    entry.turn += 1;
  }

  #keep(entry: Entry, receipt: ReceiptRow): void {
    entry.receipt = receipt;
    this.#parts.tables.receipts.set(this.#key(entry.message.id), receipt);
  }

  /** One timer for the whole queue, set for what comes first. */
  #schedule(): void {
    if (this.#closed) return;
    // What is gone need not be waited for.
    for (let next = this.#hidden.peek(); next !== undefined; next = this.#hidden.peek()) {
      if (this.#entries.get(next.item.id)?.turn === next.item.turn) break;
      this.#hidden.pop();
    }
    for (let next = this.#ages.peek(); next !== undefined; next = this.#ages.peek()) {
      if (this.#entries.has(next.item)) break;
      this.#ages.pop();
    }
    const shown = this.#hidden.peek()?.time ?? Infinity;
    const oldest = this.#ages.peek()?.time ?? Infinity;
    const time = Math.min(shown, oldest + this.#parts.retention());
    if (time === Infinity || (this.#timer !== undefined && this.#timer.time <= time)) return;
    this.#timer?.timer.cancel();
    const timer = this.#parts.cloud.clock.at(time, () => {
      this.#timer = undefined;
      this.#settle();
      this.#schedule();
    });
    this.#timer = { time, timer };
  }

  #now(): number {
    return this.#parts.cloud.clock.now();
  }
  #key(id: string): string {
    return messageKey(this.id, id);
  }
}

/** Where a message's rows lie. */
export function messageKey(queueId: string, messageId: string): string {
  return `${queueId}/${messageId}`;
}
