import type { Check, CheckContext } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;

/** Milliseconds as a sentence says them. */
export const ms = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
