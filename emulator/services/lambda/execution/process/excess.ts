import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { countMarked } from './strays.ts';

/** What an environment at work is looked at for, besides its memory. */
export interface Watched {
  /** A text in the variables of all its processes, and of nobody else's. */
  readonly mark: string;
  /** Ends it where its `/tmp` has grown over its size, by what does not go through the runtime's own `fs`. */
  watchDisk(): Promise<void>;
  endForProcesses(): void;
}

/** How often, in ms. */
const every = 200;
/** Processes and threads that an environment may have (AWS Lambda quotas); here processes are counted. */
const mostProcesses = 1024;

/**
 * Looks at environments at work until there are none: for full disks, on every system, and, on Linux, for
 * processes without end. A function has a fair share of the processor; only so can it take the machine.
 */
export class ExcessWatch {
  readonly #atWork: () => Iterable<Watched>;
  #running = false;
  #before = 0;

  /** @param atWork the environments at work now */
  constructor(atWork: () => Iterable<Watched>) {
    this.#atWork = atWork;
  }

  /** An environment has begun to work. */
  begin(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#run().finally(() => (this.#running = false));
  }

  async #run(): Promise<void> {
    // Most invocations have ended when the first look is due.
    await wait(every, undefined, { ref: false });
    this.#before = await processes();
    for (;;) {
      const all = [...this.#atWork()];
      if (all.length === 0) return;
      for (const each of all) await each.watchDisk();
      await this.#count(all);
      await wait(every, undefined, { ref: false });
    }
  }

  /* Counting all of the machine's is cheap; whose they are is asked only where there are many more than before. */
  async #count(all: readonly Watched[]): Promise<void> {
    const now = await processes();
    this.#before = Math.min(this.#before, now);
    if (now - this.#before < mostProcesses) return;
    for (const each of all) if ((await countMarked(each.mark)) > mostProcesses) each.endForProcesses();
  }
}

async function processes(): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const names = await readdir('/proc').catch(() => []);
  return names.filter((name) => /^\d/.test(name)).length;
}
