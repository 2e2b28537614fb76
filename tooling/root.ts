import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder of the project. Code runs from a bundle in `node_modules/.cache`, so a module's own address does
 * not say where the project is; the nearest `package.json` above it that is named `coldstart` does.
 * @throws if there is none: then the files were moved out of the project
 */
export function projectRoot(): string {
  if (found !== undefined) return found;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
      if (name === 'coldstart') return (found = folder);
    }
    if (dirname(folder) === folder) throw new Error('Coldstart was started outside its own folder.');
  }
}
