import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../tooling/root.ts';
import { either, choice, record, text, type Of, type Shape } from '../result/shape.ts';

/** Anything JSON can say. */
const anything: Shape<unknown> = { schema: {}, read: (value) => value };
const reply = either('kind', {
  value: record({ kind: choice('value'), value: anything }),
  nothing: record({ kind: choice('nothing') }),
  unsayable: record({ kind: choice('unsayable') }),
  absent: record({ kind: choice('absent') }),
  threw: record({ kind: choice('threw'), name: text(), message: text(), stack: text() }),
});

/** How a request to the student's module ended. */
export type Reply =
  | Of<typeof reply>
  | { readonly kind: 'late' }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null };

/** The student's module in its own process. */
export interface Runner {
  /** The answer to loading the module: the names it exports, or what went wrong. */
  readonly loaded: Promise<Reply>;
  /** Calls an export; without arguments asks how many parameters it declares. */
  ask(name: string, args: readonly unknown[] | undefined): Promise<Reply>;
  /** The end of what the module printed. */
  readonly printed: string;
  /** Ends the process and waits until it is gone. */
  close(): Promise<void>;
}

/** As many as the other side has tokens for. */
const mostRequests = 512;
const printedKept = 4_000;
/** What a student's module may use: far more than a greeting needs, far less than hurts. */
const memoryMB = 256;

/** Node's permission model: no child processes, no threads, no writing. Its flag lost its prefix in 22.13. */
function restrictions(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const named = major > 22 || (major === 22 && minor >= 13) ? '--permission' : '--experimental-permission';
  return [named, '--allow-fs-read=*'];
}

/** Nothing of the grader's surroundings: no keys, no home with profiles in it, no proxies, no options for Node.js. */
const cleanEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  HOME: folder,
  USERPROFILE: folder,
  TMPDIR: folder,
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  AWS_EC2_METADATA_DISABLED: 'true',
  // Windows cannot open sockets or make random numbers without it.
  ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
});

/**
 * Starts the process. It ends by itself when the grader is gone.
 * @param file the bundled module
 * @param folder the process's home
 * @param seconds that loading, and each request, may take
 */
export function startRunner(file: string, folder: string, seconds: number): Runner {
  const secret = randomBytes(32).toString('hex');
  const child = spawn(
    process.execPath,
    [
      ...restrictions(),
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
      '--enable-source-maps',
      `--max-old-space-size=${String(memoryMB)}`,
      join(projectRoot(), 'grader', 'submission', 'bootstrap', 'run.mjs'),
    ],
    {
      cwd: folder,
      env: cleanEnvironment(folder),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
      windowsHide: true,
    },
  );
  const printed = keepEnd(child);
  const ended = new Promise<Reply>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ kind: 'ended', code, signal });
    });
    child.once('error', () => {
      resolve({ kind: 'ended', code: null, signal: null });
    });
  });
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  void ended.then(() => process.removeListener('exit', stop));

  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (message) => {
    const read = opened(message, secret);
    if (read === undefined) return;
    waiting.get(read.id)?.(read.reply);
    waiting.delete(read.id);
  });
  const expect = async (id: number): Promise<Reply> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Reply>((resolve) => {
      timer = setTimeout(resolve, seconds * 1000, { kind: 'late' } satisfies Reply);
    });
    const answered = new Promise<Reply>((resolve) => waiting.set(id, resolve));
    try {
      return await Promise.race([answered, ended, late]);
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  };
  // A process that is gone cannot be told anything; `ended` says so to whoever waits.
  const tell = (message: object) => child.connected && child.send(JSON.stringify(message), () => undefined);

  let requests = 0;
  const loaded = expect(0);
  tell({ secret, file: pathToFileURL(file).href, path: file });
  return {
    loaded,
    ask(name, args) {
      requests += 1;
      if (requests >= mostRequests)
        throw new Error(`a module can be called ${String(mostRequests - 1)} times`);
      const answer = expect(requests);
      tell({
        id: requests,
        name,
        // JSON has no undefined, and an argument may be just that.
        args: args === undefined ? null : args.map((value) => (value === undefined ? {} : { value })),
      });
      return answer;
    },
    get printed() {
      return printed();
    },
    async close() {
      stop();
      await ended;
    },
  };
}

/** An answer that carries the one token that belongs to its request, or undefined. */
function opened(message: unknown, secret: string): { id: number; reply: Reply } | undefined {
  const [, number, token = '', json = ''] =
    (typeof message === 'string' ? /^(\d{1,3}) ([0-9a-f]{64}) (.*)$/s.exec(message) : undefined) ?? [];
  if (number === undefined) return undefined;
  const id = Number(number);
  const right = createHmac('sha256', secret).update(String(id)).digest('hex');
  if (!timingSafeEqual(Buffer.from(token), Buffer.from(right))) return undefined;
  try {
    return { id, reply: reply.read(JSON.parse(json), '') };
  } catch {
    return undefined;
  }
}

function keepEnd(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      kept = (kept + chunk).slice(-printedKept);
    });
  return () => kept;
}
