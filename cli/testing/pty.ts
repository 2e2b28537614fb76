import { spawn, spawnSync } from 'node:child_process';

/** A program at a terminal of its own, and somebody who types. */
export interface AtTerminal {
  /** Everything that was written to the terminal so far. */
  readonly written: string;
  type(text: string): void;
  /** Waits until what was written since the last call has this in it. @throws where it does not come, with what came */
  sees(expected: RegExp): Promise<void>;
  /** How it ended, as a shell says it: 130 where Ctrl+C did; and how it left the terminal. */
  readonly ended: Promise<{ status: number; echoes: boolean; byLine: boolean }>;
}

/** A pseudo-terminal from Python's standard library: Node.js has none. */
const program = `
import fcntl, json, os, pty, select, struct, sys, termios
columns, rows = int(sys.argv[1]), int(sys.argv[2])
sized, size = os.pipe()
child, terminal = pty.fork()
if child == 0:
    # Begins when the window has its size.
    os.close(size)
    os.read(sized, 1)
    os.execvp(sys.argv[3], sys.argv[3:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
os.close(sized)
os.close(size)
sources = [terminal, 0]
left = b''
while terminal in sources:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed: os.write(terminal, typed)
        else: sources.remove(0)
    if terminal in ready:
        try: written = os.read(terminal, 65536)
        except OSError: written = b''
        if written: os.write(1, written)
        else: sources.remove(terminal)
_, how = os.waitpid(child, 0)
flags = termios.tcgetattr(terminal)[3]
status = os.WEXITSTATUS(how) if os.WIFEXITED(how) else 128 + os.WTERMSIG(how)
os.write(2, json.dumps({'status': status, 'echoes': bool(flags & termios.ECHO), 'byLine': bool(flags & termios.ICANON)}).encode())
`;

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import pty, termios'], { stdio: 'ignore' }).status === 0,
);

/** Whether there can be a pseudo-terminal here. */
export const hasPty = python !== undefined;

const patience = 60_000;

/** Runs a program at a terminal of this size. */
export function atTerminal(
  command: readonly string[],
  { columns, rows, env }: { columns: number; rows: number; env: NodeJS.ProcessEnv },
): AtTerminal {
  const child = spawn(python ?? 'python3', ['-c', program, String(columns), String(rows), ...command], {
    env: { ...env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let written = '';
  let told = '';
  let from = 0;
  const waiting = new Set<() => void>();
  const look = () => waiting.forEach((each) => each());
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    written += chunk;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
  const ended = new Promise<{ status: number; echoes: boolean; byLine: boolean }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      look();
      try {
        resolve(JSON.parse(told) as { status: number; echoes: boolean; byLine: boolean });
      } catch {
        reject(new Error(`${told}\n${written}`));
      }
    });
  });
  return {
    get written() {
      return written;
    },
    ended,
    type: (text) => void child.stdin.write(text),
    sees: (expected) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => {
          clearTimeout(timer);
          waiting.delete(check);
          if (error === undefined) resolve();
          else reject(error);
        };
        const notSeen = () => end(new Error(`no ${String(expected)} in:\n${written.slice(from)}`));
        const check = () => {
          const found = expected.exec(written.slice(from));
          if (found !== null) {
            from += found.index + found[0].length;
            end();
          } else if (child.exitCode !== null) notSeen();
        };
        const timer = setTimeout(notSeen, patience);
        waiting.add(check);
        check();
      }),
  };
}
