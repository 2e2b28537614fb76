import type { Check, CheckContext, Evidence } from '../../../grader/api.ts';
import { members } from '../../wording/members.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** The same over several lines. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

export const evidence = (label: string, value: unknown): Evidence[] => [
  { label, value: typeof value === 'string' ? value : pretty(value) },
];

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
