import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMeasurement, type Measurement } from './measurement.ts';

const folderName = '.coldstart';
const fileName = 'last-measurement.json';

/** Keeps the last measurement of a workspace beside it; written whole or not at all. */
export function saveMeasurement(workspace: string, measurement: Measurement): void {
  const folder = join(workspace, folderName);
  mkdirSync(folder, { recursive: true });
  const making = join(folder, `${fileName}.${String(process.pid)}`);
  try {
    writeFileSync(making, `${JSON.stringify(measurement, null, 2)}\n`);
    renameSync(making, join(folder, fileName));
  } finally {
    rmSync(making, { force: true });
  }
}

/** The last measurement of a workspace, or undefined if there is none or somebody has changed it into something else. */
export function loadMeasurement(workspace: string): Measurement | undefined {
  try {
    return readMeasurement(JSON.parse(readFileSync(join(workspace, folderName, fileName), 'utf8')));
  } catch {
    return undefined;
  }
}
