/** One thing that a value can be asked to be. */
export type Condition =
  | { readonly kind: 'equals'; readonly value: string | number | boolean | null }
  | { readonly kind: 'prefix' | 'suffix' | 'ignore-case' | 'cidr'; readonly text: string }
  | { readonly kind: 'anything-but'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'anything-but-prefix'; readonly texts: readonly string[] }
  | { readonly kind: 'numeric'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'exists'; readonly wanted: boolean };
export interface Bound {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/** What a message must be: every key of it, and of each `$or` one alternative. */
export type Rule =
  | { readonly kind: 'key'; readonly path: readonly string[]; readonly conditions: readonly Condition[] }
  | { readonly kind: 'or'; readonly alternatives: readonly (readonly Rule[])[] };

/** A filter policy, read. */
export interface FilterPolicy {
  readonly rules: readonly Rule[];
}

/** A policy that SNS refuses; the message is SNS's. */
export class BadFilterPolicy extends Error {}

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

/**
 * Reads a filter policy.
 * @param nested whether keys may lie in one another: where the message's body is looked at
 * @throws BadFilterPolicy
 */
export function readFilterPolicy(text: string, nested: boolean): FilterPolicy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new BadFilterPolicy(`failed to parse JSON. ${problemAt(text)}`);
  }
  if (!isRecord(document)) throw new BadFilterPolicy('Filter is not an object');
  const reader = { keys: 0, combinations: 1 };
  const rules = readRules(document, [], nested, reader);
  if (reader.keys > MOST_KEYS) throw new BadFilterPolicy('Filter policy can not have more than 5 keys');
  if (reader.combinations > MOST_COMBINATIONS) throw new BadFilterPolicy('Filter policy is too complex');
  return { rules };
}

