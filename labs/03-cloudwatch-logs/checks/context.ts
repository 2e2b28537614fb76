import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, CheckContext, Evidence } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

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
