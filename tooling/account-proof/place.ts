import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { reportFailure } from '../../cli/session/report-failure.ts';
import type { Session } from '../../cli/session/session.ts';
import type { CommandModule } from '../../cli/main.ts';
import { startCloud } from '../../emulator/start.ts';
import type { AnyLab, LabResources } from '../../grader/api.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Result } from '../../grader/result/result.ts';
import { makeMistake } from '../../labs/proof/mistakes.ts';
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
  deploy(): Promise<Ended>;
  grade(): Promise<Ended & { readonly result: Result | undefined }>;
  clean(): Promise<Ended>;
}

export interface AccountPlace {
  readonly proxy: AccountProxy;
  /** @param mistake the folder of a wrong submission; the solution where none is given */
  student(lab: AnyLab, mistake?: string): AccountStudent;
  stop(): Promise<void>;
}

/** What the issue asks for: one call in ten throttled, one in twenty a 5xx, reads up to 2 s behind. */
const busy = {
  rates: { throttled: 0.1, failed: 0.05 },
  lagMs: 2000,
  delayMs: 60,
  controlRates: true,
} as const;

const prefix = 'ada-';

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
  let students = 0;
  return {
    proxy,
    student(lab, mistake) {
      students += 1;
      const account = String(300_000_000_000 + students);
      const work = join(home, 'students', String(students));
      const workspace = join(work, labFolder(lab));
      mkdirSync(work, { recursive: true });
      cpSync(join(projectRoot(), 'solutions', labFolder(lab)), workspace, { recursive: true });
      if (mistake !== undefined) makeMistake(mistake, workspace);
      allowed.set(account, ownNames(lab, account));
      return studentAt({ lab, home, work, account, endpoint: proxy.origin });
    },
    async stop() {
      await proxy.stop();
      await cloud.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

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
      own.startsWith('coldstart-probe-') ||
      own.startsWith(`${prefix}coldstart-probe-`)
    );
  };
}

function studentAt(at: {
  readonly lab: AnyLab;
  readonly home: string;
  readonly work: string;
  readonly account: string;
  readonly endpoint: string;
}): AccountStudent {
  const { lab, home, work, account, endpoint } = at;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  // Each module's flags are its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const run = async (module: CommandModule<any>, flags: object): Promise<Ended & { out: string }> => {
    let out = '';
    let said = '';
    const session: Session = {
      language: 'en',
      colors: createColors(false),
      debug: true,
      root: projectRoot(),
      home,
      work,
      env: { ...env, LAB_PREFIX: prefix },
      bundle: { build: 'proof', bundle: '' },
      standIn: { endpoint, accessKeyId: account, secretAccessKey: 'proof' },
      out: (text) => (out += `${text}\n`),
      err: (text) => (said += `${text}\n`),
    };
    const status = await module
      .run(session, [String(lab.number)], { target: 'aws', yes: true, ...flags })
      .catch((error: unknown) => reportFailure(session, error));
    return { status, said: said + out, out };
  };
  return {
    deploy: async () => run(await import('../../cli/commands/deploy.ts'), {}),
    async grade() {
      const ended = await run(await import('../../cli/commands/grade.ts'), { json: true, seed: '1' });
      const result = ended.out.startsWith('{') ? (JSON.parse(ended.out) as Result) : undefined;
      return { ...ended, result };
    },
    clean: async () => run(await import('../../cli/commands/clean.ts'), {}),
  };
}
