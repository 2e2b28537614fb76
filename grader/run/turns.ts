/**
 * Lets a number of tasks run at a time; the others wait in the order they came. A task may ask for a moment in which
 * every other one that runs waits for the same, or has ended.
 */
export class Turns {
  readonly #size: number;
  #running = 0;
  /** Running tasks that wait for such a moment. */
  #quiet = 0;
  readonly #begin: (() => void)[] = [];
  readonly #moments: (() => Promise<void>)[] = [];
  #having: Promise<void> | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  async take<T>(task: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#begin.push(resolve);
      this.#go();
    });
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#go();
    }
  }

  /** Called within a task: does the work while no other task is at work. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#quiet += 1;
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#moments.push(() => work().then(resolve, reject));
        this.#go();
      });
    } finally {
      this.#quiet -= 1;
      this.#go();
    }
  }

  #go(): void {
    if (this.#having !== undefined) return;
    const [moment] = this.#moments;
    if (moment !== undefined && this.#quiet === this.#running) {
      this.#moments.shift();
      this.#having = moment().then(() => {
        this.#having = undefined;
        this.#go();
      });
      return;
    }
    // Nothing begins while somebody waits for the others to be done.
    if (this.#moments.length > 0) return;
    while (this.#running < this.#size) {
      const begin = this.#begin.shift();
      if (begin === undefined) return;
      this.#running += 1;
      begin();
    }
  }
}
