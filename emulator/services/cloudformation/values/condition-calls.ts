import type { Json } from '../../../state/state.ts';
import { formatError, templateError, type TemplateFailure } from '../template/failure.ts';
import { isArray, isMap, member } from '../template/tree.ts';

/** The functions that make conditions of others. */
const FUNCTIONS: readonly string[] = ['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals'];

/** The condition that is named here: `{ Condition: 'IsProd' }`; undefined for any other function. */
export function conditionName(condition: Json): string | undefined {
  const name =
    isMap(condition) && Object.keys(condition).length === 1 ? member(condition, 'Condition') : undefined;
  if (name === undefined || typeof name === 'string') return name;
  // the SAM transform writes the name so where it joins several conditions
  const inner = conditionName(name);
  if (inner === undefined) throw templateError('All Conditions must be of type string');
  return inner;
}

/** The condition's function, other than a name, and what is given to it. @throws TemplateFailure where it is none */
export function conditionCall(condition: Json): readonly [string, Json] {
  const [entry, ...more] = isMap(condition) ? Object.entries(condition) : [];
  if (!entry || more.length > 0 || !FUNCTIONS.includes(entry[0]))
    throw formatError('Conditions can only be boolean operations on parameters and other conditions');
  return entry;
}

/** What is given to `Fn::And`, `Or`, `Not` or `Equals`. @throws TemplateFailure where there are too few or too many */
export function operands(fn: string, given: Json): readonly Json[] {
  const list = isArray(given) ? given : [];
  if (fn === 'Fn::Equals' && list.length !== 2)
    throw templateError('every Fn::Equals object requires a list of 2 string parameters.');
  if (fn === 'Fn::Not' && list.length !== 1)
    throw templateError('every Fn::Not object requires a list with exactly 1 boolean parameter.');
  if ((fn === 'Fn::And' || fn === 'Fn::Or') && (list.length < 2 || list.length > 10))
    throw templateError(
      `every ${fn} object requires a list of at least 2 and at most 10 boolean parameters.`,
    );
  return list;
}

export const unresolvedCondition = (name: string, by: string): TemplateFailure =>
  templateError(`unresolved condition dependency ${name} in ${by}`);

export const notInConditions = (names: readonly string[]): TemplateFailure =>
  formatError(
    `Unresolved dependencies [${names.join(', ')}]. Cannot reference resources in the Conditions block of the template`,
  );
