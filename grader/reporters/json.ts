import type { Result } from '../result/result.ts';

/** The document itself. */
export const json = (result: Result): string => `${JSON.stringify(result, null, 2)}\n`;
