import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, CheckContext, Evidence, Invoked } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** A value as a reader of JSON sees it. */
export const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

/** Names in code marks, as a list in a sentence. */
export const listed = ({ locale }: Text, items: readonly string[]): string =>
  new Intl.ListFormat(locale).format(items.map((item) => `\`${item}\``));

/** The members of an object; none for every other value. */
export function members(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** What was sent, what came back, and what the function wrote while it worked. */
export function callEvidence({ text }: Context, event: unknown, invoked: Invoked): Evidence[] {
  const { rawPayload, functionError, logTail } = invoked;
  const status = `${invoked.status}${functionError === undefined ? '' : `, FunctionError: ${functionError}`}`;
  return [
    { label: text.evidence.event, value: shown(event) },
    { label: text.evidence.answer, value: `${status}\n${rawPayload}` },
    ...(logTail === '' ? [] : [{ label: text.evidence.log, value: logTail }]),
  ];
}

/** Log lines as evidence; none where there is none. */
export const linesEvidence = (
  { text }: Context,
  lines: readonly { readonly raw: string }[],
  label: string = text.evidence.lines,
): Evidence[] =>
  lines.length === 0 ? [] : [{ label, value: lines.map(({ raw }) => raw.trim()).join('\n') }];

/** A file of the student, or the end of the check where it is missing. */
export async function studentFile(context: Context, file: string): Promise<string> {
  try {
    return await readFile(join(context.submission, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return context.fail(context.text.files.missing(file));
  }
}

/** Whether an error is AWS's of this name. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);
