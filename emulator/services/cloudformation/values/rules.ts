import { TemplateFailure } from '../template/failure.ts';
import type { Template } from '../template/model.ts';
import type { EarlyContext } from './context.ts';

/** Checks the template's rules. @throws TemplateFailure with the descriptions of the assertions that do not hold */
export function checkRules(context: EarlyContext & { readonly template: Template }): void {
  if (context.template.rules.size > 0) throw new TemplateFailure('Not yet');
}
