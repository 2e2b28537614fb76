import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import { stacks } from './names.ts';

const folder = (...path: readonly string[]) => join(projectRoot(), ...path);
/** What belongs to a workspace, and not to the application: its name, and what only templates/ is tested with. */
const own = /^(?:samconfig\.toml|package\.json|README.*|vitest\..*|\.gitignore)$|\.test\.ts$/;
/** What the student adds. */
const extended = new Set(['image-inbox/template.yaml']);

function filesOf(root: string): Map<string, string> {
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => !own.test(file.slice(root.length + 1)))
      .map((file) => [
        file
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
        readFileSync(file, 'utf8'),
      ]),
  );
}

describe.each(Object.values(stacks).map((stack) => stack.slice('lab09-'.length)))('%s', (application) => {
  const template = filesOf(folder('templates', application));

  it('is solved as templates/ has it', () => {
    const solution = filesOf(folder('solutions', '09-sam-apps', application));
    expect([...solution.keys()].sort()).toEqual([...template.keys()].sort());
    for (const [path, text] of solution)
      if (!extended.has(`${application}/${path}`)) expect(text, path).toBe(template.get(path));
  });

  it('begins with the same files', () => {
    const starter = filesOf(folder('labs', '09-sam-apps', 'starter', application));
    expect([...starter.keys()].sort()).toEqual([...template.keys()].sort());
    // What is left to do stands in a template, and in one place of the code.
    const changed = [...starter].filter(([path, text]) => text !== template.get(path)).map(([path]) => path);
    expect(changed.filter((path) => !['template.yaml', 'src/table.ts'].includes(path))).toEqual([]);
  });

  it('has the stack name of the lab, for sam deploy too', () => {
    for (const place of [folder('labs', '09-sam-apps', 'starter'), folder('solutions', '09-sam-apps')])
      expect(readFileSync(join(place, application, 'samconfig.toml'), 'utf8')).toContain(
        `stack_name = "lab09-${application}"`,
      );
  });
});
