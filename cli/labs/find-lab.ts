import { existsSync } from 'node:fs';
import type { AnyLab } from '../../grader/api.ts';
import { labs } from '../../labs/index.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { workspaceOf } from '../workspace/workspace.ts';

const texts = {
  en: {
    noSuchLab: (said: string) => `There is no lab "${said}".`,
    which: (numbers: string) => `Choose one of ${numbers}: \`npm run lab\` lists them.`,
    noWorkspace: (number: number) => `Lab ${number} has not been started: it has no workspace yet.`,
    start: (number: number) => `npm run lab ${number}`,
  },
  ko: {
    noSuchLab: (said: string) => `"${said}"번 실습은 없어요.`,
    which: (numbers: string) => `${numbers} 중에서 고르세요. \`npm run lab\`으로 목록을 볼 수 있어요.`,
    noWorkspace: (number: number) => `실습 ${number}을(를) 아직 시작하지 않아 작업 폴더가 없어요.`,
    start: (number: number) => `npm run lab ${number}`,
  },
} as const;

/** The lab that a student names by its number (`3`, `03`) or its slug. */
export function findLab(session: Session, said: string): AnyLab {
  const lab = labs.find(
    (each) => String(each.number) === said.replace(/^0+(?=\d)/, '') || each.slug === said,
  );
  if (lab !== undefined) return lab;
  const text = texts[session.language];
  throw new UserFailure(text.noSuchLab(said), {
    next: text.which(labs.map((each) => each.number).join(', ')),
  });
}

/** The lab and its workspace, which must be there. */
export function findWorkspace(session: Session, said: string): { lab: AnyLab; workspace: string } {
  const lab = findLab(session, said);
  const workspace = workspaceOf(session, lab);
  if (!existsSync(workspace)) {
    const text = texts[session.language];
    throw new UserFailure(text.noWorkspace(lab.number), { where: workspace, next: text.start(lab.number) });
  }
  return { lab, workspace };
}

/** Every lab that has a workspace, in order. */
export const startedLabs = (session: Session): readonly AnyLab[] =>
  labs.filter((lab) => existsSync(workspaceOf(session, lab)));
