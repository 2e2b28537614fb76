import type { Check, CheckContext } from '../../../grader/api.ts';
import type { Text } from '../text.ts';

export type Context = CheckContext<Text>;
export type LabCheck = Check<Text>;
