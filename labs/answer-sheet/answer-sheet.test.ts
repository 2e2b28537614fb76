import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAnswerSheet, readAnswerSheet } from './answer-sheet.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-answers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads answers', () => {
  const path = join(folder, 'answers.yaml');
  expect(readAnswerSheet(path)).toEqual({ kind: 'missing' });
  writeFileSync(path, 'cold:\n  initMs: 12.5\nnote: "[an array] {and} [more]"\n');
  expect(readAnswerSheet(path)).toEqual({
    kind: 'read',
    value: { cold: { initMs: 12.5 }, note: '[an array] {and} [more]' },
  });
  writeFileSync(path, `a: ${'b'.repeat(70_000)}`);
  expect(readAnswerSheet(path)).toMatchObject({ kind: 'invalid', line: 1 });
});

it('says on which line a file is no YAML', () => {
  expect(parseAnswerSheet('a: 1\nb: "open\n')).toMatchObject({ kind: 'invalid' });
  expect(parseAnswerSheet('a: 1\n\tb: 2\n')).toMatchObject({ kind: 'invalid', line: 2 });
});

it.each([
  ['brackets', '['.repeat(60_000)],
  ['braces', '{a: '.repeat(15_000)],
  ['lists', '- '.repeat(30_000)],
  ['keys', '? '.repeat(30_000)],
  ['indentation', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
])('refuses %s without end, and lives', (_name, source) => {
  expect(parseAnswerSheet(source)).toMatchObject({ kind: 'invalid', why: 'Answers do not nest this deep.' });
});

it('refuses aliases that multiply', () => {
  const rows = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map(([one, two]) => [one, two]))
    rows.push(
      `${name ?? ''}: &${name ?? ''} [${Array.from({ length: 9 }, () => `*${before ?? ''}`).join(', ')}]`,
    );
  expect(parseAnswerSheet(rows.join('\n'))).toMatchObject({ kind: 'invalid' });
  expect(parseAnswerSheet('a: *nothing')).toMatchObject({ kind: 'invalid' });
});
