import { watch } from 'node:fs/promises';
import { sep } from 'node:path';

/** How long files must be quiet before a save counts as done: editors write in several steps. ms */
const quiet = 150;
const ours = new Set(['.build', '.coldstart', 'build', 'node_modules', '.git']);

/** Yields the last file of each burst of changes in a workspace, leaving out what Coldstart itself writes. */
export async function* onSave(workspace: string, signal?: AbortSignal): AsyncGenerator<string> {
  let changed: string | undefined;
  let wake: () => void = () => undefined;
  const state = { ended: false };
  let timer: NodeJS.Timeout | undefined;
  const listening = (async () => {
    for await (const { filename } of watch(workspace, { recursive: true, ...(signal && { signal }) })) {
      if (
        filename === null ||
        filename.split(sep).some((part) => ours.has(part)) ||
        /[~#]$|\.sw[a-z]$/.test(filename)
      )
        continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        changed = filename;
        wake();
      }, quiet);
    }
  })().finally(() => {
    state.ended = true;
    wake();
  });
  listening.catch(() => undefined);
  try {
    for (;;) {
      while (changed === undefined && !state.ended) await new Promise<void>((resolve) => (wake = resolve));
      if (changed === undefined) return;
      const file = changed;
      changed = undefined;
      yield file;
    }
  } finally {
    clearTimeout(timer);
  }
}
