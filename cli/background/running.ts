import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running background process says of itself in `home/running.json`. */
export interface Running {
  readonly pid: number;
  readonly build: string;
  /** For example `http://127.0.0.1:4566`. */
  readonly cloud: string;
  /** For example `http://127.0.0.1:4600`. */
  readonly page: string | undefined;
  /** Lets this user, and no web page, use the cloud's inner routes. */
  readonly token: string;
}

const file = (home: string) => join(home, 'running.json');

/** Only this user can read it: it holds the token. */
export function writeRunning(home: string, running: Running): void {
  mkdirSync(home, { recursive: true });
  const temporary = `${file(home)}.${String(process.pid)}`;
  writeFileSync(temporary, JSON.stringify(running), { mode: 0o600 });
  renameSync(temporary, file(home));
}

export function removeRunning(home: string): void {
  rmSync(file(home), { force: true });
}

/** What the file says, if it is there and whole. It may be of a process that has ended: see {@link findRunning}. */
export function readRunning(home: string): Running | undefined {
  if (!existsSync(file(home))) return undefined;
  try {
    const value = JSON.parse(readFileSync(file(home), 'utf8')) as Partial<Running>;
    if (typeof value.pid !== 'number' || typeof value.cloud !== 'string' || typeof value.token !== 'string')
      return undefined;
    return {
      pid: value.pid,
      build: typeof value.build === 'string' ? value.build : '',
      cloud: value.cloud,
      page: typeof value.page === 'string' ? value.page : undefined,
      token: value.token,
    };
  } catch {
    return undefined;
  }
}

/** The background process of this home, if it answers and is the one that the file names. */
export async function findRunning(home: string): Promise<Running | undefined> {
  const running = readRunning(home);
  if (running === undefined) return undefined;
  try {
    const answer = await fetch(`${running.cloud}/_coldstart/health`, { signal: AbortSignal.timeout(3000) });
    const health = (await answer.json()) as { pid?: unknown };
    return health.pid === running.pid ? running : undefined;
  } catch {
    return undefined;
  }
}
