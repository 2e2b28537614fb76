import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../tooling/root.ts';
import { rows, type RowName } from './rows.ts';

/** A row and the test file of this folder that proves it. */
export type Proven = ReadonlyMap<RowName, string>;

/** Reads which rows have a test. @throws Error where a row has two, or a test names none */
export function provenRows(): Proven {
  const folder = join(projectRoot(), 'emulator', 'behaviours');
  const found = new Map<RowName, string>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.test.ts')) continue;
    for (const [, name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/^\s*prove\('([^']+)'/gm)) {
      if (!isRow(name)) throw new Error(`${file} proves ${name}, which is no row.`);
      if (found.has(name)) throw new Error(`${file} proves ${name} a second time.`);
      found.set(name, file);
    }
  }
  return found;
}

const isRow = (name: string): name is RowName => Object.hasOwn(rows, name);
