import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../../../tooling/root.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import { searchPath } from './node.ts';
import type { Program } from './program.ts';

const run = promisify(execFile);

/** A Python of the host. */
export interface PythonBinary {
  readonly command: string;
  /** For example `3.13.5`. */
  readonly version: string;
}

let found: Promise<PythonBinary | undefined> | undefined;

/** The host's Python 3, or undefined. Looked for once. */
export function findPython(): Promise<PythonBinary | undefined> {
  found ??= search();
  return found;
}

async function search(): Promise<PythonBinary | undefined> {
  const candidates: [string, string[]][] =
    process.platform === 'win32'
      ? [
          ['py', ['-3']],
          ['python', []],
          ['python3', []],
        ]
      : [
          ['python3', []],
          ['python', []],
        ];
  for (const [command, args] of candidates) {
    const script = 'import json, sys; print(json.dumps([sys.executable, list(sys.version_info[:3])]))';
    try {
      const { stdout } = await run(command, [...args, '-c', script], { timeout: 10_000 });
      const [executable, version] = JSON.parse(stdout) as [string, number[]];
      if ((version[0] ?? 0) === 3 && (version[1] ?? 0) >= 8)
        return { command: executable, version: version.join('.') };
    } catch {
      // Not there, or a stand-in that only says where Python could be bought.
    }
  }
  return undefined;
}

/**
 * How a Python function is run.
 * @throws ServiceFailure where this machine has no Python
 */
export async function pythonProgram(runtime: string): Promise<Program> {
  const python = await findPython();
  if (python === undefined) {
    throw new ServiceFailure(
      'InvalidRuntimeException',
      `Functions with the runtime ${runtime} need Python 3.8 or newer on this machine, and neither python3, python nor py -3 was found. Install Python 3, or use a Node.js runtime.`,
      { members: { Type: 'User' } },
    );
  }
  const bootstrap = join(projectRoot(), 'emulator', 'services', 'lambda', 'execution', 'bootstrap', 'python');
  const wanted = runtime.slice('python'.length);
  return {
    command: python.command,
    // -B: the bootstrap and a package that environments share are never written to. -u: no output is held back.
    args: ['-B', '-u', join(bootstrap, 'bootstrap.py')],
    runtimeVersion: `python:${wanted}`,
    standIn: python.version.startsWith(`${wanted}.`) ? undefined : `Python: ${python.version} (host)`,
    framed: true,
    folder: bootstrap,
    variables: { PATH: searchPath(dirname(python.command)), LC_CTYPE: 'C.UTF-8', PYTHONIOENCODING: 'utf-8' },
  };
}
