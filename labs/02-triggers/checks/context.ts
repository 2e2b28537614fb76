import type { Check, CheckContext, Evidence } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** A value as a reader of JSON sees it. */
export const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

/** The same over several lines. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** Names in code marks, as a list in a sentence. */
export const listed = ({ locale }: Text, items: readonly string[]): string =>
  new Intl.ListFormat(locale).format(items.map((item) => `\`${item}\``));

/** The members of an object; none for every other value. */
export function members(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export const evidence = (label: string, value: unknown): Evidence[] => [
  { label, value: typeof value === 'string' ? value : pretty(value) },
];

/** Whether an error is one of the SDK's by this name; classes differ between bundles, names do not. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** What a call answers; undefined where AWS says by one of these errors that there is no such thing. */
export async function ifThere<T>(call: Promise<T>, ...absent: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNamed(error, ...absent)) return undefined;
    throw error;
  }
}

/** What a function answers for a batch of which some have failed. */
export interface BatchReport {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Whether Lambda takes an answer for such a report: everything else counts as a failure of the whole batch. */
export function isReport(answer: unknown): answer is BatchReport {
  const { batchItemFailures: failures } = members(answer);
  if (!Array.isArray(failures)) return false;
  return failures.every((one) => {
    const { itemIdentifier } = members(one);
    return typeof itemIdentifier === 'string' && itemIdentifier !== '';
  });
}
