/**
 * What is wrong with a template, with its parameters or with what its functions ask for, in CloudFormation's own words.
 * The API answers it as `ValidationError` (400); while a stack is being worked on it is the reason of a failure.
 */
export class TemplateFailure extends Error {
  override readonly name: string = 'TemplateFailure';
}

/** The structure is not that of a template. */
export const formatError = (reason: string): TemplateFailure =>
  new TemplateFailure(`Template format error: ${reason}`);

/** A function is used as it cannot be used. */
export const templateError = (reason: string): TemplateFailure =>
  new TemplateFailure(`Template error: ${reason}`);
