import { parseDocument } from 'yaml';
import { members } from './context.ts';

/** What the student's file of answers says. */
export type Answers =
  | { readonly kind: 'invalid'; readonly why: string }
  /** The file has no such answer, or it is blank. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'given'; readonly requestId: string };

/** Reads `case.requestId` of `answers.yaml`. What is not YAML is the student's mistake and no error. */
export function readAnswers(source: string): Answers {
  const document = parseDocument(source, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) return { kind: 'invalid', why: error.message.trimEnd() };
  const { requestId } = members(members(document.toJS()).case);
  if (typeof requestId !== 'string' && typeof requestId !== 'number') return { kind: 'empty' };
  const given = String(requestId).trim();
  return given === '' ? { kind: 'empty' } : { kind: 'given', requestId: given };
}
