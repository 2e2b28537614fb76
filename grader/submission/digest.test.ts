import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestOf } from './digest.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-digest-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'a.ts'), 'one');
  writeFileSync(join(folder, '안녕.md'), 'two');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('is the same for the same files, whatever tools have left beside them', async () => {
  const before = await digestOf(folder);
  expect(before).toEqual({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string, files: 2 });
  for (const name of ['node_modules', '.coldstart', '.git']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'x'), 'x');
  }
  expect(await digestOf(folder)).toEqual(before);
});

it.each([
  [
    'a byte',
    () => {
      writeFileSync(join(folder, 'src', 'a.ts'), 'onE');
    },
  ],
  [
    'a name',
    () => {
      rmSync(join(folder, 'src', 'a.ts'));
      writeFileSync(join(folder, 'src', 'b.ts'), 'one');
    },
  ],
  [
    'a place',
    () => {
      rmSync(join(folder, 'src', 'a.ts'));
      writeFileSync(join(folder, 'a.ts'), 'one');
    },
  ],
])('changes with %s', async (_, change) => {
  const { digest } = await digestOf(folder);
  change();
  expect((await digestOf(folder)).digest).not.toBe(digest);
});
