import { findWorkspace } from '../labs/find-lab.ts';
import { deployWorkspace } from '../deploy/deploy-workspace.ts';
import type { Session } from '../session/session.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';

const texts = {
  en: { next: (number: number) => `Next  npm run invoke ${number}   ·   npm run grade ${number}` },
  ko: { next: (number: number) => `다음  npm run invoke ${number}   ·   npm run grade ${number}` },
} as const;

export async function run(session: Session, args: readonly string[], flags: TargetFlags): Promise<number> {
  const { lab, workspace } = findWorkspace(session, args[0] ?? '');
  const target = await openTarget(session, flags, { mutates: true });
  await deployWorkspace(session, workspace, target.env);
  session.out(session.colors.dim(texts[session.language].next(lab.number)));
  return 0;
}
