import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labs } from '../../labs/index.ts';
import { projectRoot } from '../root.ts';
import { targetsPage, type Listed } from './page.ts';
import { folderOf, mistakesOf } from './try-labs.ts';
import type { LabVerdicts, ServerVerdicts } from './verdicts.ts';

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

/**
 * Keeps what a run has found beside what earlier ones have of other labs, and writes the page anew.
 * @param some of each lab only some wrong submissions were tried: what is known of the others stays
 */
export function writeRecord(found: ServerVerdicts, some = false): void {
  const merged = mergedWith(readRecord(), found, some);
  const inOrder = Object.entries(merged.labs).sort(([a], [b]) => a.localeCompare(b, 'en'));
  const record = { ...merged, labs: Object.fromEntries(inOrder) };
  writeFileSync(recordFile(), `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(pageFile(), targetsPage(record, listed()));
}

/** What is known of another version says nothing of this one. */
export function mergedWith(
  earlier: ServerVerdicts | undefined,
  found: ServerVerdicts,
  some: boolean,
): ServerVerdicts {
  if (earlier?.server !== found.server || earlier.version !== found.version) return found;
  const labsFound = Object.entries(found.labs).map(([folder, verdicts]): [string, LabVerdicts] => {
    if (!some) return [folder, verdicts];
    const mistakes = Object.entries({ ...earlier.labs[folder]?.mistakes, ...verdicts.mistakes });
    const inOrder = Object.fromEntries(mistakes.sort(([a], [b]) => a.localeCompare(b, 'en')));
    return [folder, { ...verdicts, mistakes: inOrder }];
  });
  return {
    ...found,
    shows: { ...earlier.shows, ...found.shows },
    labs: { ...earlier.labs, ...Object.fromEntries(labsFound) },
  };
}
