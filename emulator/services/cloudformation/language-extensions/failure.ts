import { TemplateFailure } from '../template/failure.ts';

/** What the transform refuses, as the stack's failure words it. */
export const extensionFailure = (reason: string): TemplateFailure =>
  new TemplateFailure(`Transform AWS::LanguageExtensions failed with: ${reason}`);
