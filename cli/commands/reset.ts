import { findLab } from '../labs/find-lab.ts';
import type { Session } from '../session/session.ts';
import { relativeToHere } from '../workspace/relative.ts';
import { resetWorkspace, workspaceOf } from '../workspace/workspace.ts';

const texts = {
  en: {
    made: (where: string) => `A fresh workspace is in ${where}.`,
    kept: (where: string) => `Your work was moved to ${where}; nothing is lost.`,
    target: (number: number) => `What you deployed is still there. \`npm run clean ${number}\` removes it.`,
  },
  ko: {
    made: (where: string) => `새 작업 폴더: ${where}`,
    kept: (where: string) => `작업하던 내용은 ${where}(으)로 옮겼어요. 사라진 것은 없어요.`,
    target: (number: number) =>
      `배포한 리소스는 그대로 있어요. \`npm run clean ${number}\`으로 지울 수 있어요.`,
  },
} as const;

export async function run(session: Session, args: readonly string[]): Promise<number> {
  const lab = findLab(session, args[0] ?? '');
  const text = texts[session.language];
  const backup = resetWorkspace(session, lab);
  if (backup !== undefined) session.out(text.kept(relativeToHere(backup)));
  session.out(text.made(relativeToHere(workspaceOf(session, lab))));
  session.out(session.colors.dim(text.target(lab.number)));
  return 0;
}
