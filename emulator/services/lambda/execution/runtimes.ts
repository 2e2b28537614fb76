import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceFailure } from '../../../service/failure.ts';
import { nodeProgram, searchPath } from './programs/node.ts';
import type { Program } from './programs/program.ts';
import { pythonProgram } from './programs/python.ts';

export { fetchRuntime, RuntimeNotFetched } from './programs/fetch.ts';
export { fetchedVersion, findNode } from './programs/node.ts';
export type { NodeBinary } from './programs/node.ts';
export { findPython } from './programs/python.ts';

/**
 * What runs a function of a runtime on this machine.
 *
 * @param places the function's package, and the folder of its layers
 * @param folder where `npm run runtimes` keeps Node.js binaries
 * @throws ServiceFailure `InvalidRuntimeException` where this machine cannot run it, with what would help
 */
export async function findProgram(
  runtime: string,
  memoryMB: number,
  places: { readonly task: string; readonly opt: string | undefined },
  folder: string,
): Promise<Program> {
  if (runtime.startsWith('nodejs')) return nodeProgram(runtime, memoryMB, folder);
  if (runtime.startsWith('python')) return pythonProgram(runtime);
  if (runtime.startsWith('provided')) return customProgram(runtime, places);
  throw unsupported(
    `The embedded cloud runs functions of Node.js, Python and custom runtimes (provided.al2023), not of ${runtime}.`,
  );
}

/* A custom runtime is the package's own program; it speaks the Runtime API itself. */
function customProgram(
  runtime: string,
  { task, opt }: { readonly task: string; readonly opt: string | undefined },
): Program {
  if (process.platform === 'win32') {
    throw unsupported(
      `Functions with the runtime ${runtime} are programs for Linux, which Windows does not run. Use a Node.js or Python runtime, or the Windows Subsystem for Linux.`,
    );
  }
  return {
    command:
      opt !== undefined && !existsSync(join(task, 'bootstrap'))
        ? join(opt, 'bootstrap')
        : join(task, 'bootstrap'),
    args: [],
    runtimeVersion: runtime.replace('.', ':'),
    standIn: undefined,
    framed: false,
    folder: '/var/runtime',
    variables: { PATH: searchPath(task) },
  };
}

function unsupported(message: string): ServiceFailure {
  return new ServiceFailure('InvalidRuntimeException', message, { members: { Type: 'User' } });
}
