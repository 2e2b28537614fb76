import type { Check, CheckContext, Evidence, Invoked } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** A value as a reader of JSON sees it. */
export const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

/** Names in code marks, as a list in a sentence. */
export const listed = ({ locale }: Text, items: readonly string[]): string =>
  new Intl.ListFormat(locale).format(items.map((item) => `\`${item}\``));

/** Milliseconds as a sentence says them. */
export const ms = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

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

/** What the function failed with, or undefined if it answered. */
export function failureOf(invoked: Invoked): { readonly type: string; readonly message: string } | undefined {
  if (invoked.functionError === undefined) return undefined;
  const { errorType, errorMessage } = members(invoked.payload);
  return {
    type: typeof errorType === 'string' ? errorType : invoked.functionError,
    message: typeof errorMessage === 'string' ? errorMessage : invoked.rawPayload,
  };
}

/** The members of an object; none for every other value. */
export function members(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Whether an error is one of the SDK's by this name; classes differ between bundles, names do not. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);
