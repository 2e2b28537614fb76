import { closeSync, openSync, readSync } from 'node:fs';

/** What a process and everything it started uses, in KB. */
export interface MemoryUse {
  /** The most that was resident at once. */
  readonly peak: number;
  /** Memory that cannot be given back: what a limit counts at last, as the kernel gives up file pages first. */
  readonly pinned: number;
}

/** Whether a running process can be measured from outside. */
export const canMeasure = process.platform === 'linux';

/** Looks at a process tree's memory, again and again: the files that tell of the process are kept open. */
export class ProcessMemory {
  readonly #pid: number;
  #status: number | undefined;
  #children: number | undefined;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** @returns undefined where the process has ended or the system has no /proc */
  measure(): MemoryUse | undefined {
    if (!canMeasure) return undefined;
    this.#status ??= opened(`/proc/${this.#pid}/status`);
    const own = use(this.#status);
    if (own === undefined) return undefined;
    let { peak, pinned } = own;
    this.#children ??= opened(`/proc/${this.#pid}/task/${this.#pid}/children`);
    for (const child of descendants(this.#children)) {
      // Its program and libraries are files that others may have mapped, too: counting them twice would be untrue.
      const more = once(`/proc/${child}/status`, use);
      if (more !== undefined) {
        peak += more.pinned;
        pinned += more.pinned;
      }
    }
    return { peak, pinned };
  }

  /** Lets go of the files. */
  close(): void {
    for (const file of [this.#status, this.#children]) if (file !== undefined) closeSync(file);
    this.#status = undefined;
    this.#children = undefined;
  }
}

function use(file: number | undefined): MemoryUse | undefined {
  const status = text(file);
  // A process that is ending has a status without memory.
  const peak = value(status, 'VmHWM:');
  if (peak === 0) return undefined;
  return { peak, pinned: value(status, 'RssAnon:') + value(status, 'RssShmem:') };
}

function value(status: string, name: string): number {
  const at = status.indexOf(name);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length, at + name.length + 24), 10);
}

function descendants(file: number | undefined): number[] {
  const direct = text(file).split(' ').filter(Boolean).map(Number);
  return direct.flatMap((child) => [child, ...once(`/proc/${child}/task/${child}/children`, descendants)]);
}

function once<T>(path: string, read: (file: number | undefined) => T): T {
  const file = opened(path);
  try {
    return read(file);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined; // It has ended.
  }
}

const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** The file as it is now; nothing where the process has ended. */
function text(file: number | undefined): string {
  if (file === undefined) return '';
  try {
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
  } catch {
    return '';
  }
}
