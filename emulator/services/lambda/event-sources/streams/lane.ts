import type { ClockTimer } from '../../../../clock/clock.ts';
import type { Cloud } from '../../../../cloud.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { LanePosition } from './positions.ts';
import type { StreamItem, StreamSource } from './source.ts';
import { backoff, batchLength, waitingOf } from './work.ts';
import type { Waiting, Work } from './work.ts';
import type { Batch, BatchResult } from './processing.ts';
import { mostStateBytes, windowStartOf } from './tumbling.ts';

/* Records that are read in one piece: other work has its turn between them. */
const mostAtATime = 1_000;
const leastAtATime = 100;

/** What a lane is made of. */
export interface LaneSetting {
  readonly cloud: Cloud;
  readonly source: StreamSource;
  readonly shardId: string;
  /** Whether a record is for this lane and for its function. */
  readonly wants: (item: StreamItem) => boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  /** 0: none. */
  readonly tumblingMs: number;
  /** Whether the stream may be read now; where it may not, the lane is woken later. */
  readonly mayRead: () => boolean;
  /** Gives a batch to the function. Resolves with what is then to be kept; `keep` is called in the same piece of code. */
  readonly process: (batch: Batch, keep: (result: BatchResult) => void) => Promise<void>;
  /** Told of what else went wrong: it is tried again. */
  readonly failed: (error: unknown) => void;
  /** Keeps how far the lane has come. */
  readonly save: (position: LanePosition, ended: boolean) => void;
}

/** Reads a shard, or every record of it whose key falls to this lane, in order, one batch at a time. */
export class Lane {
  readonly #setting: LaneSetting;
  #position: LanePosition;
  /* Read and wanted, but in no batch yet; `#read` is where reading goes on. */
  #waiting: Waiting[] = [];
  #read: LanePosition['at'];
  #readAll = false;
  /* When the first of what waits was read, in ms since 1970. */
  #since = 0;
  /* Batches that failed, in order. */
  #failing: Work[] = [];
  #failures = 0;
  #notBefore = 0;
  #timer: ClockTimer | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #ended = false;
  #stopped = false;

  constructor(setting: LaneSetting, position: LanePosition) {
    this.#setting = setting;
    this.#position = position;
    this.#read = position.at;
  }

  /** Everything was dealt with, and nothing will follow. */
  get ended(): boolean {
    return this.#ended;
  }

  /** There may be new records. */
  wake(): void {
    this.#again = true;
    if (this.#running !== undefined || this.#stopped || this.#ended) return;
    this.#running = this.#loop().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Takes nothing more; resolves when the batch at work has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#running;
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  async #loop(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      while (!this.#hasStopped() && (await this.#step()));
    }
  }

