import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How often the files are looked at, and how long they must be quiet before a save is done: ms. */
const pace = 200;
/** What Coldstart, editors and builds write beside the student's files. */
const others = /(?:^|[\\/])(?:\.build|\.coldstart|build|node_modules|\.git)(?:$|[\\/])|[~#]$|\.sw[a-z]$/;

/** A workspace whose files are being looked at. */
export interface Saves {
  /** Resolves with a file that was saved since the last call, once saving has ended; also for what was saved before the call. */
  next(): Promise<string>;
}

/**
 * Looks at the files of a workspace from now on. By their times and sizes, not by the system's notices: those are
 * not there yet when a recursive watch says that it watches (Linux), and never come from some network drives.
 */
export function watchSaves(workspace: string): Saves {
  let known = look(workspace);
  return {
    async next() {
      for (;;) {
        const now = look(workspace);
        const saved = changedOf(known, now);
        if (saved !== undefined) {
          known = await settled(workspace, now);
          return saved;
        }
        await new Promise((resolve) => setTimeout(resolve, pace));
      }
    },
  };
}

/** Editors write in several steps: waits until two looks in a row see the same. */
async function settled(workspace: string, first: Map<string, string>): Promise<Map<string, string>> {
  for (let seen = first; ;) {
    await new Promise((resolve) => setTimeout(resolve, pace));
    const now = look(workspace);
    if (changedOf(seen, now) === undefined) return now;
    seen = now;
  }
}

/** Each file's time and size. */
function look(workspace: string): Map<string, string> {
  const seen = new Map<string, string>();
  for (const file of readdirSync(workspace, { recursive: true, encoding: 'utf8' })) {
    if (others.test(file)) continue;
    const stat = statSync(join(workspace, file), { throwIfNoEntry: false });
    if (stat?.isFile() === true) seen.set(file, `${String(stat.mtimeMs)} ${String(stat.size)}`);
  }
  return seen;
}

/** A file that is new, gone or other than before. */
function changedOf(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string | undefined {
  for (const [file, state] of now) if (before.get(file) !== state) return file;
  for (const file of before.keys()) if (!now.has(file)) return file;
  return undefined;
}
