import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labs } from '../../labs/index.ts';
import { projectRoot } from '../root.ts';
import { targetsPage, type Listed } from './page.ts';
import { folderOf, mistakesOf } from './try-labs.ts';
import type { ServerVerdicts } from './verdicts.ts';

/** What the last whole run of each lab on MiniStack has found. */
const recordFile = () => join(projectRoot(), 'tooling', 'targets', 'ministack.json');
export const pageFile = () => join(projectRoot(), 'docs', 'targets.md');

export const listed = (): readonly Listed[] =>
  labs.map((lab) => ({
    lab,
    folder: folderOf(lab),
    mistakes: mistakesOf(lab).map(({ name }) => name),
  }));

/** @returns undefined where nothing was recorded yet */
export function readRecord(): ServerVerdicts | undefined {
  if (!existsSync(recordFile())) return undefined;
  return JSON.parse(readFileSync(recordFile(), 'utf8')) as ServerVerdicts;
}

/** Keeps what a run has found beside what earlier ones have of other labs, and writes the page anew. */
export function writeRecord(found: ServerVerdicts): void {
  const earlier = readRecord();
  const same = earlier?.server === found.server && earlier.version === found.version;
  const merged: ServerVerdicts = same
    ? {
        ...found,
        shows: { ...earlier.shows, ...found.shows },
        labs: { ...earlier.labs, ...found.labs },
      }
    : found;
  const inOrder = Object.entries(merged.labs).sort(([a], [b]) => a.localeCompare(b, 'en'));
  const record = { ...merged, labs: Object.fromEntries(inOrder) };
  writeFileSync(recordFile(), `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(pageFile(), targetsPage(record, listed()));
}
