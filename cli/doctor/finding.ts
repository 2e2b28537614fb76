import type { Text } from './text/en.ts';
import { en } from './text/en.ts';
import { ko } from './text/ko.ts';
import type { Session } from '../session/session.ts';

/** One thing that was looked at. `mend` is set where something can be done. */
export interface Finding {
  readonly what: string;
  readonly level: 'good' | 'note' | 'bad';
  readonly seen: string;
  readonly mend?: string;
}

/** The sentences of the doctor in the student's language. */
export const textOf = (session: Session): Text => ({ en, ko })[session.language];
