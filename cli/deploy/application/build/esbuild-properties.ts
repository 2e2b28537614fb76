import type { BuildOptions, Format } from 'esbuild';
import { textOf, treeOf, type Tree } from '../template.ts';

/** `true`, or the text that a template has for it. */
const isOn = (value: unknown): boolean => value === true || value === 'true';

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;

/** `['.png=file', …]` as pairs. */
const pairs = (value: unknown): Record<string, string> | undefined => {
  const list = texts(value);
  if (list === undefined) return undefined;
  return Object.fromEntries(
    list.map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      return [key, rest.join('=')];
    }),
  );
};

const formats = new Set(['iife', 'cjs', 'esm']);
const formatOf = (value: unknown): Format | undefined =>
  typeof value === 'string' && formats.has(value) ? (value as Format) : undefined;

/** A function's `Metadata` asks for esbuild, as the SAM CLI understands it. */
export const asksForEsbuild = (metadata: Tree): boolean => metadata.BuildMethod === 'esbuild';

/**
 * The `BuildProperties` that the SAM CLI hands to esbuild, with its defaults (SAM developer guide, "Building
 * Node.js Lambda functions with esbuild").
 */
export function optionsOf(metadata: Tree): BuildOptions {
  const said = treeOf(metadata.BuildProperties);
  const options: BuildOptions = {
    minify: said.Minify === undefined ? true : isOn(said.Minify),
    target: textOf(said.Target) ?? texts(said.Target) ?? 'es2020',
    sourcemap: isOn(said.Sourcemap),
    keepNames: isOn(said.KeepNames),
    splitting: isOn(said.Splitting),
    external: texts(said.External),
    mainFields: texts(said.MainFields),
    format: formatOf(said.Format),
    outExtension: pairs(said.OutExtension),
    define: pairs(said.Define),
    banner: pairs(said.Banner),
    // Checked by esbuild itself, which says which names it knows.
    loader: pairs(said.Loader) as BuildOptions['loader'],
    sourcesContent: said.SourcesContent === undefined ? undefined : isOn(said.SourcesContent),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The files that are bundled, relative to the code's folder. */
export const entryPointsOf = (metadata: Tree): readonly string[] | undefined =>
  texts(treeOf(metadata.BuildProperties).EntryPoints);
