import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../root.ts';

/** A server of others that runs while labs are tried on it. */
export interface Server {
  readonly name: string;
  readonly version: string;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The state of MiniStack that the labs were tried on; a newer one may show more, or less. */
const wanted = { ministack: '1.5.33', 'aws-sam-translator': '1.110.0' } as const;
const windows = process.platform === 'win32';
const readySeconds = 60;
const portsTried = 3;

/** There is no Python here, or PyPI does not give what is wanted: nothing can be said of the labs. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

/**
 * Starts MiniStack on a free port of loopback: from PyPI, in a Python of its own below `node_modules/.cache`, which
 * is made where it is missing. Its functions run as processes of this machine, so it needs no Docker.
 * @throws NotInstalled where Python or PyPI is missing; Error where the server does not answer
 */
export async function startMiniStack(): Promise<Server> {
  const programs = installed();
  for (let left = portsTried; ; left -= 1)
    try {
      return await startedIn(programs);
    } catch (error) {
      // Between the look for a free port and the start somebody else may take it.
      const taken = error instanceof Error && error.message.includes('ddress already in use');
      if (!taken || left <= 1) throw error;
    }
}

async function startedIn(programs: string): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-ministack-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const child = spawn(join(programs, windows ? 'ministack.exe' : 'ministack'), [], {
    cwd: home,
    env: environment(port, home),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-4000)));
  const stop = async () => {
    await ended(child);
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await answering(`${endpoint}/_ministack/health`, child);
  } catch (error) {
    await stop();
    throw new Error(`MiniStack did not start. It said:\n${said}`, { cause: error });
  }
  return { name: 'MiniStack', version: wanted.ministack, endpoint, stop };
}

function installed(): string {
  const folder = join(projectRoot(), 'node_modules', '.cache', 'coldstart-ministack');
  const programs = join(folder, windows ? 'Scripts' : 'bin');
  const packages = Object.entries(wanted).map(([name, version]) => `${name}==${version}`);
  const mark = join(folder, 'installed.txt');
  const has = existsSync(mark) ? readFileSync(mark, 'utf8') : '';
  if (has === packages.join('\n')) return programs;
  mkdirSync(folder, { recursive: true });
  must(windows ? 'python' : 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  must(join(programs, windows ? 'python.exe' : 'python'), [...pip, ...packages]);
  writeFileSync(mark, packages.join('\n'));
  return programs;
}

function must(program: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new NotInstalled(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** Nothing of this shell's own AWS settings, and nothing that is kept. */
function environment(port: number, home: string): NodeJS.ProcessEnv {
  const base = Object.entries(process.env).filter(([name]) => !/^(AWS_|LAMBDA_|MINISTACK_)/.test(name));
  return {
    ...Object.fromEntries(base),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    MINISTACK_HOST: '127.0.0.1',
    STATE_DIR: home,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + readySeconds * 1000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with status ${String(child.exitCode)}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ends the server, in order if it can. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
