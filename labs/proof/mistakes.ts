import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A wrong submission: files that stand in for those of the solution, and the verdict it must get. */
export interface Mistake {
  readonly name: string;
  readonly folder: string;
  /** The one check that must fail. */
  readonly check: string;
  /** A part of the English sentence that it must say. */
  readonly why: string;
}

export function mistakesIn(folder: string): Mistake[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const path = join(folder, name, 'expected.json');
      if (!existsSync(path)) throw new Error(`the mistake ${name} has no expected.json`);
      const { check, why } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<string, unknown>>;
      if (typeof check !== 'string' || typeof why !== 'string')
        throw new Error(`${path} names no check or why`);
      return { name, folder: join(folder, name), check, why };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
