import { targetRegion } from '../../grader/targets/open.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { detectShell } from '../shell/detect.ts';
import { dialects, type ShellName } from '../shell/dialects.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';
import { towards, towardsAws, type ShellEnvironment } from '../target/shell-environment.ts';

const texts = {
  en: {
    evaluate: 'These lines are for your shell. To have it take them, type:',
    another: 'Another shell: -- --shell bash, zsh, fish or powershell',
    banner: 'npm has printed lines of its own before these, which a shell would run as commands.',
    bannerNext: (command: string) => `Type it with --silent: ${command}`,
  },
  ko: {
    evaluate: '셸이 읽을 줄이에요. 셸에 적용하려면 이렇게 입력하세요:',
    another: '다른 셸은 -- --shell bash, zsh, fish, powershell 중에서 고르세요.',
    banner: 'npm이 앞에 출력한 안내 줄까지 셸이 명령으로 실행하게 돼요.',
    bannerNext: (command: string) => `--silent를 붙여 입력하세요: ${command}`,
  },
} as const;

interface Flags extends TargetFlags {
  readonly shell?: ShellName;
}

/** Prints what a shell evaluates so that AWS's own tools reach the target. Nothing else goes to standard output. */
export async function run(session: Session, _args: readonly string[], flags: Flags): Promise<number> {
  const text = texts[session.language];
  const { dim, bold } = session.colors;
  const dialect = dialects[flags.shell ?? detectShell(session.env)];
  const evaluates = dialect.evaluates(commandFor(flags));
  if (hasBanner(session.env) && !process.stdout.isTTY)
    throw new UserFailure(text.banner, { next: text.bannerNext(evaluates) });

  const { set, unset } = await environmentOf(session, flags);
  for (const name of unset) session.out(dialect.unset(name));
  for (const [name, value] of Object.entries(set)) session.out(dialect.set(name, value));
  if (process.stdout.isTTY) session.err(`\n${text.evaluate}\n  ${bold(evaluates)}\n${dim(text.another)}`);
  return 0;
}

/** npm says what it runs on standard output, unless it is told to be silent. */
const hasBanner = (env: NodeJS.ProcessEnv) =>
  env.npm_lifecycle_event === 'env' && env.npm_config_loglevel !== 'silent';

function commandFor({ target, shell }: Flags): string {
  const flags = [
    ...(target === 'embedded' ? [] : ['--target', target]),
    ...(shell === undefined ? [] : ['--shell', shell]),
  ];
  return ['npm run --silent env', ...(flags.length === 0 ? [] : ['--', ...flags])].join(' ');
}

async function environmentOf(session: Session, flags: Flags): Promise<ShellEnvironment> {
  // Nobody is asked, and nothing is sent: a shell that is told of a region has done nothing on AWS yet.
  if (flags.target === 'aws') return towardsAws(session.env, targetRegion(session.env), session.home);
  const { target, env } = await openTarget(session, flags, { mutates: false });
  target.close();
  return towards(env, session.env);
}
