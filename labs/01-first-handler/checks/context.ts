import type { Check, CheckContext, Evidence, Invoked } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** A value as a reader of JSON sees it. */
export const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

/** Names in code marks, as a list in a sentence. */
export const listed = ({ locale }: Text, items: readonly string[]): string =>
  new Intl.ListFormat(locale).format(items.map((item) => `\`${item}\``));

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

/** The payload of a failed call, as Lambda's Node.js runtime reports an error. */
export interface FunctionFailure {
  readonly type: string;
  readonly message: string;
  readonly trace: readonly string[];
}

/** What the function failed with, or undefined if it answered. */
export function failureOf(invoked: Invoked): FunctionFailure | undefined {
  if (invoked.functionError === undefined) return undefined;
  const { errorType, errorMessage, trace } = members(invoked.payload);
  return {
    type: typeof errorType === 'string' ? errorType : invoked.functionError,
    message: typeof errorMessage === 'string' ? errorMessage : invoked.rawPayload,
    trace: Array.isArray(trace) ? trace.map(String) : [],
  };
}

/** The members of an object; none for every other value. */
export function members(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
