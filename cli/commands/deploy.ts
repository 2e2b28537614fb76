import { findApplication } from '../applications/application.ts';
import { findWorkspace } from '../labs/find-lab.ts';
import { deployWorkspace } from '../deploy/deploy-workspace.ts';
import type { Session } from '../session/session.ts';
import { tellCost } from '../target/cost.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';

const texts = { en: { next: 'Next' }, ko: { next: '다음' } } as const;

interface Flags extends TargetFlags {
  readonly guided?: boolean;
}

export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const own = findApplication(session, args[0] ?? '');
  if (own !== undefined) {
    const target = await openTarget(session, flags, { mutates: true });
    await deployWorkspace(session, own.folder, target, { only: own.name, guided: flags.guided === true });
    return 0;
  }
  const { lab, workspace } = findWorkspace(session, args[0] ?? '');
  tellCost(session, flags, lab);
  const target = await openTarget(session, flags, { mutates: true });
  const [, only] = args;
  await deployWorkspace(session, workspace, target, {
    ...(only === undefined ? {} : { only }),
    guided: flags.guided === true,
  });
  // The functions of a template have names that CloudFormation makes up.
  const verbs = lab.resources.functions === undefined ? ['grade'] : ['invoke', 'grade'];
  const next = verbs.map((verb) => `npm run ${verb} ${String(lab.number)}`).join('   ·   ');
  session.out(session.colors.dim(`${texts[session.language].next}  ${next}`));
  return 0;
}
