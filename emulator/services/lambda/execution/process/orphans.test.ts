import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../../../../tooling/root.ts';
import { openBench } from '../testing/bench.ts';

const folder = join(projectRoot(), 'node_modules', '.cache', 'coldstart-tests');
const script = join(folder, `victim-${process.pid}.mjs`);
const homes: string[] = [];

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'testing', 'victim.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
});
afterAll(() => {
  for (const path of [script, ...homes]) rmSync(path, { recursive: true, force: true });
});

/** Starts the cloud that is to be killed and waits for the ids of its functions' processes. */
async function startVictim(): Promise<{ victim: ChildProcess; pids: number[] }> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-victim-'));
  homes.push(home);
  const victim = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    victim.stdout.once('data', (data: Buffer) => {
      resolve(data.toString());
    });
    victim.once('exit', () => {
      reject(new Error('The cloud ended before it was killed.'));
    });
  });
  return { victim, pids: JSON.parse(line) as number[] };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended may wait for its parent to notice: that is no life.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a cloud that was stopped', () => {
  it('has nothing that keeps its process alive, and cleans up before it ends', async () => {
    const home = mkdtempSync(join(tmpdir(), 'coldstart-victim-'));
    homes.push(home);
    const cloud = spawn(process.execPath, [script, home, 'stop'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const status = await new Promise((resolve) => cloud.once('exit', resolve));
    expect(status).toBe(0);
    expect(readdirSync(join(home, 'lambda', 'environments'))).toEqual([]);
  });
});

describe('no process outlives the cloud', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'when it is ended by %s: frozen, waiting, in a busy loop, their children, and children that left the group',
    async (signal) => {
      const { victim, pids } = await startVictim();
      expect(pids).toHaveLength(process.platform === 'linux' ? 7 : 5);
      expect(pids.filter(alive)).toEqual(pids);
      victim.kill(signal);
      await vi.waitFor(
        () => {
          expect(pids.filter(alive)).toEqual([]);
        },
        { timeout: 10_000, interval: 20 },
      );
    },
    40_000,
  );

  it('when it is stopped: also children that a function left behind', async () => {
    const bench = openBench();
    const version = bench.make({
      'index.mjs': `import { spawn } from 'node:child_process';
export const handler = async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 100_000)'], { stdio: 'inherit' });
  if (process.platform !== 'linux') return [process.pid, child.pid];
  const stray = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 100_000)'], { detached: true, stdio: 'ignore' });
  return [process.pid, child.pid, stray.pid];
};`,
    });
    const pids = (await bench.invoke<number[]>(version)).value;
    const cold = bench.invoke({ ...version, name: 'starting' }).catch((error: unknown) => error);
    expect(pids.filter(alive)).toEqual(pids);
    await bench.stop();
    expect(pids.filter(alive)).toEqual([]);
    await cold;
    await expect(bench.invoke(version)).rejects.toThrow('The cloud is stopping.');
  });

  it('when it was killed, the next start removes what it left in its home', async () => {
    const { victim, pids } = await startVictim();
    const home = homes.at(-1) ?? '';
    victim.kill('SIGKILL');
    await vi.waitFor(
      () => {
        expect(pids.filter(alive)).toEqual([]);
      },
      { timeout: 10_000, interval: 20 },
    );
    const bench = openBench({ home });
    expect(
      (await bench.invoke(bench.make({ 'index.mjs': 'export const handler = async () => 1;' }))).value,
    ).toBe(1);
    await bench.stop();
    expect(readdirSync(join(home, 'lambda', 'environments'))).toEqual([]);
  }, 40_000);
});
