import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../tooling/root.ts';
import { atTerminal, type AtTerminal } from './pty.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** Both, as a student sees them. */
  readonly seen: string;
}

/** A student with a home, workspaces and ports of their own, who types commands in a real process. */
export interface Student {
  readonly work: string;
  readonly home: string;
  /** What the commands of this student are told: for those who start them through something else. */
  readonly env: NodeJS.ProcessEnv;
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Starts a command that goes on; the caller ends it. */
  begin(args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcess;
  /** Types a command at a terminal of this size. */
  sit(args: readonly string[], size: { columns: number; rows: number }, env?: NodeJS.ProcessEnv): AtTerminal;
  /** Ends the cloud and removes everything. */
  leave(): Promise<void>;
}

export function student(): Student {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-student-'));
  const home = join(folder, 'home');
  const work = join(folder, 'work');
  const launcher = join(projectRoot(), 'cli', 'launch.mjs');
  const own: NodeJS.ProcessEnv = {
    ...process.env,
    COLDSTART_HOME: home,
    COLDSTART_WORK: work,
    COLDSTART_CLOUD_PORT: '0',
    COLDSTART_PAGE_PORT: '0',
    COLDSTART_LANG: 'en',
    NO_COLOR: '1',
  };
  const begin = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawn(process.execPath, [launcher, ...args], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...own, ...env },
    });
  const run = (args: readonly string[], env?: NodeJS.ProcessEnv) =>
    new Promise<Ran>((resolve, reject) => {
      const child = begin(args, env);
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, out, err, seen: out + err }));
    });
  return {
    home,
    work,
    env: own,
    run,
    begin,
    sit: (args, size, env) =>
      atTerminal([process.execPath, launcher, ...args], { ...size, env: { ...own, ...env } }),
    async leave() {
      await run(['stop']);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A line of a stack trace: never for a student. */
export const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;
