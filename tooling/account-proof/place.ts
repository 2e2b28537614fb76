import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { reportFailure } from '../../cli/session/report-failure.ts';
import type { Session } from '../../cli/session/session.ts';
import type { CommandModule } from '../../cli/main.ts';
import { startCloud } from '../../emulator/start.ts';
import { openTarget, type OpenedTarget } from '../../cli/target/open-target.ts';
import type { AnyLab, LabResources } from '../../grader/api.ts';
import { grade } from '../../grader/grade.ts';
import { openProber } from '../../grader/probes/open.ts';
import type { Prober } from '../../grader/probes/prober.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Result } from '../../grader/result/result.ts';
import { openTarget as openGraderTarget } from '../../grader/targets/open.ts';
import { copyFigures } from '../../labs/proof/copy-figures.ts';
import { makeMistake, type Mistake } from '../../labs/proof/mistakes.ts';
import { labFolder } from '../../workbook/progress/progress.ts';
import { startAccountProxy, type AccountProxy } from '../account-proxy/account-proxy.ts';
import { projectRoot } from '../root.ts';

/** How a command ended, and all it said. */
export interface Ended {
  readonly status: number;
  readonly said: string;
}

/** A student with an account of their own behind the proxy, who uses Coldstart's own commands with `--target aws`. */
export interface AccountStudent {
  /** Deploys, and does by hand what a student would before grading. */
  deploy(): Promise<Ended>;
  grade(): Promise<Ended & { readonly result: Result | undefined }>;
  /** Grades one check and what it needs. What this cloud shows is found out once, for all students. */
  gradeOnly(check: string): Promise<Result>;
  clean(): Promise<Ended>;
  /** What was asked of this account that should not have been, in words. */
  violations(): readonly string[];
}

export interface AccountPlace {
  readonly proxy: AccountProxy;
  /** @param mistake a wrong submission; the solution where none is given */
  student(lab: AnyLab, mistake?: Mistake): AccountStudent;
  stop(): Promise<void>;
}

/**
 * What the issue asks for: one call in ten throttled, one in twenty a 5xx, reads up to 2 s behind. Half of the
 * invocations that fail have run: a client cannot know, and tries again.
 */
const busy = {
  rates: { throttled: 0.1, failed: 0.05, lost: 0.5 },
  lagMs: 2000,
  delayMs: 60,
  controlRates: true,
} as const;

/** The student's `LAB_PREFIX`. */
export const prefix = 'ada-';

