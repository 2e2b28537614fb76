import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HomeTaken, isAbandoned, lockHome } from './lock.ts';

let home: string;
let server: Server;
let origin: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-lock-'));
  server = createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const write = (pid: number, at = origin): void =>
  writeFileSync(join(home, 'lock'), JSON.stringify({ id: 'somebody', pid, origin: at }));
const nowhere = 'http://127.0.0.1:1';

describe('the lock of a home', () => {
  it('lets one in at a time and the next when it is released', async () => {
    const lock = await lockHome(home, origin);
    await expect(lockHome(home, nowhere)).rejects.toThrow(`process ${String(process.pid)} at ${origin}`);
    lock.release();
    expect(readdirSync(home)).toEqual([]);
    (await lockHome(home, origin)).release();
  });

  it('of many that come at once, lets exactly one in', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, async () => await lockHome(home, origin)),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(HomeTaken);
  });

  it('takes over from a process that is no more', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    write(child.pid ?? 0);
    (await lockHome(home, origin)).release();
    expect(readdirSync(home)).toEqual([]);
  });

  it('takes over where the process id belongs to another program by now', async () => {
    write(process.pid, nowhere);
    (await lockHome(home, origin)).release();
  });

  it('takes over what is left from before the machine was started', async () => {
    write(process.pid);
    utimesSync(join(home, 'lock'), new Date(0), new Date(0));
    (await lockHome(home, origin)).release();
  });

  it('is abandoned when its holder has ended, and not while nobody can say whose it is', async () => {
    expect(await isAbandoned(home)).toBeUndefined();
    writeFileSync(join(home, 'lock'), '');
    expect(await isAbandoned(home)).toBeUndefined();
    rmSync(join(home, 'lock'));
    const lock = await lockHome(home, origin);
    expect(await isAbandoned(home)).toBe(false);
    lock.release();
    write(process.pid, nowhere);
    expect(await isAbandoned(home)).toBe(true);
  });

  it('takes over a lock that a power cut tore', async () => {
    writeFileSync(join(home, 'lock'), '{"id":"some');
    (await lockHome(home, origin)).release();
  });

  it('does not release what became another’s', async () => {
    const lock = await lockHome(home, origin);
    write(process.pid);
    lock.release();
    expect(readdirSync(home)).toEqual(['lock']);
  });
});
