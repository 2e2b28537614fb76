import { createInterface } from 'node:readline/promises';
import type { TargetName } from '../../grader/api.ts';
import { openTarget as openGraderTarget } from '../../grader/targets/open.ts';
import { marksOf, type Marks } from '../../grader/targets/marks/marks.ts';
import { assureLocal } from '../../grader/targets/stays-local.ts';
import type { Caller, Target } from '../../grader/targets/target.ts';
import { ensureBackground } from '../background/background.ts';
import { localAccount, patient, targetEnvironment } from '../session/environment.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { withProgress } from '../terminal/progress.ts';

export interface TargetFlags {
  readonly target: TargetName;
  readonly yes?: boolean;
}

/** A target that is up, and the environment in which a student's own tools reach it. */
export interface OpenedTarget {
  readonly target: Target;
  readonly caller: Caller;
  readonly env: NodeJS.ProcessEnv;
  /** What everything that a deployment makes carries; absent but on a real account. */
  readonly marks?: Marks;
}

const texts = {
  en: {
    asking: 'Asking the target who you are',
    account: (account: string, arn: string, region: string) =>
      `This uses the AWS account ${account} (${arn}) in ${region}. It can cost money.`,
    question: 'Go on? Type the account id: ',
    refused: 'Nothing was done on AWS.',
    refusedNext: 'Type the account id when asked, or use `-- --yes` in a script.',
    noTerminal: 'AWS was chosen, and nobody can be asked to confirm it here.',
  },
  ko: {
    asking: '대상에 계정을 확인하는 중',
    account: (account: string, arn: string, region: string) =>
      `${region} 리전의 AWS 계정 ${account}(${arn})을(를) 사용해요. 비용이 발생할 수 있어요.`,
    question: '계속하려면 계정 ID를 입력하세요: ',
    refused: 'AWS에서는 아무것도 하지 않았어요.',
    refusedNext: '계정 ID를 입력하거나, 스크립트에서는 `-- --yes`를 붙이세요.',
    noTerminal: 'AWS를 골랐지만 여기서는 확인을 받을 수 없어요.',
  },
} as const;

/**
 * Opens the target that the flags name: starts the embedded cloud if it is that, asks first if it is a real account.
 * @throws UserFailure where a person must decide; GraderProblem where nothing answers
 */
export async function openTarget(
  session: Session,
  flags: TargetFlags,
  { mutates }: { mutates: boolean },
): Promise<OpenedTarget> {
  const text = texts[session.language];
  if (flags.target === 'embedded') {
    // Before anything is started: who points elsewhere does not mean this cloud.
    await assureLocal(session.env, session.language);
    const running = await ensureBackground(session);
    const place = { endpoint: running.cloud, ...localAccount };
    const wish = { name: 'embedded', env: session.env, token: running.token, ...place } as const;
    const target = await openGraderTarget(wish, session.language);
    // Known without asking: the key of the embedded cloud is the account.
    const caller = {
      account: localAccount.accessKeyId,
      arn: `arn:aws:iam::${localAccount.accessKeyId}:root`,
    };
    return { target, caller, env: targetEnvironment(place, session.env, session.home) };
  }

  const { standIn } = session;
  const target = await openGraderTarget(
    { name: flags.target, env: session.env, ...(standIn === undefined ? {} : { standIn }) },
    session.language,
  );
  const caller = await withProgress(text.asking, () => target.whoami());
  if (flags.target !== 'aws' && target.endpoint !== undefined) {
    const place = {
      endpoint: target.endpoint,
      region: target.region,
      accessKeyId: 'test',
      secretAccessKey: 'test',
    };
    return { target, caller, env: targetEnvironment(place, session.env, session.home) };
  }
  if (mutates) await confirm(session, flags, caller, target.region);
  const own =
    standIn === undefined
      ? { ...session.env, AWS_REGION: target.region }
      : targetEnvironment({ ...standIn, region: target.region }, session.env, session.home);
  return { target, caller, env: patient(own), marks: marksOf(session.env) };
}

async function confirm(session: Session, flags: TargetFlags, caller: Caller, region: string): Promise<void> {
  const text = texts[session.language];
  session.err(session.colors.yellow(text.account(caller.account, caller.arn, region)));
  if (flags.yes === true) return;
  if (!process.stdin.isTTY) throw new UserFailure(text.noTerminal, { next: text.refusedNext });
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = (await lines.question(text.question)).trim();
    if (said !== caller.account) throw new UserFailure(text.refused, { next: text.refusedNext });
  } finally {
    lines.close();
  }
}
