import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, extname, join } from 'node:path';
import { templateIn } from '../deploy/application/template.ts';
import type { Session } from '../session/session.ts';

/** An application of `templates/`. */
export interface ApplicationTemplate {
  readonly name: string;
  readonly folder: string;
  /** In one line, as its `package.json` says it. */
  readonly description: string;
}

/** What a student can begin with. */
export function applicationTemplates(session: Session): ApplicationTemplate[] {
  const folder = join(session.root, 'templates');
  return readdirSync(folder)
    .map((name) => ({ name, folder: join(folder, name) }))
    .filter((each) => templateIn(each.folder) !== undefined)
    .map((each) => ({ ...each, description: descriptionOf(each.folder) }));
}

function descriptionOf(folder: string): string {
  const { description = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    description?: string;
  };
  return description;
}

/** Proves a template in this project, and means nothing outside of it. */
const ours = 'deployed.test.ts';
/** Left by tools. */
const left = new Set(['node_modules', '.aws-sam', '.build', 'pass.key', 'package-lock.json']);
/** Files in which the name of the template stands: of the stack, in tags, in commands. */
const named = new Set(['.yaml', '.toml', '.json', '.md', '.ts', '.mjs']);

/**
 * Copies a template into a folder that is not there yet, under a name of its own.
 * @returns false where something is there already: it is never touched
 */
export function copyTemplate(template: ApplicationTemplate, name: string, work: string): boolean {
  const folder = join(work, name);
  if (existsSync(folder)) return false;
  mkdirSync(work, { recursive: true });
  // Copied beside and renamed, so that an interrupted copy is never taken for an application.
  const making = `${folder}.making-${String(process.pid)}`;
  try {
    cpSync(template.folder, making, {
      recursive: true,
      filter: (path) => basename(path) !== ours && !left.has(basename(path)),
    });
    if (name !== template.name) rename(making, template.name, name);
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return true;
}

function rename(folder: string, from: string, to: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !named.has(extname(entry.name))) continue;
    const file = join(entry.parentPath, entry.name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
  }
}
