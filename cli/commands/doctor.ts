import { homedir } from 'node:os';
import type { TargetName } from '../../grader/api.ts';
import { openTarget, targetRegion } from '../../grader/targets/open.ts';
import { awsAddress, clock } from '../doctor/clock.ts';
import { cloud } from '../doctor/cloud.ts';
import { docker } from '../doctor/docker.ts';
import { textOf, type Finding } from '../doctor/finding.ts';
import { machine } from '../doctor/machine.ts';
import { tools } from '../doctor/tools.ts';
import type { Session } from '../session/session.ts';

interface Flags {
  readonly target: TargetName;
  readonly json?: boolean;
}

/** Says what is missing and how to mend it. The report holds no key, no user name and no home folder. */
export async function run(session: Session, _args: readonly string[], flags: Flags): Promise<number> {
  const address = await addressOf(session, flags.target);
  const found = await Promise.all([
    machine(session),
    cloud(session, address === undefined ? undefined : Number(address.port)),
    time(session, flags.target, address),
    Promise.resolve([shell(session)]),
    tools(session),
    docker(session),
  ]);
  const findings = found.flat().map((finding) => ({ ...finding, seen: withoutHome(finding.seen) }));
  const bad = findings.some(({ level }) => level === 'bad');
  if (flags.json === true) {
    session.out(JSON.stringify({ findings }, null, 2));
    return bad ? 1 : 0;
  }
  const { green, yellow, red, dim } = session.colors;
  const mark = { good: green('✓'), note: yellow('!'), bad: red('✗') };
  const text = textOf(session);
  for (const { what, level, seen, mend } of findings) {
    session.out(`${mark[level]} ${what}  ${dim(seen)}`);
    if (mend !== undefined) session.out(`  → ${mend}`);
  }
  session.out(dim(bad ? text.bad : text.good));
  return bad ? 1 : 0;
}

/** Paths as `~/…`: the report is made to be pasted. */
const withoutHome = (text: string) => text.replaceAll(homedir(), '~');

/** Where the chosen target answers; undefined for the embedded cloud, which is this machine's own. */
async function addressOf(session: Session, name: TargetName): Promise<URL | undefined> {
  if (name === 'embedded') return undefined;
  // Refuses what a lab on that target would refuse, and sends nothing.
  const target = await openTarget({ name, env: session.env }, session.language);
  target.close();
  return target.endpoint === undefined ? awsAddress(targetRegion(session.env)) : new URL(target.endpoint);
}

async function time(session: Session, name: TargetName, address: URL | undefined): Promise<Finding[]> {
  const text = textOf(session);
  if (name === 'embedded' || address === undefined)
    return [{ what: text.clock, level: 'good', seen: text.clockSame }];
  return clock(session, name, address);
}

/** AWS settings in the student's shell: never used by the embedded cloud, good to know of. Names only, no values. */
function shell(session: Session): Finding {
  const text = textOf(session);
  const names = Object.keys(session.env).filter(
    (name) => name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_'),
  );
  return names.length === 0
    ? { what: text.shell, level: 'good', seen: text.shellNone }
    : { what: text.shell, level: 'good', seen: text.shellSome(names.sort().join(', ')) };
}
