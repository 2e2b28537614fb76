import { GraderProblem } from '../../grader/problem.ts';
import { Interrupted, UserFailure } from './failure.ts';
import type { Session } from './session.ts';

const texts = {
  en: {
    where: 'Where',
    next: 'Next',
    ours: 'Something went wrong inside Coldstart. It is not your work.',
    oursNext:
      'Run the command again with `-- --debug` and send us what it prints, with the report of `npm run doctor`.',
  },
  ko: {
    where: '위치',
    next: '다음',
    ours: 'Coldstart 내부에서 문제가 생겼어요. 여러분의 코드 때문이 아니에요.',
    oursNext: '`-- --debug`를 붙여 다시 실행한 뒤, 출력과 `npm run doctor` 결과를 보내 주세요.',
  },
} as const;

/** Shows an error as what happened, where, and what to do next. @returns the exit status */
export function reportFailure(session: Session, error: unknown): number {
  const text = texts[session.language];
  const { red, bold, dim } = session.colors;
  if (error instanceof Interrupted) return error.status;
  if (error instanceof UserFailure) {
    session.err(red(error.message));
    if (error.where !== undefined) session.err(`${dim(text.where)}  ${error.where}`);
    if (error.next !== undefined) session.err(`${bold(text.next)}  ${error.next}`);
    if (session.debug) session.err(dim(error.stack ?? ''));
    return error.status;
  }
  if (error instanceof GraderProblem) {
    session.err(red(error.message));
    if (error.next !== undefined) session.err(`${bold(text.next)}  ${error.next}`);
    if (session.debug) session.err(dim(error.stack ?? ''));
    return 2;
  }
  session.err(red(text.ours));
  session.err(`${dim(text.where)}  ${error instanceof Error ? error.message : String(error)}`);
  session.err(`${bold(text.next)}  ${text.oursNext}`);
  if (session.debug && error instanceof Error) session.err(dim(error.stack ?? ''));
  return 2;
}
