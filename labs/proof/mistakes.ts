import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaced } from './replaced.ts';

/** A wrong submission: what turns the solution into it, and the verdict it must get. */
export interface Mistake {
  readonly name: string;
  readonly folder: string;
  /** The one check that must fail. */
  readonly check: string;
  /** A part of the English sentence that it must say. */
  readonly why: string;
  /** What is said instead on servers that behave otherwise than AWS where it does not matter to the student. */
  readonly elsewhere?: Elsewhere;
}

export interface Elsewhere {
  readonly check: string;
  /** A part of the English sentence. */
  readonly why: string;
  /** What such a server does: it finishes the sentence “Here …”. */
  readonly because: string;
}

/** A text that the solution says exactly once, and what a wrong submission says there. */
interface Change {
  readonly find: string;
  readonly put: string;
}

/** What a mistake's folder says of the mistake; all else that lies there is part of the submission. */
const verdictFile = 'expected.json';
const changesFile = 'changes.json';

export function mistakesIn(folder: string): Mistake[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const path = join(folder, name, verdictFile);
      if (!existsSync(path)) throw new Error(`the mistake ${name} has no ${verdictFile}`);
      const said = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<string, unknown>>;
      const { check, why } = said;
      if (typeof check !== 'string' || typeof why !== 'string')
        throw new Error(`${path} names no check or why`);
      const mistake = { name, folder: join(folder, name), check, why };
      return said.elsewhere === undefined
        ? mistake
        : { ...mistake, elsewhere: elsewhereIn(said.elsewhere, path) };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function elsewhereIn(said: unknown, path: string): Elsewhere {
  const { check, why, because } = said as Partial<Record<string, unknown>>;
  if (typeof check !== 'string' || typeof why !== 'string' || typeof because !== 'string')
    throw new Error(`${path}: elsewhere names no check, why or because`);
  return { check, why, because };
}

/**
 * Turns the solution that lies in a workspace into a wrong submission. The mistake's folder has files that stand in
 * for those of the solution, or `changes.json`: by file, a list of `find` and `put`, each a text or a list of lines,
 * which are made one after the other. So a mistake of one line shows that line, and follows the rest of the solution.
 * @throws Error where a file is not in the workspace, or does not say what is to be found exactly once
 */
export function makeMistake(folder: string, workspace: string): void {
  cpSync(folder, workspace, {
    recursive: true,
    filter: (source) => source !== join(folder, verdictFile) && source !== join(folder, changesFile),
  });
  const path = join(folder, changesFile);
  if (!existsSync(path)) return;
  for (const [file, changes] of changesIn(path)) {
    const changed = join(workspace, file);
    const text = readFileSync(changed, 'utf8');
    const wrong = changes.reduce((so, { find, put }) => replaced(so, find, put), text);
    if (wrong === text) throw new Error(`${path} leaves ${file} as it is`);
    writeFileSync(changed, wrong);
  }
}

function changesIn(path: string): (readonly [file: string, changes: readonly Change[]])[] {
  const asText = (said: unknown): string => {
    const lines: readonly unknown[] = Array.isArray(said) ? said : [said];
    if (!lines.every((line) => typeof line === 'string'))
      throw new Error(`${path}: a find and a put are a text or a list of lines`);
    return lines.join('\n');
  };
  const files = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
  return files.map(([file, changes]) => {
    if (!Array.isArray(changes)) throw new Error(`${path}: the changes of ${file} are no list`);
    const read = (changes as Partial<Record<keyof Change, unknown>>[]).map(({ find, put }) => ({
      find: asText(find),
      put: asText(put),
    }));
    return [file, read] as const;
  });
}
