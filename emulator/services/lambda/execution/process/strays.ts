import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How long the end of killed processes is waited for, in ms: the system takes their memory back first. */
const limit = 2_000;

/**
 * Ends what is left of an environment's processes and resolves when it has gone: also those that left its process
 * group (a function started them detached). They are known by what they were born with: the environment's folder
 * stands in their variables. On Linux only, where variables of other processes can be read.
 *
 * @param mark a text that nobody else's variables hold
 */
export async function endStrays(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const names = await readdir('/proc').catch(() => []);
  let left = names.map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const until = performance.now() + limit;
  while (performance.now() < until) {
    left = await marked(left, mark);
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    await wait(5);
  }
}

/** How many processes there are whose variables hold a text. On Linux only. */
export async function countMarked(mark: string): Promise<number> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  return (await marked(pids, mark)).length;
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
