import type { Json } from '../../../state/state.ts';
import { templateError } from '../template/failure.ts';
import type { Template } from '../template/model.ts';
import { isArray, isMap } from '../template/tree.ts';
import { Deciding } from './conditions.ts';
import type { EarlyContext } from './context.ts';
import type { Value } from './unknown.ts';

/**
 * Checks the template's rules.
 * @throws TemplateFailure with the descriptions of the assertions that do not hold, or where one asks for what only
 * an account with networks can say (`Fn::ValueOf`, `Fn::RefAll`)
 */
export function checkRules(context: EarlyContext & { readonly template: Template }): void {
  const deciding = new Deciding(context);
  for (const [name, rule] of context.template.rules) {
    if (rule.condition !== undefined && !holds(rule.condition, deciding)) continue;
    const broken = rule.assertions.filter((one) => !holds(one.assert, deciding));
    if (broken.length > 0)
      throw templateError(
        `Rule ${name} failed: ${broken.map((one) => one.description ?? JSON.stringify(one.assert)).join(', ')}`,
      );
  }
}

function holds(written: Json, deciding: Deciding): boolean {
  const [fn, given] = (isMap(written) ? Object.entries(written)[0] : undefined) ?? ['', ''];
  switch (fn) {
    case 'Fn::And':
      return operandsOf(given)
        .map((one) => holds(one, deciding))
        .every(Boolean);
    case 'Fn::Or':
      return operandsOf(given)
        .map((one) => holds(one, deciding))
        .some(Boolean);
    case 'Fn::Not':
      return !holds(operandsOf(given)[0] ?? '', deciding);
    case 'Fn::Contains': {
      const [list, one] = texts(given, deciding);
      return list?.includes(one?.[0] ?? '') ?? false;
    }
    case 'Fn::EachMemberEquals': {
      const [list, one] = texts(given, deciding);
      return list?.every((each) => each === one?.[0]) ?? false;
    }
    case 'Fn::EachMemberIn': {
      const [list, among] = texts(given, deciding);
      return list?.every((each) => among?.includes(each) ?? false) ?? false;
    }
    case 'Fn::RefAll':
    case 'Fn::ValueOf':
    case 'Fn::ValueOfAll':
      throw templateError(`${fn} is not supported here: it asks for the networks of an account.`);
    default:
      return deciding.holds(written);
  }
}

const operandsOf = (given: Json): readonly Json[] => (isArray(given) ? given : []);

/** Each argument as a list of texts; a text alone is a list of one. */
const texts = (given: Json, deciding: Deciding): (readonly string[])[] =>
  operandsOf(given).map((one) => {
    const value = deciding.value(one) ?? [];
    return (Array.isArray(value) ? (value as readonly Value[]) : [value]).map(String);
  });
