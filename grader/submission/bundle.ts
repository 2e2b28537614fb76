import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFailure, Message, Metafile } from 'esbuild';
import type { Evidence } from '../api.ts';
import { projectRoot } from '../../tooling/root.ts';
import { widthOf } from '../reporters/width.ts';
import type { EngineText } from '../text.ts';
import { StudentError } from './student-error.ts';

export interface Bundled {
  readonly code: string;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}

/**
 * Bundles a module of a submission with all that it imports.
 * @param submission real path of the folder
 * @param outfile where the code will be written; the source map is relative to it
 * @throws StudentError with file and line where the module does not bundle
 */
export async function bundle(
  submission: string,
  path: string,
  outfile: string,
  text: EngineText,
): Promise<Bundled> {
  if (!existsSync(join(submission, path)))
    throw new StudentError({ why: text.module.missing(path), next: text.module.missingNext(path) });
  const { build } = await import('esbuild');
  let built;
  try {
    built = await build({
      absWorkingDir: submission,
      entryPoints: [path],
      outfile,
      write: false,
      bundle: true,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      charset: 'utf8',
      sourcemap: 'inline',
      sourcesContent: false,
      // A submission outside the project still finds the packages that the project brings.
      nodePaths: [join(projectRoot(), 'node_modules')],
      // The verdict must not depend on whose tsconfig.json lies above the folder.
      tsconfigRaw: {},
      logLevel: 'silent',
    });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw notBundled(path, error, text);
  }
  const [output] = Object.values(built.metafile.outputs);
  return {
    code: built.outputFiles[0]?.text ?? '',
    imports: importsOf(built.metafile),
    exports: output?.exports ?? [],
  };
}

const inPackages = (path: string) => path.split('/').includes('node_modules');

/** What the student's own files import: packages and built-in modules as written, files as found. */
function importsOf({ inputs }: Metafile): readonly string[] {
  const found = new Set<string>();
  for (const [file, input] of Object.entries(inputs)) {
    if (inPackages(file)) continue;
    for (const { path, original, external } of input.imports) {
      const outside = external === true || inPackages(path);
      found.add(outside ? (original ?? path) : path);
    }
  }
  return [...found].sort();
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);

const messagesShown = 3;

function notBundled(path: string, { errors }: BuildFailure, text: EngineText): StudentError {
  const evidence = errors.slice(0, messagesShown).map((message) => shown(message, path));
  return new StudentError({
    why: text.module.bundle(path),
    evidence,
    next: text.module.bundleNext(evidence[0]?.label ?? path),
  });
}

function shown({ text, location }: Message, path: string): Evidence {
  if (location === null) return { label: path, value: text };
  const { file, line, column, lineText } = location;
  const source = lineText.replaceAll('\t', ' ');
  // esbuild counts bytes, an editor counts characters, and a caret has to stand below one.
  const before = Buffer.from(source).subarray(0, column).toString();
  return {
    label: `${file}:${String(line)}:${String(before.length + 1)}`,
    value: `${text}\n${String(line)} | ${source}\n${' '.repeat(String(line).length)} | ${' '.repeat(widthOf(before))}^`,
  };
}
