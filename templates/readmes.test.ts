import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { student } from '../cli/testing/student.ts';
import { readGuide } from '../labs/proof/guide.ts';
import { projectRoot } from '../tooling/root.ts';
import { followReadme, readmeOf } from './testing/follow-readme.ts';

const names = readdirSync(join(projectRoot(), 'templates'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, 'template.yaml')))
  .map(({ name }) => name);

describe.each(names)('the READMEs of %s', (name) => {
  it('have the same headings and commands in both languages', () => {
    const [en, ko] = ['README.md', 'README.ko.md'].map((file) =>
      readGuide(readmeOf(name, file)).map((part) =>
        part.kind === 'code' ? part.lines.join('\n') : part.kind === 'heading' ? part.level : part.file,
      ),
    );
    expect(en?.length).toBeGreaterThan(10);
    expect(ko).toEqual(en);
  });
});

/** A test run follows the smallest; the long proof follows all. */
const whole = process.env['COLDSTART_MISTAKES'] === 'all';
const followed = whole ? names : ['hello-api'];
if (!whole)
  console.log(`SKIPPED: the commands of ${String(names.length - 1)} READMEs; npm run proof follows them`);

it.each(followed)('what the README of %s says can be done', { timeout: 300_000 }, async (name) => {
  const ada = student();
  try {
    for (const { command, status, output } of await followReadme(name, ada)) {
      if (status === 'missing') console.log(`SKIPPED: \`${command}\`: the program is not on this machine`);
      else expect(status, `${command}\n${output}`).toBe(0);
    }
  } finally {
    await ada.leave();
  }
});
