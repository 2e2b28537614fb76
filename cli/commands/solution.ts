import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { findWorkspace } from '../labs/find-lab.ts';
import { labState } from '../labs/lab-state.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { relativeToHere } from '../workspace/relative.ts';
import { solutionOf } from '../workspace/workspace.ts';

const texts = {
  en: {
    notYet: 'The solution opens after you pass the lab.',
    notYetNext: (number: number) =>
      `Ask for a hint: npm run hint ${number}. Or look anyway: npm run solution ${number} -- --reveal`,
    same: 'Your files are the same as the solution.',
    yours: 'yours',
    solution: 'solution',
    one: 'This is one way. Yours is right when its checks pass.',
    where: (path: string) => `The whole solution is in ${path}.`,
  },
  ko: {
    notYet: '풀이는 실습을 통과한 뒤에 볼 수 있어요.',
    notYetNext: (number: number) =>
      `힌트 보기: npm run hint ${number} · 그래도 보려면: npm run solution ${number} -- --reveal`,
    same: '내 파일이 풀이와 같아요.',
    yours: '내 코드',
    solution: '풀이',
    one: '풀이는 여러 방법 중 하나예요. 검사를 통과하면 내 코드도 정답이에요.',
    where: (path: string) => `전체 풀이: ${path}`,
  },
} as const;

export async function run(
  session: Session,
  args: readonly string[],
  flags: { reveal?: boolean },
): Promise<number> {
  const { lab, workspace } = findWorkspace(session, args[0] ?? '');
  const text = texts[session.language];
  if (flags.reveal !== true && labState(session, lab).state !== 'passed') {
    throw new UserFailure(text.notYet, { next: text.notYetNext(lab.number), status: 1 });
  }
  const solution = solutionOf(session, lab);
  const files = readdirSync(solution, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(solution.length + 1))
    .sort();
  let different = 0;
  for (const file of files) {
    const mine = existsSync(join(workspace, file)) ? readFileSync(join(workspace, file), 'utf8') : '';
    const theirs = readFileSync(join(solution, file), 'utf8');
    if (mine === theirs) continue;
    different += 1;
    const name = file.split(sep).join('/');
    session.out(
      paint(
        session,
        createTwoFilesPatch(name, name, mine, theirs, text.yours, text.solution, { context: 3 }),
      ),
    );
  }
  if (different === 0) session.out(text.same);
  else session.out(session.colors.dim(`${text.one} ${text.where(relativeToHere(solution))}`));
  return 0;
}

function paint(session: Session, patch: string): string {
  const { green, red, cyan, bold } = session.colors;
  return patch
    .split('\n')
    .filter((line) => !line.startsWith('======') && !line.startsWith('Index: '))
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return bold(line);
      if (line.startsWith('+')) return green(line);
      if (line.startsWith('-')) return red(line);
      if (line.startsWith('@@')) return cyan(line);
      return line;
    })
    .join('\n');
}
