import { spawn } from 'node:child_process';

/** What a program of the student's machine said of itself. */
export type Said =
  | { readonly kind: 'absent' }
  /** It was ended: it had not answered in time. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'answered'; readonly status: number; readonly out: string; readonly err: string };

/** Python programs take their time to start on a busy machine. */
const patience = 20_000;

/**
 * Runs a program and reads what it says; never waits longer than it is told.
 * @param args constants of ours: on Windows they go through a shell, because tools are `.cmd` files there
 * @param ms until it is ended
 */
export function askTool(command: string, args: readonly string[], ms = patience): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      shell: process.platform === 'win32',
    });
    let out = '';
    let err = '';
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      // What it has started may hold the pipes for ever.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ kind: 'silent' });
    }, ms);
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.on('error', () => {
      clearTimeout(late);
      resolve({ kind: 'absent' });
    });
    child.on('close', (status) => {
      clearTimeout(late);
      // What a shell of Windows says of a program that is not there.
      const unknown = process.platform === 'win32' && (status === 1 || status === 9009) && out === '';
      resolve(
        unknown && /not recognized|9009/.test(err)
          ? { kind: 'absent' }
          : { kind: 'answered', status: status ?? -1, out: out.trim(), err: err.trim() },
      );
    });
  });
}
