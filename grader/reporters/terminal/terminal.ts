import type { Result } from '../../result/result.ts';
import { checkBlock } from './check.ts';
import { footer, header } from './frame.ts';
import { styleOf, type Look } from './style.ts';

/** A result for a terminal. The same result and look give the same text. */
export function terminal(result: Result, look: Look): string {
  const style = styleOf(look);
  const blocks = result.checks.map((check) => checkBlock(check, result.lab.number, style));
  return header(result, style) + blocks.join('') + footer(result, style);
}
