import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { ShellName } from './dialects.ts';

/** Programs, as processes are called, by the shell that they are. `sh` is left out: npm itself starts one. */
const programs: Readonly<Record<string, ShellName>> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  pwsh: 'powershell',
  powershell: 'powershell',
};

/**
 * Which shell the student types in: the nearest one among the processes that led to this one, because `SHELL` only
 * says which one a login starts.
 * @returns bash where nothing can be found out
 */
export function detectShell(
  env: NodeJS.ProcessEnv = process.env,
  parent = process.ppid,
  platform: NodeJS.Platform = process.platform,
): ShellName {
  const login = shellOf(env.SHELL ?? '');
  // There is no `ps`; SHELL is set by Git Bash and its like alone.
  if (platform === 'win32') return login ?? 'powershell';
  return nearest(processes(), parent) ?? login ?? 'bash';
}

/** One line of `ps`. */
export interface Process {
  readonly parent: number;
  readonly program: string;
}

/** The shell among a process and those above it. */
export function nearest(running: ReadonlyMap<number, Process>, from: number): ShellName | undefined {
  const seen = new Set<number>();
  for (let id = from; !seen.has(id);) {
    seen.add(id);
    const found = running.get(id);
    if (found === undefined) return undefined;
    const shell = shellOf(found.program);
    if (shell !== undefined) return shell;
    id = found.parent;
  }
  return undefined;
}

/** A login shell is called `-zsh`; some systems tell the whole path. */
function shellOf(program: string): ShellName | undefined {
  const name = basename(program.replaceAll('\\', '/'))
    .replace(/^-/, '')
    .replace(/\.exe$/i, '');
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

function processes(): Map<number, Process> {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], {
    encoding: 'utf8',
    timeout: 5_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const found = new Map<number, Process>();
  // Undefined where there is no `ps`.
  for (const line of (stdout as string | undefined)?.split('\n') ?? []) {
    const [, id, parent, program] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
    if (program !== undefined) found.set(Number(id), { parent: Number(parent), program: program.trim() });
  }
  return found;
}
