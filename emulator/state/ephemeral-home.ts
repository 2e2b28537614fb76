import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbandoned } from './lock.ts';

const PREFIX = 'coldstart-cloud-';
/** A home without a lock that is younger than this (in ms) may be one that is being made at this moment. */
const BEING_MADE = 60_000;

/** A home that lasts as long as its cloud. */
export interface EphemeralHome {
  readonly path: string;
  remove(): void;
}

/**
 * Makes a folder of its own in the system's place for temporary files: never the home that state is kept in, which
 * must not be removed. It is removed also when the process ends without saying so.
 */
export function makeEphemeralHome(): EphemeralHome {
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  const remove = (): void => {
    process.off('exit', remove);
    // Windows may hold files for a moment after the process that used them has ended.
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.on('exit', remove);
  return { path, remove };
}

/** Removes homes of this kind that a killed process left behind. Never throws: they may be another user's. */
export async function sweepEphemeralHomes(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(tmpdir(), name);
    try {
      const abandoned = (await isAbandoned(path)) ?? Date.now() - statSync(path).mtimeMs > BEING_MADE;
      if (abandoned) rmSync(path, { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}
