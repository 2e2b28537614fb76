import type { Evidence, Invoked } from '../../grader/api.ts';
import { members } from '../wording/members.ts';
import { shown } from '../wording/wording.ts';

/** What the parts of a call are named in the student's language. */
interface Labels {
  readonly evidence: { readonly event: string; readonly answer: string; readonly log: string };
}

/** What was sent, what came back, and what the function wrote while it worked. */
export function callEvidence(
  { text }: { readonly text: Labels },
  event: unknown,
  invoked: Invoked,
): Evidence[] {
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
