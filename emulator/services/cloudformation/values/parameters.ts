import type { Parameter } from '@aws-sdk/client-cloudformation';
import { TemplateFailure } from '../template/failure.ts';
import type { DeclaredParameter, Section } from '../template/model.ts';
import { isListType, storedType } from '../template/parameters.ts';
import { checkConstraints } from './constraints.ts';
import type { ParameterValue } from './context.ts';

/** What was given for each parameter, in the order of the template: the text that DescribeStacks shows. */
export type ChosenParameters = ReadonlyMap<string, string>;

/** How AWS shows a parameter that is not to be seen. */
const HIDDEN = '****';

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
  const byKey = new Map(given.map((one) => [one.ParameterKey ?? '', one]));
  const strange = [...byKey.keys()].filter((key) => !declared.has(key));
  if (strange.length > 0)
    throw new TemplateFailure(`Parameters: [${strange.join(', ')}] do not exist in the template`);
  const chosen = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, parameter] of declared) {
    const value = valueFor(name, byKey.get(name), previous) ?? parameter.default;
    if (value === undefined) missing.push(name);
    else chosen.set(name, value);
  }
  if (missing.length > 0) throw new TemplateFailure(`Parameters: [${missing.join(', ')}] must have values`);
  for (const [name, value] of chosen) {
    const parameter = declared.get(name);
    if (parameter) checkConstraints(name, parameter, value);
  }
  return chosen;
}

function valueFor(
  name: string,
  given: Parameter | undefined,
  previous: ChosenParameters | undefined,
): string | undefined {
  if (given?.UsePreviousValue !== true) return given?.ParameterValue;
  const invalid = `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true`;
  if (given.ParameterValue !== undefined && given.ParameterValue !== '')
    throw new TemplateFailure(`${invalid} and non empty value for a parameter`);
  const value = previous?.get(name);
  if (value === undefined)
    throw new TemplateFailure(`${invalid} for a parameter key not in the previous template`);
  return value;
}

/**
 * Names of the SSM parameters that are to be asked for, by the template's parameter: those of the types
 * `AWS::SSM::Parameter::Value<…>`.
 */
export function ssmParametersOf(
  declared: Section<DeclaredParameter>,
  chosen: ChosenParameters,
): ReadonlyMap<string, string> {
  return new Map(
    [...declared].flatMap(([name, { type }]) => {
      const value = chosen.get(name);
      return value === undefined || storedType(type) === undefined ? [] : [[name, value] as const];
    }),
  );
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
  const values = new Map<string, ParameterValue>();
  for (const [name, { type }] of declared) {
    const value = storedType(type) === undefined ? chosen.get(name) : stored.get(name);
    if (value !== undefined) values.set(name, isListType(type) ? listOf(value) : value);
  }
  return values;
}

const listOf = (value: string): readonly string[] =>
  value === '' ? [] : value.split(',').map((one) => one.trim());

/** How DescribeStacks and DescribeChangeSet show the parameters: hidden ones as `****`, SSM ones with what was found. */
export function shownParameters(
  declared: Section<DeclaredParameter>,
  chosen: ChosenParameters,
  stored: ReadonlyMap<string, string>,
): Parameter[] {
  return [...chosen].map(([name, value]): Parameter => {
    const hidden = declared.get(name)?.noEcho ?? false;
    const found = stored.get(name);
    return {
      ParameterKey: name,
      ParameterValue: hidden ? HIDDEN : value,
      ...(found === undefined ? {} : { ResolvedValue: hidden ? HIDDEN : found }),
    };
  });
}
