import type { Capability, GetTemplateSummaryOutput } from '@aws-sdk/client-cloudformation';
import { TemplateFailure } from './failure.ts';

/** What GetTemplateSummary says of a template; ValidateTemplate says a part of it. */
export type TemplateSummary = Pick<
  GetTemplateSummaryOutput,
  | 'Parameters'
  | 'Description'
  | 'Capabilities'
  | 'CapabilitiesReason'
  | 'ResourceTypes'
  | 'Version'
  | 'Metadata'
  | 'DeclaredTransforms'
  | 'ResourceIdentifierSummaries'
>;

/** The summary of a template as it was written, before its transforms. @throws TemplateFailure */
export function summaryOf(tree: unknown): TemplateSummary {
  throw new TemplateFailure(`Not yet: ${JSON.stringify(tree)}`);
}

/**
 * The capabilities that a template needs to be agreed to before its stack is made.
 * @param tree the processed template, for IAM; the original too is asked, for its transforms
 */
export function neededCapabilities(tree: unknown): readonly Capability[] {
  throw new TemplateFailure(`Not yet: ${JSON.stringify(tree)}`);
}
