import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Scope } from '../../../service/call.ts';
import type { Rows } from '../../../state/state.ts';
import { placeOfArn, queueArn, scopeOf } from '../names.ts';
import type { QueuePlace } from '../names.ts';
import { seconds } from '../queues/attributes.ts';
import { redriveOf, takesFrom } from '../redrive/policy.ts';
import type { DuplicateRow, MessageRow, QueueRow, ReceiptRow } from '../rows.ts';
import type { Entry } from './entry.ts';
import { LiveQueue } from './live-queue.ts';

/** A message without its place in a FIFO queue, which it does not take along. */
export function unsequenced(message: MessageRow): Omit<MessageRow, 'sequence'> {
  const { ...copy }: { -readonly [Name in keyof MessageRow]: MessageRow[Name] } = message;
  delete copy.sequence;
  return copy;
}

/** The queues of a cloud, at work. An account's queues of a region are taken up at their first use. */
export class Queues {
  readonly cloud: Cloud;
  readonly #rows;
  readonly #messages;
  readonly #receipts;
  readonly #duplicates;
  /** By account and region, then by name. */
  readonly #live = new Map<string, Map<string, LiveQueue>>();
  /** By the queue's ARN: they outlive the queue. */
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#rows = cloud.state.table<QueueRow>('sqs.queues');
    this.#messages = cloud.state.table<MessageRow>('sqs.messages');
    this.#receipts = cloud.state.table<ReceiptRow>('sqs.receipts');
    this.#duplicates = cloud.state.table<DuplicateRow>('sqs.duplicates');
  }

  /** The queues of a scope, in the order of their making. */
  rows(scope: Scope): Rows<QueueRow> {
    return this.#rows.in(scopeOf(scope));
  }

  find(place: QueuePlace): LiveQueue | undefined {
    return this.#scope(place).get(place.name);
  }

  findArn(arn: string): LiveQueue | undefined {
    const place = placeOfArn(arn);
    return place === undefined ? undefined : this.find(place);
  }

  arnOf(queue: LiveQueue): string {
    return queueArn({ ...queue.scope, name: queue.row.name });
  }

  create(scope: Scope, made: Pick<QueueRow, 'name' | 'fifo' | 'attributes' | 'tags'>): LiveQueue {
    const now = this.cloud.clock.now();
    const live = this.#scope(scope);
    this.rows(scope).set(made.name, { ...made, id: randomUUID().slice(0, 8), created: now, modified: now });
    const queue = this.#open(scopeOf(scope), made.name);
    live.set(made.name, queue);
    return queue;
  }

  /** Changes attributes or tags of a queue. */
  amend(queue: LiveQueue, change: Partial<Pick<QueueRow, 'attributes' | 'tags'>>): void {
    const { row, scope } = queue;
    this.rows(scope).set(row.name, {
      ...row,
      ...change,
      modified: change.attributes === undefined ? row.modified : this.cloud.clock.now(),
    });
    queue.start();
  }

  delete(queue: LiveQueue): void {
    const { row, scope } = queue;
    queue.clear();
    this.#scope(scope).delete(row.name);
    this.rows(scope).delete(row.name);
  }

  /** Moves a message to another queue, where nobody has received it yet. */
  move(entry: Entry, from: LiveQueue, to: LiveQueue): void {
    const { message, receipt } = entry;
    from.remove(entry);
    // A standard queue's retention counts from when the message was first sent; a FIFO queue's begins again.
    const sent = to.row.fifo ? this.cloud.clock.now() : message.sent;
    to.add(
      {
        ...unsequenced(message),
        queue: to.id,
        sent,
        from: 0,
        source: this.arnOf(from),
        ...(to.row.fifo && { sequence: to.nextSequence() }),
      },
      receipt === undefined ? undefined : { ...receipt, here: 0, until: 0 },
      entry.cause,
    );
  }

  /** Calls back when there may be messages. Returns the way to stop. */
  subscribe(arn: string, listener: () => void): () => void {
    let listeners = this.#listeners.get(arn);
    if (listeners === undefined) this.#listeners.set(arn, (listeners = new Set()));
    // Each subscription is its own, even of the same function.
    const own = (): void => listener();
    listeners.add(own);
    // The queue's timers run from its first use on.
    this.findArn(arn);
    return () => void listeners.delete(own);
  }

  stop(): void {
    for (const queues of this.#live.values()) for (const queue of queues.values()) queue.close();
  }

  #scope(scope: Scope | Call): Map<string, LiveQueue> {
    const key = `${scope.account}/${scope.region}`;
    const known = this.#live.get(key);
    if (known !== undefined) return known;
    const live = new Map<string, LiveQueue>();
    this.#live.set(key, live);
    this.#restore(scopeOf(scope), live);
    return live;
  }

  #restore(scope: Scope, live: Map<string, LiveQueue>): void {
    const byId = new Map<string, LiveQueue>();
    for (const { name, id } of this.rows(scope).values()) {
      const queue = this.#open(scope, name);
      live.set(name, queue);
      byId.set(id, queue);
    }
    const receipts = this.#receipts.in(scope);
    for (const [key, message] of this.#messages.in(scope).entries())
      byId.get(message.queue)?.restore(message, receipts.get(key));
    for (const [key, row] of this.#duplicates.in(scope).entries())
      byId.get(row.queue)?.duplicates.restore(key, row);
    for (const queue of byId.values()) queue.start();
  }

  #open(scope: Scope, name: string): LiveQueue {
    const rows = this.rows(scope);
    const first = rows.get(name);
    if (first === undefined) throw new Error(`There is no row of the queue ${name}.`);
    const arn = queueArn({ ...scope, name });
    let listeners = this.#listeners.get(arn);
    if (listeners === undefined) this.#listeners.set(arn, (listeners = new Set()));
    const row = (): QueueRow => rows.get(name) ?? first;
    const queue: LiveQueue = new LiveQueue({
      cloud: this.cloud,
      scope,
      row,
      listeners,
      tables: {
        messages: this.#messages.in(scope),
        receipts: this.#receipts.in(scope),
        duplicates: this.#duplicates.in(scope),
      },
      retention: () => seconds(row(), 'MessageRetentionPeriod') * 1000,
      redrive: (entry) => this.#redrive(queue, entry),
    });
    return queue;
  }

  #redrive(queue: LiveQueue, entry: Entry): boolean {
    const received = entry.receipt?.here ?? 0;
    const policy = received === 0 ? undefined : redriveOf(queue.row);
    if (policy === undefined || received < policy.maxReceiveCount) return false;
    const target = this.findArn(policy.deadLetterTargetArn);
    const arn = this.arnOf(queue);
    if (target === undefined || target === queue || !takesFrom(target.row, arn)) return false;
    this.move(entry, queue, target);
    const why = `Message ${entry.message.id} was received ${String(received)} times and not deleted (maxReceiveCount ${String(policy.maxReceiveCount)}); it was moved to ${policy.deadLetterTargetArn}.`;
    this.cloud.trail.record(queue.scope, 'decision', { by: arn, outcome: 'dead-lettered', why }, entry.cause);
    return true;
  }
}
