import { readFileSync } from 'node:fs';

/** What a process and everything it started uses, in KB. */
export interface MemoryUse {
  /** The most that was resident at once. */
  readonly peak: number;
  /** Memory that cannot be given back: what a limit counts at last, as the kernel gives up file pages first. */
  readonly pinned: number;
}

/** Whether a running process can be measured from outside. */
export const canMeasure = process.platform === 'linux';

/**
 * Measures a process tree.
 * @returns undefined where the process has ended or the system has no /proc
 */
export function measure(pid: number): MemoryUse | undefined {
  if (!canMeasure) return undefined;
  const own = read(pid);
  if (own === undefined) return undefined;
  let { peak, pinned } = { peak: own.peak, pinned: own.pinned };
  for (const child of descendants(pid)) {
    const use = read(child);
    // Its program and libraries are files that others may have mapped, too: counting them twice would be untrue.
    if (use !== undefined) {
      peak += use.pinned;
      pinned += use.pinned;
    }
  }
  return { peak, pinned };
}

function read(pid: number): MemoryUse | undefined {
  const status = text(`/proc/${pid}/status`);
  if (status === undefined) return undefined;
  const peak = value(status, 'VmHWM:');
  // A process that is ending has a status without memory.
  if (peak === 0) return undefined;
  return { peak, pinned: value(status, 'RssAnon:') + value(status, 'RssShmem:') };
}

function value(status: string, name: string): number {
  const at = status.indexOf(name);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length, at + name.length + 24), 10);
}

function descendants(pid: number): number[] {
  const children = text(`/proc/${pid}/task/${pid}/children`) ?? '';
  const direct = children.split(' ').filter(Boolean).map(Number);
  return direct.flatMap((child) => [child, ...descendants(child)]);
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
