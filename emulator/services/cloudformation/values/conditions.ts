import { TemplateFailure } from '../template/failure.ts';
import type { EarlyContext } from './context.ts';

/**
 * Of each condition of the template whether it holds.
 * @throws TemplateFailure where a condition is none, or conditions lead round in a circle
 */
export function conditionsOf(context: EarlyContext): ReadonlyMap<string, boolean> {
  if (context.template.conditions.size > 0) throw new TemplateFailure('Not yet');
  return new Map();
}
