// Turns the project's TypeScript into JavaScript that any supported Node.js runs, once for each state of the
// sources. It is plain JavaScript because it runs before anything else can.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, 'node_modules', '.cache', 'coldstart');
const sources = ['cli', 'classroom', 'emulator', 'grader', 'labs', 'tooling', 'workbook'];
/** Folders below the sources that are read as files at run time and never bundled. */
const apart = new Set(['starter', 'mistakes', 'bootstrap', 'node_modules']);
const aWeek = 7 * 24 * 60 * 60 * 1000;

/** Programs that are started; everything else is reached from them. */
const entries = {
  cli: 'cli/main.ts',
  background: 'cli/background/serve.ts',
  coverage: 'tooling/coverage/main.ts',
  targets: 'tooling/targets/main.ts',
};

/** Every file that decides what the bundle holds, as `path time size`. */
function state() {
  const lines = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!apart.has(entry.name)) walk(path);
      } else if (/\.(ts|json|mjs)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
        const { mtimeMs, size } = statSync(path);
        lines.push(`${relative(root, path).split(sep).join('/')} ${String(mtimeMs)} ${String(size)}`);
      }
    }
  };
  for (const folder of sources) if (existsSync(join(root, folder))) walk(join(root, folder));
  const lock = statSync(join(root, 'package-lock.json'));
  lines.push(`package-lock.json ${String(lock.mtimeMs)} ${String(lock.size)}`);
  return lines.sort().join('\n');
}

/** Removes bundles that no running program can still be loading parts of. */
function sweep(keep) {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (folder !== keep && Date.now() - statSync(folder).mtimeMs > aWeek)
      rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The folder with the bundle of the sources as they are now; makes it if they changed.
 * @returns {Promise<{ folder: string, build: string }>} `build` names this state of the sources
 */
export async function bundled() {
  const build = createHash('sha256').update(state()).digest('hex').slice(0, 16);
  const folder = join(cache, build);
  if (existsSync(join(folder, 'cli.js'))) return { folder, build };

  const { build: esbuild } = await import('esbuild');
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, 'making-'));
  try {
    await esbuild({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: making,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      sourcemap: 'linked',
      // Native, or large and read only where it is used: loaded from node_modules.
      external: ['esbuild', 'shiki', '@vitest/expect', 'playwright-core'],
      // CommonJS packages inside the bundle still ask for Node's own modules by `require`.
      banner: {
        js: "import { createRequire as coldstartRequire } from 'node:module'; const require = coldstartRequire(import.meta.url);",
      },
      logLevel: 'silent',
      legalComments: 'none',
    });
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process made the same bundle first.
    if (!existsSync(join(folder, 'cli.js'))) throw error;
  }
  sweep(folder);
  return { folder, build };
}
