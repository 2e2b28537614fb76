import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { withProgress } from '../terminal/progress.ts';
import { findRunning, readRunning, removeRunning, type Running } from './running.ts';
import type { ServeOrder, ServeReport } from './serve.ts';
import { texts } from './text.ts';

/** How long a cloud may take to start or end before it is said that it did not: ms. */
const patience = 20_000;

/** Where cloud and page listen, unless `COLDSTART_CLOUD_PORT` and `COLDSTART_PAGE_PORT` say otherwise. */
export function ports(env: NodeJS.ProcessEnv): { cloud: number; page: number } {
  const read = (name: string, otherwise: number) => {
    const said = env[name];
    if (said === undefined || said === '') return otherwise;
    const port = Number(said);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UserFailure(`${name}=${said} is not a port number.`, { next: `unset ${name}` });
    return port;
  };
  return { cloud: read('COLDSTART_CLOUD_PORT', 4566), page: read('COLDSTART_PAGE_PORT', 4600) };
}

/** What the foreground and the background process are told to serve. */
export function orderFor(session: Session, page: boolean, ephemeral = false): ServeOrder {
  const { cloud, page: pagePort } = ports(session.env);
  return {
    home: session.home,
    work: session.work,
    build: session.bundle.build,
    cloudPort: cloud,
    pagePort: page ? pagePort : undefined,
    ephemeral,
  };
}

/** The sentence and next step for a cloud or page that could not start. */
export function startFailure(session: Session, what: string, code: string | undefined): UserFailure {
  const text = texts[session.language];
  const next = (): string => {
    switch (code) {
      case 'EADDRINUSE':
        return text.portTaken;
      case 'EAGAIN':
      case 'ENOMEM':
        return text.freeSome;
      default:
        return text.seeLog(join(session.home, 'cloud.log'));
    }
  };
  return new UserFailure(what, { next: next() });
}

/** Makes sure that cloud and page run in the background, and says where. */
export async function ensureBackground(session: Session): Promise<Running> {
  const running = await findRunning(session.home);
  if (running?.build === session.bundle.build && running.page !== undefined) return running;
  const text = texts[session.language];
  if (running !== undefined) {
    // The state is in a journal, so newer code can take over from where the older one stopped.
    session.err(session.colors.dim(text.restarting));
    await stopBackground(session);
  }
  return withProgress(text.starting, async () => {
    const report = await launch(session);
    if (!report.ready) {
      // Two commands at once: the other one's cloud is as good.
      const other = await findRunning(session.home);
      if (other !== undefined) return other;
      throw startFailure(session, report.what, report.code);
    }
    const started = await findRunning(session.home);
    if (started === undefined) throw startFailure(session, text.silent, undefined);
    return started;
  });
}

function launch(session: Session): Promise<ServeReport> {
  mkdirSync(session.home, { recursive: true });
  const log = openSync(join(session.home, 'cloud.log'), 'a', 0o600);
  const child = spawn(
    process.execPath,
    // Node.js reads every map when it loads a module: 30 MB and a good part of the start, for stacks that only we read.
    [...(session.debug ? ['--enable-source-maps'] : []), join(session.bundle.bundle, 'background.js')],
    {
      detached: true,
      windowsHide: true,
      cwd: session.root,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...session.env, COLDSTART_BACKGROUND: '1' },
    },
  );
  closeSync(log);
  return new Promise<ServeReport>((resolve) => {
    const settle = (report: ServeReport) => {
      clearTimeout(timer);
      if (child.connected) child.disconnect();
      child.unref();
      resolve(report);
    };
    const timer = setTimeout(() => {
      child.kill();
      settle({ ready: false, what: texts[session.language].silent, code: undefined });
    }, patience);
    child.once('message', (report) => settle(report as ServeReport));
    // More than one where there is no process: what it would be told has nobody to read it.
    child.on('error', (error: NodeJS.ErrnoException) =>
      settle({
        ready: false,
        what: texts[session.language].notStarted(error.message),
        code: error.code,
      }),
    );
    child.once('exit', () => settle({ ready: false, what: texts[session.language].silent, code: undefined }));
    child.send(orderFor(session, true));
  });
}

/** Ends the background process of this home; resolves false if there was none. */
export async function stopBackground(session: Session): Promise<boolean> {
  const running = await findRunning(session.home);
  if (running === undefined) {
    // What an ended process left behind.
    if (readRunning(session.home) !== undefined) removeRunning(session.home);
    return false;
  }
  try {
    // By its own route and not by a signal: Windows has no SIGTERM that a program could answer.
    await fetch(`${running.cloud}/_coldstart/stop`, {
      method: 'POST',
      headers: { authorization: `Bearer ${running.token}` },
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    // It may end before it has answered; whether it ended is looked at next.
  }
  if (await gone(session.home, running.pid)) return true;
  throw new UserFailure(texts[session.language].willNotEnd(running.pid));
}

/**
 * Whether the background process has ended, waiting for it up to {@link patience}. It says so itself by removing its
 * file; one that was killed cannot, and is then not there. (A process that has ended can be listed for another second
 * where the system is slow to clear it away, so that alone would keep every `npm run stop` waiting.)
 */
async function gone(home: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    if (readRunning(home)?.pid !== pid) return true;
    try {
      process.kill(pid, 0);
    } catch {
      removeRunning(home);
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
