import type { Parameter } from '@aws-sdk/client-cloudformation';
import { TemplateFailure } from '../template/failure.ts';
import type { DeclaredParameter, Section } from '../template/model.ts';
import type { ParameterValue } from './context.ts';

/** What was given for each parameter, in the order of the template: the text that DescribeStacks shows. */
export type ChosenParameters = ReadonlyMap<string, string>;

/**
 * What each parameter was given: in this call, or kept from before (`UsePreviousValue`), or its default.
 * @param previous what the stack's last operation had, none where the stack is new
 * @throws TemplateFailure where one is missing, is not in the template, or breaks its constraints
 */
export function chosenParameters(
  declared: Section<DeclaredParameter>,
  given: readonly Parameter[],
  previous?: ChosenParameters,
): ChosenParameters {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([declared, given, previous])}`);
}

/** Names of the SSM parameters that are to be asked for, by the template's parameter of a type `AWS::SSM::Parameter::Value<…>`. */
export function ssmParametersOf(
  declared: Section<DeclaredParameter>,
  chosen: ChosenParameters,
): ReadonlyMap<string, string> {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([declared, chosen])}`);
}

/**
 * What the parameters are worth: numbers stay texts, lists are split, SSM parameters are what was found.
 * @param stored values of SSM parameters by the *template's* parameter: {@link ssmParametersOf}
 */
export function parameterValues(
  declared: Section<DeclaredParameter>,
  chosen: ChosenParameters,
  stored: ReadonlyMap<string, string>,
): ReadonlyMap<string, ParameterValue> {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([declared, chosen, stored])}`);
}

/** How DescribeStacks and DescribeChangeSet show the parameters: hidden ones as `****`, SSM ones with what was found. */
export function shownParameters(
  declared: Section<DeclaredParameter>,
  chosen: ChosenParameters,
  stored: ReadonlyMap<string, string>,
): Parameter[] {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([declared, chosen, stored])}`);
}
