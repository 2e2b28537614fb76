import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../../../../tooling/root.ts';
import type { Cloud } from '../../../../cloud.ts';
import type { BlobRef } from '../../../../state/blobs.ts';
import { unpack } from '../../package/unpack.ts';

/** Unpacked packages, one folder for each content, shared by all environments that run it. */
export interface Code {
  /** The package's folder; it is unpacked at its first use. */
  folder(ref: BlobRef): Promise<string>;
  /**
   * A package with layers, for a runtime: the package's folder below one in which Node finds the layers' modules,
   * and the folder that stands for `/opt`, where later layers lie over earlier ones.
   */
  layered(
    ref: BlobRef,
    layers: readonly BlobRef[],
    runtime: string,
  ): Promise<{ readonly task: string; readonly opt: string | undefined }>;
  /** Where AWS's own modules are found, as in `/var/runtime/node_modules`. */
  modules(): Promise<string>;
  /** Removes what lies outside the cloud's home. */
  stop(): Promise<void>;
}

export function createCode(cloud: Cloud): Code {
  const root = rootOf(cloud.settings.home);
  const folders = new Map<string, Promise<string>>();
  const folder = (ref: BlobRef): Promise<string> =>
    kept(ref, () => place(ref.slice('blob:'.length, 'blob:'.length + 32), (draft) => unpackTo(ref, draft)));

  /** Makes a folder where it is not there yet. */
  async function place(name: string, fill: (draft: string) => Promise<void>): Promise<string> {
    const base = await prepared();
    const folder = join(base, name);
    if (existsSync(folder)) return folder;
    // Filled beside it and moved: a folder that is there is whole.
    const draft = join(base, `draft-${randomUUID()}`);
    await mkdir(draft);
    try {
      await fill(draft);
      await rename(draft, folder);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
    return folder;
  }
  const unpackTo = async (ref: BlobRef, folder: string): Promise<void> =>
    unpack(await cloud.blobs.get(ref), folder);

  /** A folder of a key, made once. */
  function kept(key: string, make: () => Promise<string>): Promise<string> {
    let folder = folders.get(key);
    if (folder === undefined) {
      folder = make();
      folders.set(key, folder);
      folder.catch(() => folders.delete(key));
    }
    return folder;
  }

  const optOf = (layers: readonly BlobRef[]): Promise<string> => {
    const name = `opt-${digest(layers)}`;
    return kept(name, () =>
      place(name, async (draft) => {
        for (const [index, ref] of layers.entries()) {
          const one = `${draft}-${index}`;
          await mkdir(one);
          try {
            await unpackTo(ref, one);
            await cp(one, draft, { recursive: true, force: true, verbatimSymlinks: true });
          } finally {
            await rm(one, { recursive: true, force: true });
          }
        }
      }),
    );
  };

  /* Node looks for `node_modules` in the folders above a module, and by NODE_PATH only where it is required. */
  const taskOf = async (ref: BlobRef, opt: string, runtime: string): Promise<string> => {
    const name = `layered-${digest([ref, opt, runtime])}`;
    const folder = await kept(name, () =>
      place(name, async (draft) => {
        const task = join(draft, 'runtime', 'task');
        await mkdir(task, { recursive: true });
        await unpackTo(ref, task);
        for (const [of, at] of [
          [join(opt, 'nodejs', 'node_modules'), draft],
          [join(opt, 'nodejs', nodeFolder(runtime), 'node_modules'), join(draft, 'runtime')],
        ] as const) {
          if (existsSync(of)) await symlink(of, join(at, 'node_modules'), 'junction');
        }
      }),
    );
    return join(folder, 'runtime', 'task');
  };

  // A failure (a full disk) is not remembered: the next invocation tries again.
  const prepared = once(async () => {
    await mkdir(root.folder, { recursive: true, mode: 0o700 });
    if (root.outside) await checkOwner(root.folder);
    // Modules are known by their real paths; stacks are shortened by this one.
    return realpath(root.folder);
  });
  const modules = once(async () => linkModules(await prepared()));

  return {
    folder,
    async layered(ref, layers, runtime) {
      if (layers.length === 0) return { task: await folder(ref), opt: undefined };
      const opt = await optOf(layers);
      return { task: await taskOf(ref, opt, runtime), opt };
    },
    modules,
    async stop() {
      if (root.outside) await rm(root.folder, { recursive: true, force: true });
    },
  };
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

/** Where a layer has modules for one version of Node.js: `node24`. */
export const nodeFolder = (runtime: string): string => runtime.replace(/^nodejs(\d+).*$/, 'node$1');

/** Does something at its first call, and again where it failed. */
function once<T>(task: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    if (result === undefined) {
      result = task();
      result.catch(() => {
        result = undefined;
      });
    }
    return result;
  };
}

/*
 * Node finds packages in every `node_modules` above a module. Below a folder of Coldstart's own, a function
 * would find Coldstart's packages there, and a package that was forgotten in the bundle would fail on AWS only.
 */
function rootOf(home: string): { readonly folder: string; readonly outside: boolean } {
  for (let at = home; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) {
      const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
      return { folder: join(tmpdir(), `coldstart-code-${name}`), outside: true };
    }
    if (dirname(at) === at) return { folder: join(home, 'lambda', 'code'), outside: false };
  }
}

/* Everyone may make folders in the system's temporary one: what somebody else put there is not run. */
async function checkOwner(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
    throw new Error(`${folder} belongs to somebody else: remove it, or let TMPDIR name another folder.`);
  }
}

/** Lambda's Node.js runtimes bring the AWS SDK; functions find the clients that Coldstart itself has. */
async function linkModules(base: string): Promise<string> {
  const modules = join(base, 'node_modules');
  await mkdir(modules, { recursive: true });
  for (const name of ['@aws-sdk', '@smithy']) {
    const target = join(projectRoot(), 'node_modules', name);
    if (!existsSync(target)) continue;
    await symlink(target, join(modules, name), 'junction').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return modules;
}
