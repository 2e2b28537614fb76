import { TemplateFailure } from './failure.ts';
import type { DeclaredParameter, Section, Template } from './model.ts';

/**
 * A template whose transforms have run, checked: its structure, its limits, and that everything it names is there.
 * @param tree what `readTemplate` and the transforms gave
 * @throws TemplateFailure with CloudFormation's text for the first thing that is wrong
 */
export function checkedTemplate(tree: unknown): Template {
  throw new TemplateFailure(`Not yet: ${JSON.stringify(tree)}`);
}

/** What is known of a template before its transforms have run, since they need the parameters. */
export interface TemplateHead {
  readonly description: string | undefined;
  readonly transforms: readonly string[];
  readonly parameters: Section<DeclaredParameter>;
}

/** @throws TemplateFailure where the parts that transforms do not touch are wrong */
export function templateHead(tree: unknown): TemplateHead {
  throw new TemplateFailure(`Not yet: ${JSON.stringify(tree)}`);
}
