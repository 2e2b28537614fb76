import type { AnyLab } from '../../grader/api.ts';
import type { Result } from '../../grader/result/result.ts';
import type { StandIn } from '../../grader/targets/target.ts';
import { createColors } from 'picocolors';
import { projectRoot } from '../../tooling/root.ts';
import type { CommandModule } from '../main.ts';
import { reportFailure } from '../session/report-failure.ts';
import type { Session } from '../session/session.ts';

/** How a command ended, and all it said. */
export interface Ended {
  readonly status: number;
  readonly said: string;
}

/** Coldstart's own commands with `--target aws`, as somebody on an account that a stand-in plays. */
export interface Commands {
  deploy(lab: AnyLab): Promise<Ended>;
  grade(lab: AnyLab): Promise<Ended & { readonly result: Result | undefined }>;
  clean(lab: AnyLab): Promise<Ended>;
}

export interface Somebody {
  readonly standIn: StandIn;
  /** What their shell says besides what AWS's tools read: `LAB_PREFIX`. */
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  /** Where their workspaces lie. */
  readonly work: string;
}

/** Runs commands in this process. */
export function commandsAs({ standIn, env, home, work }: Somebody): Commands {
  const shell = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('LAB_')),
  );
  // Each module's flags are its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const run = async (module: CommandModule<any>, lab: AnyLab, flags: object) => {
    let out = '';
    let said = '';
    const session: Session = {
      language: 'en',
      colors: createColors(false),
      debug: true,
      root: projectRoot(),
      home,
      work,
      env: { ...shell, ...env },
      bundle: { build: 'test', bundle: '' },
      standIn,
      out: (text) => (out += `${text}\n`),
      err: (text) => (said += `${text}\n`),
    };
    const status = await module
      .run(session, [String(lab.number)], { target: 'aws', yes: true, ...flags })
      .catch((error: unknown) => reportFailure(session, error));
    return { status, said: said + out, out };
  };
  return {
    deploy: async (lab) => run(await import('../commands/deploy.ts'), lab, {}),
    async grade(lab) {
      const ended = await run(await import('../commands/grade.ts'), lab, { json: true, seed: '1' });
      const result = ended.out.startsWith('{') ? (JSON.parse(ended.out) as Result) : undefined;
      return { ...ended, result };
    },
    clean: async (lab) => run(await import('../commands/clean.ts'), lab, {}),
  };
}
