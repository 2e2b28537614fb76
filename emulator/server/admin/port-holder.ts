import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Health } from './admin.ts';

/** Who has a port: another Coldstart, a program that the system could name, or one that it could not. */
export type PortHolder =
  | { readonly kind: 'coldstart'; readonly pid: number; readonly home: string }
  | { readonly kind: 'program'; readonly pid: number; readonly name: string }
  | { readonly kind: 'unknown' };

/** The port is somebody else's. The message says whose, in a sentence for a person. */
export class PortTaken extends Error {
  readonly code = 'PORT_TAKEN';
  readonly port: number;
  readonly holder: PortHolder;

  constructor(port: number, holder: PortHolder) {
    super(`Port ${String(port)} is taken by ${described(holder)}.`);
    this.name = 'PortTaken';
    this.port = port;
    this.holder = holder;
  }
}

function described(holder: PortHolder): string {
  switch (holder.kind) {
    case 'coldstart':
      return `another Coldstart (process ${String(holder.pid)}, folder ${holder.home})`;
    case 'program':
      return `${holder.name} (process ${String(holder.pid)})`;
    case 'unknown':
      return 'another program';
  }
}

/** How long another program may take to answer, and a system tool to find it, in ms. */
const PATIENCE = 1_500;

/** Finds out who listens on a port of this machine. Best effort: never throws. */
export async function portHolder(port: number): Promise<PortHolder> {
  for (const host of ['127.0.0.1', '[::1]']) {
    const cloud = await askHealth(`http://${host}:${String(port)}`);
    if (cloud !== undefined) return { kind: 'coldstart', pid: cloud.pid, home: cloud.home };
  }
  try {
    const program = await programOn(port);
    if (program !== undefined) return { kind: 'program', ...program };
  } catch {
    // The system has no such tool, or does not tell us.
  }
  return { kind: 'unknown' };
}

async function askHealth(origin: string): Promise<Pick<Health, 'pid' | 'home'> | undefined> {
  try {
    const answer = await fetch(`${origin}/_coldstart/health`, {
      signal: AbortSignal.timeout(PATIENCE),
      redirect: 'error',
    });
    const { name, pid, home } = (await answer.json()) as Partial<Health>;
    return name === 'coldstart' && typeof pid === 'number' && typeof home === 'string'
      ? { pid, home }
      : undefined;
  } catch {
    return undefined;
  }
}

interface Program {
  readonly pid: number;
  readonly name: string;
}

async function programOn(port: number): Promise<Program | undefined> {
  switch (process.platform) {
    case 'linux':
      return (await fromProc(port)) ?? (await fromLsof(port));
    case 'win32':
      return await fromNetstat(port);
    default:
      return await fromLsof(port);
  }
}

/* https://man7.org/linux/man-pages/man5/proc_net.5.html: state 0A is LISTEN, the tenth column the socket's inode. */
async function fromProc(port: number): Promise<Program | undefined> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const columns = line.trim().split(/\s+/);
      if (columns[3] === '0A' && columns[1]?.endsWith(`:${wanted}`) === true && columns[9] !== undefined)
        inodes.add(`socket:[${columns[9]}]`);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Other users' processes do not show their files.
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (inodes.has(target))
        return { pid: Number(pid), name: (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() };
    }
  }
  return undefined;
}

async function fromLsof(port: number): Promise<Program | undefined> {
  const output = await run('lsof', ['-nP', `-iTCP:${String(port)}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}

async function fromNetstat(port: number): Promise<Program | undefined> {
  const output = await run('netstat', ['-ano', '-p', 'TCP']);
  // The state is translated; a listener is told by its foreign port 0.
  const line = new RegExp(`^\\s*TCP\\s+\\S+:${String(port)}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm').exec(
    output,
  );
  if (line?.[1] === undefined) return undefined;
  const list = await run('tasklist', ['/FI', `PID eq ${line[1]}`, '/FO', 'CSV', '/NH']);
  const name = /^"([^"]+)"/m.exec(list)?.[1];
  return name === undefined ? undefined : { pid: Number(line[1]), name };
}

async function run(program: string, words: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(program, words, { timeout: PATIENCE, windowsHide: true }, (error, output) => {
      if (error === null) resolve(output);
      else reject(new Error(`${program} failed`, { cause: error }));
    });
  });
}
