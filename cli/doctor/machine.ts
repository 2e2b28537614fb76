import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../session/session.ts';
import { textOf, type Finding } from './finding.ts';

const enoughDisk = 500 * 1024 * 1024;

/** Node.js, the folder and the disk: what Coldstart itself stands on. */
export async function machine(session: Session): Promise<Finding[]> {
  return [node(session), runtimes(session), folder(session), await disk(session)];
}

function node(session: Session): Finding {
  const text = textOf(session);
  // An older one never gets this far: the launcher says so.
  return {
    what: 'Node.js',
    level: 'good',
    seen: `${process.version} · ${process.platform} ${process.arch} · ${text.system} ${release()}`,
  };
}

function runtimes(session: Session): Finding {
  const text = textOf(session);
  const host = Number(process.versions.node.split('.')[0]);
  const has = existsSync(join(session.home, 'runtimes', 'node-v24'));
  if (host === 24 || has) return { what: text.runtime, level: 'good', seen: text.runtimeSame };
  const seen = text.runtimeOther(process.version);
  return { what: text.runtime, level: 'note', seen, mend: text.runtimeMend };
}

function folder(session: Session): Finding {
  const text = textOf(session);
  try {
    mkdirSync(session.home, { recursive: true });
    accessSync(session.home, constants.W_OK);
    return { what: text.folder, level: 'good', seen: session.home };
  } catch {
    return { what: text.folder, level: 'bad', seen: session.home, mend: text.folderMend };
  }
}

async function disk(session: Session): Promise<Finding> {
  const text = textOf(session);
  const { bavail, bsize } = await statfs(session.root);
  const free = bavail * bsize;
  const seen = text.free((free / 1024 ** 3).toFixed(1));
  return free < enoughDisk
    ? { what: text.disk, level: 'bad', seen, mend: text.diskMend }
    : { what: text.disk, level: 'good', seen };
}
