import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpokenCheck } from '../../grader/api.ts';
import { hints } from '../../grader/grade.ts';
import { loadResult } from '../../grader/result/store.ts';
import { findWorkspace } from '../labs/find-lab.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';

const texts = {
  en: {
    passed: 'Every check of this lab has passed. There is nothing to hint at.',
    noSuch: (id: string) => `This lab has no check "${id}".`,
    which: (ids: string) => `Choose one of: ${ids}`,
    about: (title: string) => `About: ${title}`,
    step: (step: number) => `Hint ${step} of 3`,
    more: (number: number) => `The next hint says more: npm run hint ${number}`,
    last: (number: number) =>
      `That was the last hint. Compare with the solution: npm run solution ${number} -- --reveal`,
  },
  ko: {
    passed: '이 실습의 검사를 모두 통과했어요. 더 드릴 힌트가 없어요.',
    noSuch: (id: string) => `이 실습에 "${id}" 검사는 없어요.`,
    which: (ids: string) => `다음 중에서 고르세요: ${ids}`,
    about: (title: string) => `검사: ${title}`,
    step: (step: number) => `힌트 ${step}/3`,
    more: (number: number) => `다음 힌트는 더 자세해요: npm run hint ${number}`,
    last: (number: number) => `마지막 힌트였어요. 풀이와 비교하기: npm run solution ${number} -- --reveal`,
  },
} as const;

export async function run(
  session: Session,
  args: readonly string[],
  flags: { step?: string },
): Promise<number> {
  const [said = '', wished] = args;
  const { lab, workspace } = findWorkspace(session, said);
  const text = texts[session.language];
  const { checks } = lab.in(session.language);
  const check = wished === undefined ? firstOpen(checks, workspace) : checks.find(({ id }) => id === wished);
  if (check === undefined) {
    if (wished === undefined) {
      session.out(text.passed);
      return 0;
    }
    throw new UserFailure(text.noSuch(wished), { next: text.which(checks.map(({ id }) => id).join(', ')) });
  }
  const given = readGiven(workspace);
  const step = flags.step === undefined ? Math.min((given[check.id] ?? 0) + 1, 3) : Number(flags.step);
  writeGiven(workspace, { ...given, [check.id]: step });

  const { bold, dim } = session.colors;
  session.out(dim(text.about(check.title)));
  session.out(`${bold(text.step(step))}  ${hints(lab, check.id, step, session.language)}`);
  session.out(dim(step < 3 ? text.more(lab.number) : text.last(lab.number)));
  return 0;
}

/** The first check that has not passed: a failed one before those that wait for it. */
function firstOpen(checks: readonly SpokenCheck[], workspace: string): SpokenCheck | undefined {
  const result = loadResult(workspace);
  if (result === undefined) return checks[0];
  const status = new Map(result.checks.map((check) => [check.id, check.status]));
  return (
    checks.find(({ id }) => status.get(id) === 'failed') ??
    checks.find(({ id }) => status.get(id) !== 'passed' && status.get(id) !== 'unverified')
  );
}

const file = (workspace: string) => join(workspace, '.coldstart', 'hints.json');

/** How far the hints of each check have been read; a file somebody changed counts as none. */
function readGiven(workspace: string): Record<string, number> {
  if (!existsSync(file(workspace))) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(file(workspace), 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, number] =>
        [1, 2, 3].includes(entry[1] as number),
      ),
    );
  } catch {
    return {};
  }
}

function writeGiven(workspace: string, given: Record<string, number>): void {
  mkdirSync(join(workspace, '.coldstart'), { recursive: true });
  writeFileSync(file(workspace), JSON.stringify(given));
}
