import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../../../tooling/root.ts';
import type { Program } from './program.ts';

const run = promisify(execFile);

/** A Node.js that can run functions. */
export interface NodeBinary {
  readonly command: string;
  /** For example `v24.14.0`. */
  readonly version: string;
  /** Whether it is of the runtime's major version. */
  readonly matches: boolean;
  /** The switches by which Lambda turns off what Node.js has turned on since, as far as this binary knows them. */
  readonly flags: readonly string[];
}

/** AWS's versions of its runtimes, as seen in `INIT_START` (2026-09). */
const versions: Readonly<Record<string, string>> = {
  'nodejs22.x': 'nodejs:22.mainline.v98',
  'nodejs24.x': 'nodejs:24.v48',
};

/* AWS Lambda Developer Guide, "Building Lambda functions with Node.js": modules are loaded as Node.js 20 did. */
const switches = ['--no-experimental-require-module', '--no-experimental-detect-module'];
const known = (allowed: ReadonlySet<string>): string[] => switches.filter((name) => allowed.has(name));

/** Where a fetched binary lies below the folder of runtimes. */
export const binaryOf = (folder: string, major: number): string =>
  join(folder, `node-v${major}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const inspected = new Map<string, Promise<NodeBinary | undefined>>();

/**
 * The Node.js for a runtime: the host's where its major version is the runtime's, else a fetched one, else the
 * host's all the same.
 *
 * @param runtime for example `nodejs24.x`
 * @param folder where `npm run runtimes` keeps binaries
 */
export async function findNode(runtime: string, folder: string): Promise<NodeBinary> {
  const major = Number(/^nodejs(\d+)/.exec(runtime)?.[1]);
  const host: NodeBinary = {
    command: process.execPath,
    version: process.version,
    matches: Number.parseInt(process.versions.node, 10) === major,
    flags: known(process.allowedNodeEnvironmentFlags),
  };
  if (host.matches) return host;
  return (await inspect(binaryOf(folder, major), major)) ?? host;
}

/* A binary is asked once what it is; a fetched one that was replaced is asked again. */
async function inspect(command: string, major: number): Promise<NodeBinary | undefined> {
  const file = await stat(command).catch(() => undefined);
  if (file === undefined) return undefined;
  const key = `${command} ${file.mtimeMs} ${file.size}`;
  const before = inspected.get(key);
  if (before !== undefined) return before;
  const asked = ask(command, major);
  inspected.set(key, asked);
  return asked;
}

async function ask(command: string, major: number): Promise<NodeBinary | undefined> {
  try {
    const script = 'console.log(JSON.stringify([process.version, [...process.allowedNodeEnvironmentFlags]]))';
    const { stdout } = await run(command, ['-e', script], { env: {}, timeout: 10_000 });
    const [version, flags] = JSON.parse(stdout) as [string, string[]];
    return {
      command,
      version,
      matches: Number.parseInt(version.slice(1), 10) === major,
      flags: known(new Set(flags)),
    };
  } catch {
    // A binary of another system, or a broken one: the host's runs the function, and INIT_START says so.
    return undefined;
  }
}

/** How a Node.js function is run. */
export async function nodeProgram(runtime: string, memoryMB: number, folder: string): Promise<Program> {
  const node = await findNode(runtime, folder);
  const bootstrap = join(projectRoot(), 'emulator', 'services', 'lambda', 'execution', 'bootstrap', 'node');
  return {
    command: node.command,
    args: [
      ...node.flags,
      // The shares that Lambda's own start script gives to the two parts of V8's heap.
      `--max-semi-space-size=${Math.max(1, Math.floor(memoryMB * 0.05))}`,
      `--max-old-space-size=${Math.floor(memoryMB * 0.9)}`,
      join(bootstrap, 'bootstrap.cjs'),
    ],
    runtimeVersion: versions[runtime] ?? `nodejs:${Number.parseInt(runtime.slice('nodejs'.length), 10)}`,
    standIn: node.matches ? undefined : `Node.js: ${node.version} (host)`,
    framed: true,
    folder: bootstrap,
    variables: { PATH: searchPath(dirname(node.command)) },
  };
}

/** A `PATH` with the runtime's own programs first and nothing of the user's. */
export function searchPath(first: string): string {
  if (process.platform === 'win32') {
    const root = process.env['SystemRoot'] ?? 'C:\\Windows';
    return [first, join(root, 'System32'), root].join(';');
  }
  return [first, '/usr/local/bin', '/usr/bin', '/bin'].join(':');
}

/** Tells what is kept of a fetched runtime, for `doctor` and `npm run runtimes`. */
export async function fetchedVersion(folder: string, major: number): Promise<string | undefined> {
  const manifest = await readFile(join(folder, `node-v${major}`, 'package.json'), 'utf8').catch(
    () => undefined,
  );
  if (manifest === undefined) return undefined;
  const { version } = JSON.parse(manifest) as { version?: string };
  return version;
}
