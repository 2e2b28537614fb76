import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { createRole, iamOf, roleNames } from './server/fixture/roles.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleCloud, type CloudProcess, type CloudProgram } from './server/fixture/processes.ts';

let program: CloudProgram;
let home: string;
beforeAll(async () => {
  program = await bundleCloud();
});
afterAll(async () => {
  await program.remove();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-start-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

async function stop(cloud: CloudProcess): Promise<number | null> {
  const headers = { authorization: `Bearer ${cloud.said.token ?? ''}` };
  await fetch(`${cloud.said.origin ?? ''}/_coldstart/stop`, { method: 'POST', headers });
  return await cloud.ended;
}

describe('a home', () => {
  it('belongs to one cloud at a time, and to the next when that one was killed', async () => {
    const first = await program.start({ port: 0, home });
    const second = await program.start({ port: 0, home });
    expect(second.said.code).toBe('HOME_TAKEN');
    expect(second.said.message).toContain(`process ${String(first.pid)} at ${first.said.origin ?? ''}`);
    expect(await second.ended).toBe(3);
    await first.kill();
    const third = await program.start({ port: 0, home });
    expect(third.said.code).toBeUndefined();
    expect(await stop(third)).toBe(0);
  });

  it('that is ephemeral is not the one that was named, and nothing of it is left', async () => {
    const temporary = join(home, 'tmp');
    mkdirSync(temporary);
    const temporaryHomes = (): string[] => readdirSync(temporary);
    const kept = await program.start({ port: 0, home });
    const client = iamOf(kept);
    await client.send(createRole('kept'));
    client.destroy();
    await stop(kept);
    const files = readdirSync(home, { recursive: true });

    const ephemeral = await program.start({ port: 0, home, ephemeral: true }, temporary);
    const other = iamOf(ephemeral);
    expect(await roleNames(other)).toEqual([]);
    await other.send(createRole('forgotten'));
    other.destroy();
    expect(temporaryHomes()).toHaveLength(1);
    expect(await stop(ephemeral)).toBe(0);
    expect(temporaryHomes()).toEqual([]);
    expect(readdirSync(home, { recursive: true })).toEqual(files);

    // Of one that was killed, the next of its kind removes what is left.
    const killed = await program.start({ port: 0, home, ephemeral: true }, temporary);
    await killed.kill();
    const [left] = temporaryHomes();
    expect(left).toBeDefined();
    const next = await program.start({ port: 0, home, ephemeral: true }, temporary);
    await expect.poll(temporaryHomes, { timeout: 20_000 }).not.toContain(left);
    expect(await stop(next)).toBe(0);
    expect(temporaryHomes()).toEqual([]);

    const again = await program.start({ port: 0, home });
    const reader = iamOf(again);
    expect((await reader.send(new GetRoleCommand({ RoleName: 'kept' }))).Role?.RoleName).toBe('kept');
    reader.destroy();
    await stop(again);
  });
});

describe('a port that is taken', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const take = async (server: Server, host = '127.0.0.1', port = 0): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    return (server.address() as AddressInfo).port;
  };
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  it('by another Coldstart: the message says its process and its folder', async () => {
    const first = await program.start({ port: 0, home });
    const port = Number(new URL(first.said.origin ?? '').port);
    const second = await program.start({ port, home: join(home, 'another') });
    expect(second.said).toEqual({
      code: 'PORT_TAKEN',
      message: `Port ${String(port)} is taken by another Coldstart (process ${String(first.pid)}, folder ${home}).`,
    });
    expect(existsSync(join(home, 'another'))).toBe(false);
    expect(await stop(first)).toBe(0);
  });

  it('by another program: the message names it where the system can tell', async () => {
    const port = await take(
      createHttpServer((_request, response) => response.end('{"name":"something else"}')),
    );
    const { said } = await program.start({ port, home });
    expect(said.code).toBe('PORT_TAKEN');
    expect(said.message).toMatch(
      new RegExp(
        `^Port ${String(port)} is taken by (.+ \\(process ${String(process.pid)}\\)|another program)\\.$`,
      ),
    );
    if (process.platform === 'linux') expect(said.message).toContain(`(process ${String(process.pid)})`);
  });

  it('by a program that speaks nothing', async () => {
    const port = await take(createServer(() => undefined));
    const { said } = await program.start({ port, home });
    expect(said.code).toBe('PORT_TAKEN');
  });

  it('at ::1 alone is taken as well, for localhost may mean it', async () => {
    let port: number;
    try {
      port = await take(createServer(), '::1');
    } catch {
      console.log('not tested: this machine has no IPv6 loopback');
      return;
    }
    expect((await program.start({ port, home })).said.code).toBe('PORT_TAKEN');
  });
});

describe('a start', () => {
  it('answers soon, at both addresses that localhost may mean', async () => {
    const cloud = await program.start({ port: 0, home });
    const { origin = '', ms = Infinity } = cloud.said;
    expect((await fetch(`${origin}/_coldstart/health`)).status).toBe(200);
    const six = origin.replace('127.0.0.1', '[::1]');
    const answer = await fetch(`${six}/_coldstart/health`).catch(() => undefined);
    if (answer === undefined) console.log('not tested: this machine has no IPv6 loopback');
    else expect(answer.status).toBe(200);
    console.log(`ready ${ms.toFixed(0)} ms after the process was started`);
    // Ten times what it takes on two free cores: a guard against loading services at the start, not a measurement.
    expect(ms).toBeLessThan(3_000);
    expect(await stop(cloud)).toBe(0);
    expect(readdirSync(home)).not.toContain('lock');
  });

  it('ends when it is asked to even while clients are connected and wait', async () => {
    const cloud = await program.start({ port: 0, home });
    const client = iamOf(cloud);
    await client.send(createRole('r'));
    expect(await stop(cloud)).toBe(0);
    client.destroy();
    expect(cloud.errors()).toBe('');
  });
});
