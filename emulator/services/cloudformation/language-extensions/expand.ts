import { TemplateFailure } from '../template/failure.ts';
import type { ParameterValue, Pseudo } from '../values/context.ts';

/** What `AWS::LanguageExtensions` runs with: it is before the stack, so no resource is known. */
export interface ExpansionGiven {
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly pseudo: Pseudo;
}

/**
 * Runs the transform `AWS::LanguageExtensions` on a template as `readTemplate` gave it: loops are written out, and
 * its functions are worked out where they stand. The input stays as it is.
 * @throws TemplateFailure with the transform's text
 */
export function expand(tree: unknown, given: ExpansionGiven): unknown {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([tree, given])}`);
}