function problemAt(text: string): string {
  const start = text.trimStart();
  if (start.startsWith('{')) {
    const next = start.slice(1).trimStart().charAt(0);
    const code = next.codePointAt(0) ?? 0;
    if (next !== '' && next !== '"' && next !== '}')
      return `Unexpected character ('${next}' (code ${String(code)})): was expecting double-quote to start field name`;
    return 'Unexpected end-of-input';
  }
  const token = /^[A-Za-z0-9_$]*/.exec(start)?.[0] ?? '';
  return `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
}

interface Counts {
  keys: number;
  combinations: number;
}

function readRules(
  document: Readonly<Record<string, unknown>>,
  above: readonly string[],
  nested: boolean,
  counts: Counts,
): Rule[] {
  return Object.entries(document).flatMap(([key, value]): Rule[] => {
    const alternatives = key === '$or' ? alternativesOf(value) : undefined;
    if (alternatives !== undefined) {
      const before = counts.combinations;
      let together = 0;
      const read = alternatives.map((alternative) => {
        counts.combinations = 1;
        const rules = readRules(alternative, above, nested, counts);
        together += counts.combinations;
        return rules;
      });
      counts.combinations = before * together;
      return [{ kind: 'or', alternatives: read }];
    }
    const path = [...above, key];
    if (Array.isArray(value)) {
      if (value.length === 0) throw new BadFilterPolicy('Empty arrays are not allowed');
      counts.keys += 1;
      counts.combinations *= value.length * path.length;
      return [{ kind: 'key', path, conditions: value.map(readCondition) }];
    }
    if (!isRecord(value)) throw new BadFilterPolicy(`"${key}" must be an object or an array`);
    if (!nested) {
      // Recorded: it is the operator in the place of a list of conditions that is complained of.
      const inner = Object.entries(value).find(([, one]) => !Array.isArray(one) && !isRecord(one));
      if (inner !== undefined) throw new BadFilterPolicy(`"${inner[0]}" must be an object or an array`);
      throw new BadFilterPolicy(
        'Filter policy scope MessageAttributes does not support nested filter policy',
      );
    }
    if (Object.keys(value).length === 0) throw new BadFilterPolicy('Empty objects are not allowed');
    return readRules(value, path, nested, counts);
  });
}

/** `$or` is an alternative only where it holds several objects; otherwise it is a key like any other. */
function alternativesOf(value: unknown): readonly Readonly<Record<string, unknown>>[] | undefined {
  return Array.isArray(value) && value.length >= 2 && value.every(isRecord) ? value : undefined;
}

function readCondition(value: unknown): Condition {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return { kind: 'equals', value: value as string | number | boolean | null };
  }
  if (!isRecord(value)) {
    throw new BadFilterPolicy('Match value must be String, number, true, false, or null');
  }
  const [entry, second] = Object.entries(value);
  if (entry === undefined) throw new BadFilterPolicy('Empty objects are not allowed');
  if (second !== undefined) throw new BadFilterPolicy('Only one key allowed in match expression');
  const [operator, operand] = entry;
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return { kind: operator, text: textOf(operator, operand) };
    case 'equals-ignore-case':
      return { kind: 'ignore-case', text: textOf(operator, operand) };
    case 'cidr':
      return { kind: 'cidr', text: readCidr(operand) };
    case 'exists':
      if (typeof operand !== 'boolean') {
        throw new BadFilterPolicy('exists match pattern must be either true or false.');
      }
      return { kind: 'exists', wanted: operand };
    case 'anything-but':
      return readAnythingBut(operand);
    case 'numeric':
      return { kind: 'numeric', bounds: readNumeric(operand) };
    default:
      throw new BadFilterPolicy(`Unrecognized match type ${operator}`);
  }
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') {
    throw new BadFilterPolicy(`${operator} match pattern must be a string`);
  }
  return operand;
}

function readCidr(operand: unknown): string {
  // Recorded: it is `prefix` that the sentence names.
  const text = textOf('prefix', operand);
  const [address = '', bits, ...rest] = text.split('/');
  const four = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address);
  const six = /^[0-9a-f:.]+$/i.test(address) && address.includes(':');
  if (!four && !six) throw new BadFilterPolicy(`Nonstandard IP address: ${address}`);
  const widest = four ? 32 : 128;
  if (bits === undefined || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > widest) {
    throw new BadFilterPolicy(`Malformed CIDR, one '/' required`);
  }
  return text;
}

function readAnythingBut(operand: unknown): Condition {
  if (isRecord(operand)) {
    const [entry, second] = Object.entries(operand);
    if (entry === undefined || second !== undefined) {
      throw new BadFilterPolicy('Only one key allowed in match expression');
    }
    const [operator, value] = entry;
    if (operator !== 'prefix') throw new BadFilterPolicy(`Unsupported anything-but pattern: ${operator}`);
    return { kind: 'anything-but-prefix', texts: [textOf('prefix', value)] };
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new BadFilterPolicy('Empty arrays are not allowed');
  for (const value of values) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new BadFilterPolicy('Inside anything but list, start|null|boolean is not supported.');
    }
  }
  return { kind: 'anything-but', values: values as (string | number)[] };
}

const upper = ['<', '<='];

function readNumeric(operand: unknown): Bound[] {
  if (!Array.isArray(operand)) throw new BadFilterPolicy('Value of numeric must be an array.');
  const terms: readonly unknown[] = operand;
  const [operator, value, second, most, ...rest] = terms;
  if (typeof operator !== 'string') {
    throw new BadFilterPolicy(
      `Invalid member in numeric match: ${terms.length === 0 ? ']' : JSON.stringify(operator)}`,
    );
  }
  if (operator === '=') {
    if (typeof value !== 'number') throw new BadFilterPolicy('Value of equals must be numeric');
    if (terms.length > 2) throw new BadFilterPolicy('Too many elements in numeric expression');
    return [{ operator, value: inLimits(value) }];
  }
  if (!isBound(operator)) throw new BadFilterPolicy(`Unrecognized numeric range operator: ${operator}`);
  if (typeof value !== 'number') throw new BadFilterPolicy(`Value of ${operator} must be numeric`);
  const bounds: Bound[] = [{ operator, value: inLimits(value) }];
  if (terms.length === 2) return bounds;
  if (upper.includes(operator)) throw new BadFilterPolicy('Too many elements in numeric expression');
  if (typeof second !== 'string' || !isBound(second) || !upper.includes(second)) {
    throw new BadFilterPolicy(`Bad numeric range operator: ${String(second)}`);
  }
  if (typeof most !== 'number') throw new BadFilterPolicy(`Value of ${second} must be numeric`);
  if (rest.length > 0) throw new BadFilterPolicy('Too many terms in numeric range expression');
  if (value >= most) throw new BadFilterPolicy('Bottom must be less than top');
  return [...bounds, { operator: second, value: inLimits(most) }];
}

function isBound(operator: string): operator is '<' | '<=' | '>' | '>=' {
  return ['<', '<=', '>', '>='].includes(operator);
}

function inLimits(value: number): number {
  if (Math.abs(value) > 1e9) {
    throw new BadFilterPolicy(`Value must be between -1.0E9 and 1.0E9, inclusive`);
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
