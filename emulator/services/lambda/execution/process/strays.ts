import { readFile, readdir } from 'node:fs/promises';

/**
 * Ends processes that left their environment's process group (a function started them detached). They are known
 * by what they were born with: the environment's folder stands in their variables. On Linux only, where variables
 * of other processes can be read.
 *
 * @param mark a text that nobody else's variables hold
 */
export async function endStrays(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const names = await readdir('/proc').catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  await Promise.all(
    pids.map(async (pid) => {
      // Another user's, or one that has ended.
      const variables = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      if (!variables.includes(mark)) return;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }),
  );
}
