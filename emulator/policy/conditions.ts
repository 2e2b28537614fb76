import { inRange } from './address.ts';
import { matches } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { Condition, ConditionOperator, PolicyVersion } from './policy.ts';
import { expand, expandLiteral } from './variables.ts';
import type { Context } from './variables.ts';

type Test = (given: string) => boolean;

/**
 * Whether a condition holds for a request. A key that is absent fails a condition, unless the operator is a
 * negated one, `Null`, an `…IfExists` or `ForAllValues:`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: Condition, version: PolicyVersion, context: Context): boolean {
  const given = context.get(condition.key.toLowerCase()) ?? [];
  if (condition.operator === 'Null') {
    return condition.values.some((value) => (value.toLowerCase() === 'true') === (given.length === 0));
  }
  const { base, negated } = plain(condition.operator);
  if (given.length === 0) {
    if (condition.ifExists || condition.quantifier === 'ForAllValues') return true;
    return negated && condition.quantifier === undefined;
  }
  const tests = condition.values.map((value) => tester(base, value, version, context));
  const one = (value: string): boolean => tests.some((test) => test(value)) !== negated;
  if (condition.quantifier === 'ForAllValues') return given.every(one);
  if (condition.quantifier === 'ForAnyValue') return given.some(one);
  return negated ? given.every(one) : given.some(one);
}

type BaseOperator = Exclude<
  ConditionOperator,
  | 'Null'
  | 'StringNotEquals'
  | 'StringNotEqualsIgnoreCase'
  | 'StringNotLike'
  | 'NumericNotEquals'
  | 'DateNotEquals'
  | 'NotIpAddress'
  | 'ArnNotEquals'
  | 'ArnNotLike'
>;

function plain(operator: Exclude<ConditionOperator, 'Null'>): { base: BaseOperator; negated: boolean } {
  switch (operator) {
    case 'StringNotEquals':
      return { base: 'StringEquals', negated: true };
    case 'StringNotEqualsIgnoreCase':
      return { base: 'StringEqualsIgnoreCase', negated: true };
    case 'StringNotLike':
      return { base: 'StringLike', negated: true };
    case 'NumericNotEquals':
      return { base: 'NumericEquals', negated: true };
    case 'DateNotEquals':
      return { base: 'DateEquals', negated: true };
    case 'NotIpAddress':
      return { base: 'IpAddress', negated: true };
    case 'ArnNotEquals':
      return { base: 'ArnEquals', negated: true };
    case 'ArnNotLike':
      return { base: 'ArnLike', negated: true };
    default:
      return { base: operator, negated: false };
  }
}

function tester(operator: BaseOperator, value: string, version: PolicyVersion, context: Context): Test {
  switch (operator) {
    case 'StringEquals': {
      const wanted = expandLiteral(value, version, context);
      return (given) => given === wanted;
    }
    case 'StringEqualsIgnoreCase': {
      const wanted = expandLiteral(value, version, context)?.toLowerCase();
      return (given) => given.toLowerCase() === wanted;
    }
    case 'StringLike': {
      const wanted = expand(value, version, context);
      return (given) => wanted !== undefined && matches(wanted, given);
    }
    case 'ArnEquals':
    case 'ArnLike': {
      const wanted = expand(value, version, context);
      return (given) => wanted !== undefined && arnMatches(wanted, given);
    }
    case 'Bool':
      return (given) => given.toLowerCase() === value.toLowerCase();
    case 'BinaryEquals': {
      const wanted = Buffer.from(value, 'base64');
      return (given) => Buffer.from(given, 'base64').equals(wanted);
    }
    case 'IpAddress':
      return (given) => inRange(value, given);
    case 'NumericEquals':
      return compared(numeric, value, (given, wanted) => given === wanted);
    case 'NumericLessThan':
      return compared(numeric, value, (given, wanted) => given < wanted);
    case 'NumericLessThanEquals':
      return compared(numeric, value, (given, wanted) => given <= wanted);
    case 'NumericGreaterThan':
      return compared(numeric, value, (given, wanted) => given > wanted);
    case 'NumericGreaterThanEquals':
      return compared(numeric, value, (given, wanted) => given >= wanted);
    case 'DateEquals':
      return compared(instant, value, (given, wanted) => given === wanted);
    case 'DateLessThan':
      return compared(instant, value, (given, wanted) => given < wanted);
    case 'DateLessThanEquals':
      return compared(instant, value, (given, wanted) => given <= wanted);
    case 'DateGreaterThan':
      return compared(instant, value, (given, wanted) => given > wanted);
    case 'DateGreaterThanEquals':
      return compared(instant, value, (given, wanted) => given >= wanted);
  }
}

/** Text that is not a number (or a date) compares as NaN: false with every operator. */
function compared(
  read: (text: string) => number,
  value: string,
  compare: (given: number, wanted: number) => boolean,
): Test {
  const wanted = read(value);
  return (given) => compare(read(given), wanted);
}

function numeric(text: string): number {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** ISO 8601, or seconds since 1970. */
function instant(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  return /^\d{4}(-\d{2}(-\d{2}(T.+)?)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
}

const colon = 58;

/** Each of an ARN's six parts is matched by itself: a `*` in one part does not run over a colon into the next. */
function arnMatches(wanted: Pattern, given: string): boolean {
  const parts = given.split(':');
  if (parts.length < 6) return false;
  let from = 0;
  for (let part = 0; part < 5; part++) {
    const end = wanted.indexOf(colon, from);
    // A lone `*` stands for every ARN.
    if (end < 0) return part === 0 && matches(wanted, given) && wanted.every((unit) => unit < 0);
    if (!matches(wanted.slice(from, end), parts[part] ?? '')) return false;
    from = end + 1;
  }
  return matches(wanted.slice(from), parts.slice(5).join(':'));
}
