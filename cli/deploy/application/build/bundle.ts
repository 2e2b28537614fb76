import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { BuildFailure, BuildOptions } from 'esbuild';
import { projectRoot } from '../../../../tooling/root.ts';
import { mistakesOf } from '../../run-deployment.ts';
import { ApplicationFailure } from '../fault.ts';
import type { LocalCode } from '../local-code.ts';
import { asksForEsbuild, entryPointsOf, optionsOf } from './esbuild-properties.ts';
import type { Files } from './files.ts';

/** What a handler's source may be called. */
const sources = ['.ts', '.tsx', '.mts', '.cts'];
/** What Node.js runs as it is. */
const runnable = ['.js', '.mjs', '.cjs'];

/**
 * What has to be bundled before a function's code can run: what `Metadata` asks for, or a handler that is there in
 * TypeScript alone. Undefined where the folder is the package.
 */
export function bundleOf(code: LocalCode, folder: string): Bundle | undefined {
  if (asksForEsbuild(code.metadata)) {
    const entries = entryPointsOf(code.metadata) ?? [entryOf(code, folder)];
    for (const entry of entries)
      if (!existsSync(join(folder, entry))) throw noEntry(code, [join(code.path, entry)]);
    return { folder, entries, options: optionsOf(code.metadata) };
  }
  const file = moduleOf(code.handler);
  const there = (extension: string) => existsSync(join(folder, `${file}${extension}`));
  const source = sources.find(there);
  if (file === '' || source === undefined || runnable.some(there)) return undefined;
  // Where the handler says the file is, so that the handler's name stays right.
  return { folder, entries: [`${file}${source}`], options: { outbase: folder } };
}

export interface Bundle {
  readonly folder: string;
  readonly entries: readonly string[];
  readonly options: BuildOptions;
}

/** `src/app.handler` is the export `handler` of `src/app`. */
const moduleOf = (handler = ''): string => handler.slice(0, Math.max(0, handler.lastIndexOf('.')));

function entryOf(code: LocalCode, folder: string): string {
  const file = moduleOf(code.handler);
  const looked = [...sources, ...runnable].map((extension) => `${file}${extension}`);
  const found = looked.find((entry) => existsSync(join(folder, entry)));
  if (found === undefined)
    throw noEntry(
      code,
      looked.slice(0, 1).map((entry) => join(code.path, entry)),
    );
  return found;
}

const noEntry = ({ logicalId, handler = '' }: LocalCode, looked: readonly string[]) =>
  new ApplicationFailure({
    kind: 'noEntry',
    logicalId,
    handler,
    looked: looked.map((path) => path.split(sep).join('/')),
  });

/**
 * Bundles with esbuild.
 * @param workspace where the places of mistakes are told from
 * @throws ApplicationFailure with the student's mistakes
 */
export async function bundled({ folder, entries, options }: Bundle, workspace: string): Promise<Files> {
  const { build } = await import('esbuild');
  const outdir = join(folder, '.build');
  try {
    const { outputFiles } = await build({
      ...options,
      absWorkingDir: folder,
      entryPoints: [...entries],
      outdir,
      bundle: true,
      platform: 'node',
      write: false,
      // A workspace may lie outside the project (a class, a test), and still finds the packages the project brings.
      nodePaths: [join(projectRoot(), 'node_modules')],
      logLevel: 'silent',
    });
    return Object.fromEntries(
      outputFiles.map(({ path, contents }) => [relative(outdir, path).split(sep).join('/'), contents]),
    );
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (errors === undefined) throw error;
    const places = errors.map(({ text, location }) => ({
      text,
      location:
        location === null ? null : { ...location, file: relative(workspace, join(folder, location.file)) },
    }));
    throw new ApplicationFailure({ kind: 'mistakes', mistakes: mistakesOf(places, workspace) });
  }
}
