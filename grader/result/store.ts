import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResult, type Result } from './result.ts';

const folderName = '.coldstart';
const fileName = 'last-result.json';

/** Keeps the last result of a submission beside it; written whole or not at all. */
export function saveResult(submission: string, result: Result): void {
  const folder = join(submission, folderName);
  mkdirSync(folder, { recursive: true });
  const making = join(folder, `${fileName}.${String(process.pid)}`);
  try {
    writeFileSync(making, `${JSON.stringify(result, null, 2)}\n`);
    renameSync(making, join(folder, fileName));
  } finally {
    rmSync(making, { force: true });
  }
}

/** The last result of a submission, or undefined if there is none or somebody has changed it into something else. */
export function loadResult(submission: string): Result | undefined {
  try {
    return readResult(JSON.parse(readFileSync(join(submission, folderName, fileName), 'utf8')));
  } catch {
    return undefined;
  }
}
