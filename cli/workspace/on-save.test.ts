import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchSaves } from './on-save.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-saves-'));
  mkdirSync(join(workspace, 'src'));
  writeFileSync(join(workspace, 'src', 'handler.ts'), 'one');
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

describe('watchSaves', () => {
  it('sees what was saved before anybody waited for it', async () => {
    const saves = watchSaves(workspace);
    writeFileSync(join(workspace, 'src', 'handler.ts'), 'two, longer');
    expect(await saves.next()).toBe(join('src', 'handler.ts'));
  });

  it('sees a new file and one that is gone', async () => {
    const saves = watchSaves(workspace);
    writeFileSync(join(workspace, 'new.ts'), '');
    expect(await saves.next()).toBe('new.ts');
    rmSync(join(workspace, 'new.ts'));
    expect(await saves.next()).toBe('new.ts');
  });

  it('does not see what Coldstart, editors and builds write', async () => {
    const saves = watchSaves(workspace);
    for (const folder of ['.build', '.coldstart', 'build', 'node_modules']) {
      mkdirSync(join(workspace, folder));
      writeFileSync(join(workspace, folder, 'x'), 'x');
    }
    writeFileSync(join(workspace, 'src', 'handler.ts~'), 'x');
    writeFileSync(join(workspace, 'src', '.handler.ts.swp'), 'x');
    writeFileSync(join(workspace, 'answers.yaml'), 'x');
    expect(await saves.next()).toBe('answers.yaml');
  });
});
