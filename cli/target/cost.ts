import type { AnyLab } from '../../grader/api.ts';
import type { Session } from '../session/session.ts';
import type { TargetFlags } from './open-target.ts';

const texts = {
  en: (lab: number, cost: string) => `What lab ${String(lab)} costs: ${cost}`,
  ko: (lab: number, cost: string) => `실습 ${String(lab)} 비용: ${cost}`,
} as const;

/** Says what a lab costs before anything is asked or done, where a real account was chosen. */
export function tellCost(session: Session, { target }: Pick<TargetFlags, 'target'>, lab: AnyLab): void {
  if (target !== 'aws') return;
  const { cost } = lab.in(session.language);
  session.err(session.colors.yellow(texts[session.language](lab.number, cost)));
}
