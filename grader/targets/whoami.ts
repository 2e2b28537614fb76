import type { TargetName } from '../api.ts';
import { GraderProblem } from '../problem.ts';
import type { EngineText } from '../text.ts';
import type { Pool } from './clients/pool.ts';
import { noAnswer } from './no-answer.ts';
import type { Caller } from './target.ts';

/** GetCallerIdentity, with what can go wrong said in words. */
export async function askCaller(
  pool: Pool,
  name: TargetName,
  endpoint: string | undefined,
  text: EngineText,
): Promise<Caller> {
  const [sts, { GetCallerIdentityCommand }] = await Promise.all([
    pool.load('sts'),
    import('./clients/caller-identity.ts'),
  ]);
  let answer;
  try {
    answer = await sts.send(new GetCallerIdentityCommand({}));
  } catch (error) {
    const silence = noAnswer(error);
    if (silence !== undefined)
      throw new GraderProblem(
        'target',
        text.problem.unreachable(endpoint ?? 'AWS', silence),
        text.problem.unreachableNext,
        error,
      );
    const detail = error instanceof Error ? error.message : String(error);
    throw new GraderProblem('target', text.problem.credentials(detail), text.problem.credentialsNext, error);
  }
  const { Account: account = '', Arn: arn = '' } = answer;
  if (!/^\d{12}$/.test(account))
    throw new GraderProblem('target', text.problem.credentials(account), text.problem.credentialsNext);
  // An emulator's account behind the name of AWS: something in between answers for it.
  if (name === 'aws' && account === '000000000000')
    throw new GraderProblem('target', text.problem.notAws, text.problem.notAwsNext);
  return { account, arn };
}
