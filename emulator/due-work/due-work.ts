import type { Clock, ClockTimer } from '../clock/clock.ts';
import type { Scope } from '../service/call.ts';

/**
 * When kept work is done. The work itself is a row of its owner's, which says when it is due and outlives the cloud;
 * here is only what has to be forgotten with the process: timers, the order of what is due, what is being done.
 */
export class DueWork {
  readonly #clock: Clock;
  readonly #mostAtWork: number;
  readonly #attempt: (scope: Scope, id: string) => Promise<void>;
  #due: { readonly scope: Scope; readonly id: string }[] = [];
  readonly #timers = new Map<string, ClockTimer>();
  readonly #working = new Set<Promise<void>>();
  #turn: NodeJS.Immediate | undefined;
  #stopped = false;

  /**
   * @param mostAtWork attempts that are under way at the same time
   * @param attempt does the work of a row, which may be gone by then; it deals with its own failures
   */
  constructor(clock: Clock, mostAtWork: number, attempt: (scope: Scope, id: string) => Promise<void>) {
    this.#clock = clock;
    this.#mostAtWork = mostAtWork;
    this.#attempt = attempt;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Attempts a row at a time of the cloud (ms since 1970), or in a later turn where that has come. */
  schedule(scope: Scope, id: string, dueAt: number): void {
    if (this.#stopped) return;
    if (dueAt <= this.#clock.now()) {
      this.#ready(scope, id);
      return;
    }
    const key = `${scope.account}/${scope.region}/${id}`;
    const timer = this.#clock.at(dueAt, () => {
      this.#timers.delete(key);
      this.#ready(scope, id);
    });
    this.#timers.set(key, timer);
  }

  /** Starts nothing more and waits for what is being done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearImmediate(this.#turn);
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#due = [];
    await Promise.all(this.#working);
  }

  #ready(scope: Scope, id: string): void {
    if (this.#stopped) return;
    this.#due.push({ scope, id });
    this.#turn ??= setImmediate(() => this.#start());
  }

  #start(): void {
    this.#turn = undefined;
    for (const { scope, id } of this.#due.splice(0, this.#mostAtWork - this.#working.size)) {
      const work = this.#attempt(scope, id).finally(() => {
        this.#working.delete(work);
        if (this.#due.length > 0 && !this.#stopped) this.#turn ??= setImmediate(() => this.#start());
      });
      this.#working.add(work);
    }
  }
}
