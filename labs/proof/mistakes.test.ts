import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeMistake, mistakesIn } from './mistakes.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-mistakes-'));
  for (const folder of ['workspace/src', 'mistakes/wrong/src'])
    mkdirSync(join(home, folder), { recursive: true });
  write('workspace/src/a.ts', 'one\ntwo\nthree\ntwo\n');
  write('workspace/b.ts', 'kept\n');
  write('mistakes/wrong/expected.json', JSON.stringify({ check: 'a', why: 'because' }));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const write = (path: string, text: string) => {
  writeFileSync(join(home, path), text);
};
const read = (path: string) => readFileSync(join(home, path), 'utf8');
const make = () => {
  makeMistake(join(home, 'mistakes', 'wrong'), join(home, 'workspace'));
};
const changing = (changes: unknown) => () => {
  write('mistakes/wrong/changes.json', JSON.stringify(changes));
  make();
};

describe('a mistake', () => {
  it('is a folder with the verdict it must get', () => {
    const folder = join(home, 'mistakes');
    expect(mistakesIn(folder)).toEqual([
      { name: 'wrong', folder: join(folder, 'wrong'), check: 'a', why: 'because' },
    ]);
  });

  it('puts its own files over those of the solution, and its verdict is no part of the submission', () => {
    write('mistakes/wrong/src/a.ts', 'all new\n');
    make();
    expect(read('workspace/src/a.ts')).toBe('all new\n');
    expect(read('workspace/b.ts')).toBe('kept\n');
    expect(existsSync(join(home, 'workspace', 'expected.json'))).toBe(false);
  });

  it('changes some lines of the solution, one change after the other', () => {
    changing({
      'src/a.ts': [
        { find: ['two', 'three'], put: ['$&', ''] },
        { find: 'one', put: '1' },
        { find: '1\n', put: '' },
      ],
    })();
    expect(read('workspace/src/a.ts')).toBe('$&\n\ntwo\n');
    expect(existsSync(join(home, 'workspace', 'changes.json'))).toBe(false);
  });

  it.each<[string, unknown, RegExp]>([
    ['is not there', { 'src/a.ts': [{ find: 'four', put: '' }] }, /does not say exactly once: four/],
    ['is there twice', { 'src/a.ts': [{ find: 'two', put: '' }] }, /does not say exactly once: two/],
    ['is in no file', { 'src/c.ts': [{ find: 'two', put: '' }] }, /ENOENT/],
    ['is missing', { 'src/a.ts': [{ put: '' }] }, /a find and a put are a text or a list of lines/],
    [
      'has lines that are no text',
      { 'src/a.ts': [{ find: ['one', 2], put: '' }] },
      /a text or a list of lines/,
    ],
    ['is in no list', { 'src/a.ts': { find: 'one', put: '' } }, /the changes of src\/a\.ts are no list/],
    ['changes nothing', { 'src/a.ts': [{ find: 'one', put: 'one' }] }, /leaves src\/a\.ts as it is/],
  ])('fails loudly where what is to be changed %s', (_, changes, error) => {
    expect(changing(changes)).toThrow(error);
    expect(read('workspace/src/a.ts')).toBe('one\ntwo\nthree\ntwo\n');
  });
});
