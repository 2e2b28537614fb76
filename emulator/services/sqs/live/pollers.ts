import type { Clock } from '../../../clock/clock.ts';
import type { Entry } from './entry.ts';

interface Poller {
  readonly max: number;
  readonly visibility: number;
  readonly answer: (entries: readonly Entry[]) => void;
}

/** Who waits for a queue's messages: clients that poll long, and services that are told when to look. */
export class Pollers {
  readonly #clock: Clock;
  readonly #take: (max: number, visibility: number) => readonly Entry[];
  /** In the order in which they came. */
  readonly #waiting = new Set<Poller>();
  readonly #listeners: ReadonlySet<() => void>;
  #waking = false;
  #closed = false;

  constructor(
    clock: Clock,
    take: (max: number, visibility: number) => readonly Entry[],
    listeners: ReadonlySet<() => void>,
  ) {
    this.#clock = clock;
    this.#take = take;
    this.#listeners = listeners;
  }

  /**
   * Receives messages as soon as there are any.
   * @param wait ms of the cloud's time; then the answer is empty
   * @param signal ends the waiting early, with nothing
   */
  async poll(max: number, visibility: number, wait: number, signal: AbortSignal): Promise<readonly Entry[]> {
    const now = this.#take(max, visibility);
    if (now.length > 0 || wait <= 0 || signal.aborted || this.#closed) return now;
    return await new Promise((resolve) => {
      const end = (entries: readonly Entry[]): void => {
        this.#waiting.delete(poller);
        timer.cancel();
        signal.removeEventListener('abort', gone);
        resolve(entries);
      };
      const gone = (): void => end([]);
      const poller: Poller = { max, visibility, answer: end };
      const timer = this.#clock.after(wait, gone);
      signal.addEventListener('abort', gone, { once: true });
      this.#waiting.add(poller);
    });
  }

  /** There may be messages. All that become visible in one turn are handed out together. */
  wake(): void {
    if (this.#waking || this.#closed || (this.#waiting.size === 0 && this.#listeners.size === 0)) return;
    this.#waking = true;
    queueMicrotask(() => {
      this.#waking = false;
      for (const poller of this.#waiting) {
        const entries = this.#take(poller.max, poller.visibility);
        if (entries.length === 0) break;
        poller.answer(entries);
      }
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** Answers everybody with nothing. */
  close(): void {
    this.#closed = true;
    for (const poller of [...this.#waiting]) poller.answer([]);
  }
}
