import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { findMarked, endStrays } from './strays.ts';

const linux = process.platform === 'linux';
if (!linux)
  console.log('Not Linux: nothing that left its process group can be found, so its end is not tested.');

it.skipIf(!linux)(
  'what is started while others are being ended is ended, too',
  async () => {
    const mark = randomUUID();
    // Bounded, should it ever be missed: it never has more than 2,000 sleepers, for a minute.
    const spawner = 'n=0; while [ $n -lt 2000 ]; do sleep 60 & n=$((n+1)); done; wait';
    const env = { PATH: process.env['PATH'] ?? '', MARK: mark };
    for (let index = 0; index < 2; index += 1)
      spawn('/bin/sh', ['-c', spawner], { detached: true, stdio: 'ignore', env }).unref();
    await vi.waitFor(() => expect(findMarked([mark])[0]?.length).toBeGreaterThan(20), {
      timeout: 15_000,
      interval: 5,
    });
    await endStrays(mark);
    expect(findMarked([mark])[0]?.length).toBe(0);
  },
  60_000,
);

it('nobody else is touched', async () => {
  const env = { PATH: process.env['PATH'] ?? '', MARK: randomUUID() };
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore', env });
  try {
    await endStrays(randomUUID());
    expect(child.exitCode ?? child.signalCode).toBeNull();
  } finally {
    child.kill('SIGKILL');
  }
});
