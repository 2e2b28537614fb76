import type { Clock } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows, Sequence, SequenceTable, Table } from '../../../state/state.ts';
import { streamArn, type RecordRow, type StreamRow, type TableRow } from './rows.ts';

/** How long a stream keeps its records, in ms. */
export const RETENTION = 24 * 3_600_000;
/** Expired records are dropped this many at once: reads pass them over anyhow. */
const DROPPED_AT_ONCE = 1_000;

/** The streams of all tables, of those that are gone too. */
export class Streams {
  readonly #clock: Clock;
  readonly #rows: Table<StreamRow>;
  readonly #records: SequenceTable<RecordRow>;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #awaiting = new Set<string>();
  #notifying: NodeJS.Immediate | undefined;

  constructor(cloud: Cloud) {
    this.#clock = cloud.clock;
    this.#rows = cloud.state.table<StreamRow>('dynamodb.streams');
    this.#records = cloud.state.sequences<RecordRow>('dynamodb.records');
  }

  /** The streams of an account and region by table and label, those of which nothing is left not among them. */
  in(scope: Scope): Rows<StreamRow> {
    return this.#rows.in(scope);
  }

  scopes(): IterableIterator<Scope> {
    return this.#rows.scopes();
  }

  /** The stream of an ARN, unless its records have all expired after it ended. */
  named(scope: Scope, arn: string): StreamRow | undefined {
    const [, table, label] = /:table\/([^/]+)\/stream\/(.+)$/.exec(arn) ?? [];
    if (table === undefined || label === undefined || arn !== streamArn(scope, table, label))
      return undefined;
    const row = this.in(scope).get(streamKey({ table, label }));
    return row === undefined || this.#isGone(row) ? undefined : row;
  }

  /** A label that no other stream of the table has: the time, as AWS writes it. */
  freshLabel(scope: Scope, table: string): string {
    for (let at = this.#clock.now(); ; at += 1) {
      const label = new Date(at).toISOString().replace('Z', '');
      if (!this.in(scope).has(streamKey({ table, label }))) return label;
    }
  }

  begin(scope: Scope, row: StreamRow): void {
    this.in(scope).set(streamKey(row), row);
  }

  /** Ends the stream that a table has now; its records can be read for a day. */
  end(scope: Scope, table: TableRow): void {
    if (table.stream?.enabled !== true) return;
    const key = streamKey({ table: table.name, label: table.stream.label });
    const row = this.in(scope).get(key);
    if (row !== undefined) this.in(scope).set(key, { ...row, ended: this.#clock.now() });
    this.#notify(streamArn(scope, table.name, table.stream.label));
  }

  /** Adds a change to the stream of a table, if it has one, with the images that the stream is for. */
  add(scope: Scope, table: TableRow, { n, o, ...record }: Omit<RecordRow, 't'>): void {
    const { stream, name } = table;
    if (stream?.enabled !== true) return;
    const { viewType, label } = stream;
    const withNew = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
    const withOld = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
    const sequence = this.records(scope, { table: name, label });
    sequence.append([
      {
        t: this.#clock.now(),
        ...record,
        ...(withNew && n !== undefined && { n }),
        ...(withOld && o !== undefined && { o }),
      },
    ]);
    this.#drop(sequence, DROPPED_AT_ONCE);
    this.#notify(streamArn(scope, name, label));
  }

  records(scope: Scope, stream: { table: string; label: string }): Sequence<RecordRow> {
    return this.#records.in(scope, streamKey(stream));
  }

  /** The position of the oldest record that has not expired, or of the next one that will be written. */
  horizon(sequence: Sequence<RecordRow>): number {
    const items = sequence.items();
    const expired = this.#clock.now() - RETENTION;
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((items[middle]?.t ?? Infinity) <= expired) low = middle + 1;
      else high = middle;
    }
    return sequence.first + low;
  }

  /** Calls `listener` soon after records were added to a stream, or it ended. Returns the way to stop. */
  subscribe(arn: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(arn) ?? new Set();
    this.#listeners.set(arn, listeners);
    // A wrapper of its own for each subscription: the same function may listen twice.
    const call = (): void => listener();
    listeners.add(call);
    return () => {
      listeners.delete(call);
      if (listeners.size === 0 && this.#listeners.get(arn) === listeners) this.#listeners.delete(arn);
    };
  }

  /** Forgets what has expired: records, and streams that ended a day ago. */
  sweep(): void {
    for (const scope of [...this.scopes()])
      for (const [key, row] of [...this.in(scope).entries()]) {
        const sequence = this.records(scope, row);
        if (this.#isGone(row)) {
          sequence.delete();
          this.in(scope).delete(key);
        } else this.#drop(sequence, 1);
      }
  }

  stop(): void {
    clearImmediate(this.#notifying);
    this.#listeners.clear();
  }

  #isGone({ ended }: StreamRow): boolean {
    return ended !== undefined && ended + RETENTION <= this.#clock.now();
  }

  #drop(sequence: Sequence<RecordRow>, atLeast: number): void {
    const at = sequence.items()[atLeast - 1]?.t;
    if (at !== undefined && at <= this.#clock.now() - RETENTION)
      sequence.dropFirst(this.horizon(sequence) - sequence.first);
  }

  #notify(arn: string): void {
    if (!this.#listeners.has(arn)) return;
    this.#awaiting.add(arn);
    // After the turn, in which the change also reaches the journal: nobody acts on what could still be lost.
    this.#notifying ??= setImmediate(() => {
      this.#notifying = undefined;
      const arns = [...this.#awaiting];
      this.#awaiting.clear();
      for (const one of arns) for (const listener of [...(this.#listeners.get(one) ?? [])]) listener();
    });
  }
}

/** Where a stream's row and its records lie. */
export function streamKey({ table, label }: { table: string; label: string }): string {
  return `${table}/${label}`;
}
