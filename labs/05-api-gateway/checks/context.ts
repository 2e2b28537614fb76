import type { Check, CheckContext } from '../../../grader/api.ts';
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
