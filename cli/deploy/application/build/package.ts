import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { ApplicationFailure } from '../fault.ts';
import type { LocalCode } from '../local-code.ts';
import { bundled, bundleOf } from './bundle.ts';
import { filesIn, type Files } from './files.ts';
import { zipOf } from './zip.ts';

/** What is uploaded for one property. */
export interface Package {
  readonly contents: Uint8Array;
  /** With its dot; `.zip` for code. */
  readonly extension: string;
}

/** Archives that are uploaded as they are. */
const archives = new Set(['.zip', '.jar']);

/**
 * Builds what a property names.
 * @param folder where its path begins
 * @param workspace where the places of mistakes are told from
 * @throws ApplicationFailure
 */
export async function packageOf(code: LocalCode, folder: string, workspace: string): Promise<Package> {
  const place = resolve(folder, code.path);
  const { logicalId, property, path } = code;
  if (!existsSync(place)) throw new ApplicationFailure({ kind: 'nothingThere', logicalId, property, path });
  const isFolder = statSync(place).isDirectory();
  if (code.holds === 'definition' || (!isFolder && archives.has(extname(place))))
    return { contents: readFileSync(place), extension: extname(place) };
  return { contents: zipOf(await filesOf(code, place, isFolder, workspace)), extension: '.zip' };
}

async function filesOf(code: LocalCode, place: string, isFolder: boolean, workspace: string): Promise<Files> {
  // The CLIs put a single file into a zip of its own.
  if (!isFolder) return { [basename(place)]: readFileSync(place) };
  if (code.holds === 'layer') return layered(filesIn(place), code.metadata.BuildMethod);
  const bundle = bundleOf(code, place);
  return bundle === undefined ? filesIn(place) : bundled(bundle, workspace);
}

/** A layer that is built for Node.js has its packages where Node.js finds them: below `/opt/nodejs`. */
function layered(files: Files, method: unknown): Files {
  const built = typeof method === 'string' && method.startsWith('nodejs');
  if (!built || Object.keys(files).some((path) => path.startsWith('nodejs/'))) return files;
  return Object.fromEntries(Object.entries(files).map(([path, contents]) => [`nodejs/${path}`, contents]));
}