  /* One batch, or as much reading as is done in one piece. False where there is nothing to do before the next wake. */
  async #step(): Promise<boolean> {
    const now = this.#setting.cloud.clock.now();
    if (now < this.#notBefore) return this.#wakeAt(this.#notBefore);
    if (this.#ended || !this.#setting.mayRead()) return false;
    try {
      if (this.#position.failing.length > 0 && this.#failing.length === 0) this.#readFailing();
      const [failed] = this.#failing;
      if (failed !== undefined) return await this.#process(failed, false);
      const more = this.#fill();
      if (more === 'more') {
        await new Promise((resolve) => setImmediate(resolve));
        return true;
      }
      return await this.#next(now);
    } catch (error) {
      // The stream is gone, and its records with it.
      if (error instanceof ServiceFailure || this.#hasStopped()) return false;
      this.#failures += 1;
      this.#notBefore = this.#setting.cloud.clock.now() + backoff(this.#failures);
      this.#setting.failed(error);
      return this.#wakeAt(this.#notBefore);
    }
  }

  async #next(now: number): Promise<boolean> {
    const { batchSize, windowMs, tumblingMs } = this.#setting;
    const window = this.#position.window;
    const [first] = this.#waiting;
    if (tumblingMs > 0 && window !== undefined) {
      // Records of later windows, or the clock, say that this one is over.
      const over =
        first === undefined
          ? now >= window.start + tumblingMs || this.#readAll
          : windowStartOf(first.item, tumblingMs) > window.start;
      if (over || window.state.length > mostStateBytes)
        return this.#process({ waiting: [], attempts: 0 }, true);
    }
    if (first === undefined) {
      if (this.#readAll) this.#finish();
      else this.#skip();
      return window === undefined ? false : this.#wakeAt(window.start + tumblingMs);
    }
    const together = this.#together(first);
    const count = batchLength(together, batchSize, window?.state.length ?? 0);
    const full = count >= batchSize || count < this.#waiting.length || this.#readAll;
    const due = this.#since + windowMs;
    if (!full && now < due) {
      const windowEnd = tumblingMs > 0 ? windowStartOf(first.item, tumblingMs) + tumblingMs : Infinity;
      if (now < windowEnd) return this.#wakeAt(Math.min(due, windowEnd));
    }
    return this.#process({ waiting: this.#waiting.slice(0, count), attempts: 0 }, false);
  }

  /* What may be in one batch with the first: a batch has records of one tumbling window. */
  #together(first: Waiting): readonly Waiting[] {
    const { tumblingMs } = this.#setting;
    if (tumblingMs === 0) return this.#waiting;
    const start = windowStartOf(first.item, tumblingMs);
    const other = this.#waiting.findIndex(({ item }) => windowStartOf(item, tumblingMs) !== start);
    return other < 0 ? this.#waiting : this.#waiting.slice(0, other);
  }

  /* Reads until a batch is full or nothing is left. */
  #fill(): 'more' | 'enough' {
    const { source, shardId, batchSize, wants, cloud } = this.#setting;
    if (this.#waiting.length >= batchSize || this.#readAll) return 'enough';
    // Bytes, too, fill a batch.
    if (batchLength(this.#waiting, batchSize) < this.#waiting.length) return 'enough';
    const limit = Math.min(mostAtATime, Math.max(leastAtATime, batchSize));
    const page = source.read(shardId, this.#read, limit);
    this.#read = page.position;
    if (page.ended) this.#readAll = true;
    const wanted = page.items.filter(wants);
    if (this.#waiting.length === 0 && wanted.length > 0) this.#since = cloud.clock.now();
    for (const item of wanted) this.#waiting.push(waitingOf(item));
    return page.items.length > 0 ? 'more' : 'enough';
  }

  /* After a restart: the batches that failed before it, as they were divided. */
  #readFailing(): void {
    const { source, shardId, wants } = this.#setting;
    let at = this.#position.at;
    for (const { until, attempts } of this.#position.failing) {
      const waiting: Waiting[] = [];
      for (;;) {
        const page = source.read(shardId, at, mostAtATime);
        const own = page.items.filter((item) => item.sequence <= until);
        waiting.push(...own.filter(wants).map(waitingOf));
        if (page.items.length === 0 || own.length < page.items.length) break;
        at = page.position;
      }
      // What has expired meanwhile is not there any more.
      if (waiting.length > 0) this.#failing.push({ waiting, attempts });
      at = { after: until };
    }
    this.#read = at;
    if (this.#failing.length === 0) this.#keep({ ...this.#position, at, failing: [] });
  }

  async #process(work: Work, final: boolean): Promise<boolean> {
    const { window } = this.#position;
    await this.#setting.process({ work, window, final }, (result) => {
      const { rest, done, failed } = result;
      const [, ...others] = this.#failing;
      const fresh = this.#failing.length === 0;
      this.#failing = fresh ? [...rest] : [...rest, ...others];
      if (fresh && !final) {
        this.#waiting = this.#waiting.slice(work.waiting.length);
        this.#since = this.#setting.cloud.clock.now();
      }
      this.#failures = failed ? this.#failures + 1 : 0;
      if (failed) this.#notBefore = this.#setting.cloud.clock.now() + backoff(this.#failures);
      this.#keep({
        at: done === undefined ? this.#position.at : { after: done },
        failing: this.#failing.map(({ waiting, attempts }) => ({
          until: waiting.at(-1)?.item.sequence ?? '',
          attempts,
        })),
        ...(result.window === undefined ? {} : { window: result.window }),
      });
    });
    return !this.#stopped;
  }

  /* Records that nobody wanted are not looked at again after a restart. */
  #skip(): void {
    const { at } = this.#position;
    const read = this.#read;
    if (typeof read !== 'object' || !('after' in read)) return;
    if (typeof at === 'object' && 'after' in at && at.after === read.after) return;
    this.#keep({ ...this.#position, at: read });
  }

  #finish(): void {
    this.#ended = true;
    this.#keep(this.#position);
  }

  #keep(position: LanePosition): void {
    this.#position = position;
    this.#setting.save(position, this.#ended);
  }

  #wakeAt(time: number): false {
    this.#timer?.cancel();
    this.#timer = this.#setting.cloud.clock.at(time, () => this.wake());
    return false;
  }
}
