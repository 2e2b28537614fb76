import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { uptime } from 'node:os';
import { join } from 'node:path';

/** A home that another cloud holds. */
export class HomeTaken extends Error {
  readonly code = 'HOME_TAKEN';
  readonly home: string;
  readonly pid: number;

  constructor(home: string, holder: Holder) {
    super(
      `The folder ${home} is in use by the Coldstart that runs as process ${String(holder.pid)} at ${holder.origin}. ` +
        'Two cannot share one folder: stop that one first.',
    );
    this.name = 'HomeTaken';
    this.home = home;
    this.pid = holder.pid;
  }
}

/** Who holds a home: one cloud, told by a name of its own because process ids are used again. */
interface Holder {
  readonly id: string;
  readonly pid: number;
  /** Where it listens, for example `http://127.0.0.1:4566`. */
  readonly origin: string;
}

export interface HomeLock {
  /** Lets the home go, if it is still ours. */
  release(): void;
}

/** How often a lock is tried again that vanished or changed while it was being looked at. */
const TRIES = 5;

/**
 * Takes a home for one cloud. A lock whose holder is no more (killed, or from before the machine was started) is
 * taken over.
 * @param origin where this cloud listens already: a later start asks there whether it is still alive
 * @throws HomeTaken
 */
export async function lockHome(home: string, origin: string): Promise<HomeLock> {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'lock');
  const mine: Holder = { id: randomUUID(), pid: process.pid, origin };
  for (let attempt = 1; ; attempt += 1) {
    if (claim(path, mine)) return { release: () => release(path, mine) };
    const holder = read(path);
    if (holder !== undefined && holder.id !== '' && (await isAlive(path, holder)))
      throw new HomeTaken(home, holder);
    if (attempt === TRIES)
      throw new HomeTaken(home, holder ?? { id: '', pid: 0, origin: 'an unknown address' });
    if (holder !== undefined) discard(path, holder);
  }
}

/** Whether the holder of the lock in a folder is no more; undefined where there is no lock, or none that says whose it is. */
export async function isAbandoned(home: string): Promise<boolean | undefined> {
  const path = join(home, 'lock');
  const holder = read(path);
  return holder === undefined || holder.id === '' ? undefined : !(await isAlive(path, holder));
}

/** Makes the lock, whole at once: whoever reads it half written would take its holder for dead. False where there is one. */
function claim(path: string, mine: Holder): boolean {
  const whole = `${path}.${mine.id}`;
  writeFileSync(whole, JSON.stringify(mine), { mode: 0o600 });
  try {
    linkSync(whole, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return claimWithoutLinks(path, mine);
  } finally {
    rmSync(whole, { force: true });
  }
}

/* Some file systems (FAT, some network drives) have no links. */
function claimWithoutLinks(path: string, mine: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/* Undefined: there is no lock. A lock that cannot be read was torn by a power cut, and holds nothing. */
function read(path: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const nobody = { id: '', pid: 0, origin: '' };
  try {
    const { id, pid, origin } = JSON.parse(text) as Partial<Holder>;
    return typeof id === 'string' && Number.isInteger(pid) && typeof origin === 'string'
      ? { id, pid: pid as number, origin }
      : nobody;
  } catch {
    return nobody;
  }
}

async function isAlive(path: string, holder: Holder): Promise<boolean> {
  if (holder.pid <= 0 || !processExists(holder.pid)) return false;
  try {
    // A process id from before the machine was started says nothing. A minute covers a clock that was set since.
    if (statSync(path).mtimeMs < Date.now() - uptime() * 1000 - 60_000) return false;
  } catch {
    return false;
  }
  // The id may belong to another program by now. A cloud listens before it takes the lock and until after it has
  // let it go, and the system accepts connections for it even while it is busy or stopped.
  return await listens(holder.origin);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function listens(origin: string): Promise<boolean> {
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  return await new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), timeout: 2_000 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code !== 'ECONNREFUSED'));
    socket.once('timeout', () => settle(true));
  });
}

/* Moves the abandoned lock away under a name of its own, so that of two that try only one succeeds. */
function discard(path: string, holder: Holder): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // What was moved may be a lock that somebody took since it was read: it goes back where it was.
  if (read(aside)?.id !== holder.id) {
    try {
      renameSync(aside, path);
      return;
    } catch {
      // Nothing can be done; its owner finds out at its next look.
    }
  }
  rmSync(aside, { force: true });
}

function release(path: string, mine: Holder): void {
  if (read(path)?.id === mine.id) rmSync(path, { force: true });
}
