import { readFileSync, readdirSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How long it is waited for one of them to go, in ms, and how often it is looked at least: the system takes the memory
 * of killed processes back first, and on a starved machine one look alone can take seconds.
 */
const patience = { ms: 2_000, looks: 10 } as const;
/** What always has a successor is left to those who stop it (`excess.ts`), ms. */
const longest = 60_000;

/**
 * Ends what is left of an environment's processes and resolves when it has gone: also those that left its process
 * group (a function started them detached). They are known by what they were born with: the environment's folder
 * stands in their variables. On Linux only, where variables of other processes can be read.
 *
 * @param mark a text that nobody else's variables hold
 */
export async function endStrays(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const begun = performance.now();
  let before: readonly number[] = [];
  let progress = { at: begun, looks: 0 };
  for (;;) {
    // Asked anew each time: one that was about to be killed may have started another.
    const left = await marked(await others(), mark);
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    const now = performance.now();
    const still = new Set(left);
    // Not fewer than before: those who were killed leave while their last children come.
    if (before.some((pid) => !still.has(pid))) progress = { at: now, looks: 0 };
    else progress.looks += 1;
    if (progress.looks >= patience.looks && now - progress.at > patience.ms) return;
    if (now - begun > longest) return;
    before = left;
    await wait(5);
  }
}

/**
 * Processes whose variables hold a text, for each text. On Linux only; asked at one go.
 *
 * @param enough looking ends where there are more of one
 */
export function findMarked(marks: readonly string[], enough = Infinity): number[][] {
  const found = marks.map((): number[] => []);
  if (process.platform !== 'linux') return found;
  // The youngest, who come last, first: they are those who are too many.
  for (const pid of pids(readdirSync('/proc')).reverse()) {
    const variables = variablesOf(pid);
    const whose = found[marks.findIndex((mark) => variables.includes(mark))];
    if ((whose?.push(pid) ?? 0) > enough) break;
  }
  return found;
}

function variablesOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // Another user's, or it has ended.
  }
}

const pids = (names: readonly string[]): number[] =>
  names.map(Number).filter((pid) => pid > 1 && pid !== process.pid);

async function others(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  return pids(names);
}

async function marked(pids: readonly number[], mark: string): Promise<number[]> {
  const found = await Promise.all(
    pids.map(async (pid) => {
      // Nothing is read of another user's process, nor of one that has ended.
      const variables = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      return variables.includes(mark) ? [pid] : [];
    }),
  );
  return found.flat();
}
