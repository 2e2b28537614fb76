import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { yieldToOthers } from './signals.ts';
import { findMarked } from './strays.ts';

/** What an environment is looked at for, besides its memory. */
export interface Watched {
  /** A text in the variables of all its processes, and of nobody else's. */
  readonly mark: string;
  /** Stops its processes for as long as they are counted. */
  pause(): void;
  resume(): void;
  /** Ends it where its `/tmp` has grown over its size, by what does not go through the runtime's own `fs`. */
  watchDisk(): Promise<void>;
  endForProcesses(): void;
}

/** How often disks are looked at, in ms; and all, while nothing is at work. */
const disksEvery = 200;
/** How often processes are counted, in ms: what forks without end starts some thousands a second. */
const processesEvery = 20;
/** Processes and threads that an environment may have (AWS Lambda quotas); here processes are counted. */
const mostProcesses = 1024;
/** With more, it gets the processor after everybody else: the cloud must get it, to count on. */
const manyProcesses = 128;
/** How many more there are at least before whose they are is asked again. */
const leastRoom = 32;

/**
 * Looks at environments until there are none: for full disks, on every system, and, on Linux, for processes without
 * end, which alone can take the machine from everybody: also one that left its group and goes on in a frozen
 * environment.
 */
export class ExcessWatch {
  readonly #environments: () => readonly Watched[];
  readonly #atWork: () => Iterable<Watched>;
  #machine: MachineCount | undefined;
  #often: NodeJS.Timeout | undefined;
  /** The fewest that the machine had since whose they are was asked. */
  #fewest = Infinity;
  /** So many more there may be before one environment can have too many. */
  #room = manyProcesses;

  /**
   * @param environments all that there are
   * @param atWork those of them that are at work now
   */
  constructor(environments: () => readonly Watched[], atWork: () => Iterable<Watched>) {
    this.#environments = environments;
    this.#atWork = atWork;
  }

  /** An environment has begun to work. */
  begin(): void {
    if (this.#machine === undefined) void this.#run(new MachineCount());
    // Of its own: disks are waited for, and where thousands want the processor, for long.
    this.#often ??= setInterval(() => this.#look(), processesEvery).unref();
  }

  async #run(machine: MachineCount): Promise<void> {
    this.#machine = machine;
    try {
      for (;;) {
        await wait(disksEvery, undefined, { ref: false });
        this.#look();
        const working = [...this.#atWork()];
        if (working.length === 0) this.#rest();
        if (this.#environments().length === 0) return;
        for (const each of working) await each.watchDisk();
      }
    } finally {
      this.#rest();
      this.#machine = undefined;
      machine.close();
    }
  }

  /* Nothing is at work: what left its group may still be. */
  #rest(): void {
    clearInterval(this.#often);
    this.#often = undefined;
  }

  /*
   * Counting all of the machine's is cheap; whose they are is asked only where so many more are there that one
   * environment may have too many. Where a thousand want the processor, this process gets it for some ms only:
   * nothing may grow while it counts.
   */
  #look(): void {
    const now = this.#machine?.count() ?? 0;
    this.#fewest = Math.min(this.#fewest, now);
    if (now - this.#fewest < this.#room) return;
    const working = [...this.#atWork()];
    for (const each of working) each.pause();
    const environments = this.#environments();
    const found = findMarked(
      environments.map(({ mark }) => mark),
      mostProcesses,
    );
    this.#fewest = now;
    this.#room = manyProcesses;
    environments.forEach((each, index) => {
      const pids = found[index] ?? [];
      if (pids.length > mostProcesses) each.endForProcesses();
      else if (pids.length > manyProcesses) pids.forEach(yieldToOthers);
      const limit = pids.length > manyProcesses ? mostProcesses : manyProcesses;
      this.#room = Math.min(this.#room, Math.max(limit - pids.length, leastRoom));
    });
    for (const each of working) each.resume();
  }
}

/** How many processes and threads the machine has: one number in a file that is kept open. 0 where there is none. */
class MachineCount {
  readonly #file = process.platform === 'linux' ? opened('/proc/loadavg') : undefined;
  readonly #buffer = Buffer.alloc(128);

  count(): number {
    if (this.#file === undefined) return 0;
    const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
    // proc_loadavg(5): the fourth field is those that are runnable, and all: `2/1180`.
    return Number(/\/(\d+)/.exec(this.#buffer.toString('latin1', 0, length))?.[1] ?? 0);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined; // A container may hide it.
  }
}