/** A cloud, a proxy that plays a busy account in front of it, and a folder that goes away with both. */
export async function openAccount(seed: string): Promise<AccountPlace> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-account-'));
  const cloud = await startCloud({ port: 0, home, ephemeral: true });
  const allowed = new Map<string, (name: string) => boolean>();
  const proxy = await startAccountProxy({
    upstream: cloud.origin,
    seed,
    ...busy,
    allows: (account, name) => allowed.get(account)?.(name) ?? false,
  });
  const probed = await openProbed(proxy.origin);
  allowed.set(probing, isProbe);
  return {
    proxy,
    student(lab, mistake) {
      const account = accountOf(lab, mistake);
      const work = join(home, 'students', account);
      const workspace = join(work, labFolder(lab));
      mkdirSync(work, { recursive: true });
      cpSync(join(projectRoot(), 'solutions', labFolder(lab)), workspace, { recursive: true });
      if (mistake !== undefined) makeMistake(mistake.folder, workspace);
      allowed.set(account, ownNames(lab, account));
      return {
        ...studentAt({
          lab,
          home,
          work,
          workspace,
          account,
          seed: numberOf(seed),
          endpoint: proxy.origin,
          prober: probed.prober,
        }),
        violations: () => proxy.violationsOf(account),
      };
    },
    async stop() {
      await probed.close();
      await proxy.stop();
      await cloud.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The account of whoever finds out what the cloud shows. */
const probing = '399999999999';
const isProbe = (name: string): boolean =>
  /^(?:ada-)?coldstart-probe-/.test(name.slice(name.lastIndexOf('/') + 1));

async function openProbed(endpoint: string): Promise<{ readonly prober: Prober; close(): Promise<void> }> {
  const standIn = { endpoint, accessKeyId: probing, secretAccessKey: 'proof' };
  const target = await openGraderTarget({ name: 'aws', env: {}, standIn }, 'en');
  const prober = openProber(target, new AbortController().signal);
  return {
    prober,
    async close() {
      await prober.close();
      target.close();
    },
  };
}

/** Whoever tries this has an account of their own: twelve digits, the same in whatever order others come. */
function accountOf(lab: AnyLab, mistake: Mistake | undefined): string {
  const digest = createHash('sha256')
    .update(`${lab.slug} ${mistake?.name ?? ''}`)
    .digest();
  return `3${String(digest.readUIntBE(0, 6) % 10 ** 11).padStart(11, '0')}`;
}

/** A seed of grading from the seed of a run. */
const numberOf = (seed: string): number => createHash('sha256').update(seed).digest().readUInt32BE(0);

/**
 * The names that a lab may change: what its manifest lists, with the student's prefix; whatever begins as those do
 * after it (`ada-lab02`, the source of its events); the grader's trials, and a log group of any function of these.
 */
function ownNames(lab: AnyLab, account: string): (name: string) => boolean {
  const listed = new Set(
    Object.values(lab.resources as Required<LabResources>)
      .flat()
      .map((name) => resourceName(name, prefix, account)),
  );
  const number = String(lab.number).padStart(2, '0');
  return (name) => {
    const own = name.slice(name.lastIndexOf('/') + 1);
    return (
      listed.has(name) ||
      own.startsWith(`${prefix}lab${number}`) ||
      own.startsWith(`lab${number}.`) ||
      isProbe(name)
    );
  };
}

const ignored = () => undefined;

function studentAt(at: {
  readonly lab: AnyLab;
  readonly home: string;
  readonly work: string;
  readonly workspace: string;
  readonly account: string;
  readonly prober: Prober;
  /** Of grading: other nonces in each run. */
  readonly seed: number;
  readonly endpoint: string;
}): Omit<AccountStudent, 'violations'> {
  const { lab, home, work, workspace, account, seed, endpoint, prober } = at;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  const sessionWith = (out: Session['out'], err: Session['err']): Session => ({
    language: 'en',
    colors: createColors(false),
    debug: true,
    root: projectRoot(),
    home,
    work,
    env: { ...env, LAB_PREFIX: prefix },
    bundle: { build: 'proof', bundle: '' },
    standIn: { endpoint, accessKeyId: account, secretAccessKey: 'proof' },
    out,
    err,
  });
  /** Opens the account as every command does. */
  const there = async <T>(use: (opened: OpenedTarget) => Promise<T>): Promise<T> => {
    const quiet = sessionWith(ignored, ignored);
    const opened = await openTarget(quiet, { target: 'aws', yes: true }, { mutates: true });
    try {
      return await use(opened);
    } finally {
      opened.target.close();
    }
  };
  // Each module's flags are its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const run = async (module: CommandModule<any>, flags: object): Promise<Ended & { out: string }> => {
    let out = '';
    let said = '';
    const session = sessionWith(
      (text) => (out += `${text}\n`),
      (text) => (said += `${text}\n`),
    );
    const status = await module
      .run(session, [String(lab.number)], { target: 'aws', yes: true, ...flags })
      .catch((error: unknown) => reportFailure(session, error));
    return { status, said: said + out, out };
  };
  return {
    async deploy() {
      const ended = await run(await import('../../cli/commands/deploy.ts'), {});
      if (ended.status !== 0 || lab.number !== 4) return ended;
      // What cannot be measured has no figures to copy: that is graded, too.
      await run(await import('../../cli/commands/measure.ts'), {});
      await there(({ target }) => copyFigures({ workspace, target, account, prefix }));
      return ended;
    },
    async grade() {
      const ended = await run(await import('../../cli/commands/grade.ts'), {
        json: true,
        seed: String(seed),
      });
      const result = ended.out.startsWith('{') ? (JSON.parse(ended.out) as Result) : undefined;
      return { ...ended, result };
    },
    gradeOnly: (check) =>
      there(({ target, caller }) =>
        grade({
          lab,
          submission: workspace,
          target,
          caller,
          language: 'en',
          prefix,
          seed,
          prober,
          only: [check],
        }),
      ),
    clean: async () => run(await import('../../cli/commands/clean.ts'), {}),
  };
}
