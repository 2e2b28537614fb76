import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { homedir, release } from 'node:os';
import { join } from 'node:path';
import { findRunning } from '../background/running.ts';
import { ports } from '../background/background.ts';
import { isTaken } from '../background/port.ts';
import type { Session } from '../session/session.ts';
import { texts } from './doctor.text.ts';

/** One thing that was looked at. `mend` is set where something should be done. */
interface Finding {
  readonly what: string;
  readonly level: 'good' | 'note' | 'bad';
  readonly seen: string;
  readonly mend?: string;
}

const enoughDisk = 500 * 1024 * 1024;

/** Says what is missing and how to mend it. The report holds no key, no user name and no home folder. */
export async function run(
  session: Session,
  _args: readonly string[],
  flags: { json?: boolean },
): Promise<number> {
  const findings = [
    node(session),
    ...runtimes(session),
    folder(session),
    await disk(session),
    await background(session),
    ...(await portsFree(session)),
    shell(session),
    python(session),
  ].map((finding) => ({ ...finding, seen: withoutHome(finding.seen) }));
  const bad = findings.some(({ level }) => level === 'bad');
  if (flags.json === true) {
    session.out(JSON.stringify({ findings }, null, 2));
    return bad ? 1 : 0;
  }
  const { green, yellow, red, dim } = session.colors;
  const mark = { good: green('✓'), note: yellow('!'), bad: red('✗') };
  const text = texts[session.language];
  for (const { what, level, seen, mend } of findings) {
    session.out(`${mark[level]} ${what}  ${dim(seen)}`);
    if (mend !== undefined) session.out(`  → ${mend}`);
  }
  session.out(dim(bad ? text.bad : text.good));
  return bad ? 1 : 0;
}

/** Paths as `~/…`: the report is made to be pasted. */
const withoutHome = (text: string) => text.replaceAll(homedir(), '~');

function node(session: Session): Finding {
  const text = texts[session.language];
  // An older one never gets this far: the launcher says so.
  return {
    what: 'Node.js',
    level: 'good',
    seen: `${process.version} · ${process.platform} ${process.arch} · ${text.system} ${release()}`,
  };
}

function runtimes(session: Session): Finding[] {
  const text = texts[session.language];
  const host = Number(process.versions.node.split('.')[0]);
  const has = existsSync(join(session.home, 'runtimes', 'node-v24'));
  if (host === 24 || has) return [{ what: text.runtime, level: 'good', seen: text.runtimeSame }];
  return [
    { what: text.runtime, level: 'note', seen: text.runtimeOther(process.version), mend: text.runtimeMend },
  ];
}

function folder(session: Session): Finding {
  const text = texts[session.language];
  try {
    mkdirSync(session.home, { recursive: true });
    accessSync(session.home, constants.W_OK);
    return { what: text.folder, level: 'good', seen: session.home };
  } catch {
    return { what: text.folder, level: 'bad', seen: session.home, mend: text.folderMend };
  }
}

async function disk(session: Session): Promise<Finding> {
  const text = texts[session.language];
  const { bavail, bsize } = await statfs(session.root);
  const free = bavail * bsize;
  const seen = text.free((free / 1024 ** 3).toFixed(1));
  return free < enoughDisk
    ? { what: text.disk, level: 'bad', seen, mend: text.diskMend }
    : { what: text.disk, level: 'good', seen };
}

async function background(session: Session): Promise<Finding> {
  const text = texts[session.language];
  const running = await findRunning(session.home);
  return running === undefined
    ? { what: text.cloud, level: 'good', seen: text.cloudOff }
    : {
        what: text.cloud,
        level: 'good',
        seen: `${running.cloud}${running.page === undefined ? '' : ` · ${running.page}`}`,
      };
}

async function portsFree(session: Session): Promise<Finding[]> {
  const text = texts[session.language];
  if ((await findRunning(session.home)) !== undefined) return [];
  const findings: Finding[] = [];
  for (const [name, port] of Object.entries(ports(session.env))) {
    const taken = port !== 0 && (await isTaken(port));
    findings.push(
      taken
        ? { what: text.port(port), level: 'bad', seen: text.portTaken, mend: text.portMend(name) }
        : { what: text.port(port), level: 'good', seen: text.portFree },
    );
  }
  return findings;
}

/** AWS settings in the student's shell: never used by the embedded cloud, good to know of. Names only, no values. */
function shell(session: Session): Finding {
  const text = texts[session.language];
  const names = Object.keys(session.env).filter(
    (name) => name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_'),
  );
  return names.length === 0
    ? { what: text.shell, level: 'good', seen: text.shellNone }
    : { what: text.shell, level: 'good', seen: text.shellSome(names.sort().join(', ')) };
}

function python(session: Session): Finding {
  const text = texts[session.language];
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', windowsHide: true });
    if (status === 0) return { what: 'Python', level: 'good', seen: stdout.trim() };
  }
  return { what: 'Python', level: 'good', seen: text.noPython };
}
