import { inRange } from '../../../policy/address.ts';
import type { AttributeRow } from '../rows.ts';
import type { Bound, Condition, FilterPolicy, Rule } from './policy.ts';

/** A value that conditions are asked of. */
type Value = string | number | boolean | null;
/** The values at a path; undefined where nothing is there. */
type Lookup = (path: readonly string[]) => readonly Value[] | undefined;

/** Whether a message's attributes are what a policy asks for. */
export function matchesAttributes(
  policy: FilterPolicy,
  attributes: Readonly<Record<string, AttributeRow>>,
): boolean {
  return holdsAll(policy.rules, ([name = '']) => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return attribute === undefined ? undefined : valuesOf(attribute);
  });
}

/** Whether a message's text is a JSON object that is what a policy asks for. */
export function matchesBody(policy: FilterPolicy, message: string): boolean {
  let body: unknown;
  try {
    body = JSON.parse(message);
  } catch {
    return false;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return holdsAll(policy.rules, (path) => {
    const found = valuesAt(body, path);
    return found.length === 0 ? undefined : found;
  });
}

function valuesOf({ dataType, stringValue = '' }: AttributeRow): readonly Value[] {
  const type = dataType.split('.', 1)[0];
  if (dataType === 'String.Array') {
    try {
      const list: unknown = JSON.parse(stringValue);
      return (Array.isArray(list) ? list : [list]).filter(isValue);
    } catch {
      return [];
    }
  }
  if (type === 'Number') return [Number(stringValue)];
  // Binary attributes are there, and are equal to nothing.
  return type === 'Binary' ? [] : [stringValue];
}

/** Every value at a path; lists on the way are gone into. */
function valuesAt(value: unknown, path: readonly string[]): Value[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [step, ...rest] = path;
  if (step === undefined) return isValue(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest);
}

function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function holdsAll(rules: readonly Rule[], lookup: Lookup): boolean {
  return rules.every((rule) => {
    if (rule.kind === 'or') return rule.alternatives.some((rules) => holdsAll(rules, lookup));
    const values = lookup(rule.path);
    return rule.conditions.some((condition) => {
      if (condition.kind === 'exists') return condition.wanted === (values !== undefined);
      return values?.some((value) => holds(condition, value)) ?? false;
    });
  });
}

function holds(condition: Exclude<Condition, { kind: 'exists' }>, value: Value): boolean {
  switch (condition.kind) {
    case 'equals':
      return condition.value === value;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.text);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(condition.text);
    case 'ignore-case':
      return typeof value === 'string' && value.toLowerCase() === condition.text.toLowerCase();
    case 'cidr':
      return typeof value === 'string' && inRange(condition.text, value);
    case 'anything-but':
      return !condition.values.some((one) => one === value);
    case 'anything-but-prefix':
      return typeof value === 'string' && !condition.texts.some((text) => value.startsWith(text));
    case 'numeric':
      return typeof value === 'number' && condition.bounds.every((bound) => within(bound, value));
  }
}

function within({ operator, value: bound }: Bound, value: number): boolean {
  switch (operator) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
