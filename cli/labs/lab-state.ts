import type { AnyLab } from '../../grader/api.ts';
import { progressOf, type LabProgress } from '../../workbook/progress/progress.ts';
import type { Session } from '../session/session.ts';

export type LabState = Pick<LabProgress, 'state' | 'points' | 'of'>;

/** How far the student is with a lab, as the page shows it too. */
export function labState(session: Session, lab: AnyLab): LabState {
  const { state, points, of } = progressOf(lab, session.work);
  return { state, points, of };
}
