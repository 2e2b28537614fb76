import { parseAnswerSheet } from '../../answer-sheet/answer-sheet.ts';
import { members } from '../../wording/members.ts';

/** What the student's file of answers says. */
export type Answers =
  | { readonly kind: 'invalid'; readonly why: string }
  /** The file has no such answer, or it is blank. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'given'; readonly requestId: string };

/** Reads `case.requestId` of `answers.yaml`. What is not YAML is the student's mistake and no error. */
export function readAnswers(source: string): Answers {
  const sheet = parseAnswerSheet(source);
  if (sheet.kind === 'invalid') return sheet;
  const { requestId } = members(members(sheet.value).case);
  if (typeof requestId !== 'string' && typeof requestId !== 'number') return { kind: 'empty' };
  const given = String(requestId).trim();
  return given === '' ? { kind: 'empty' } : { kind: 'given', requestId: given };
}
