import { InvalidPattern } from './invalid.ts';
import { exactly, readOperator, type Operator } from './operators.ts';
import { JsonTokens } from './tokens.ts';

/** The wanted values of each path, the steps of a path joined with dots: all paths must hold. */
export type Branch = ReadonlyMap<string, readonly Operator[]>;

/* https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or */
const MOST_BRANCHES = 1_000;

/* Names that cannot be fields inside `$or`: there they are taken for operators that were put too high. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard'],
  ...['numeric', 'cidr', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/**
 * Reads a pattern into branches, of which one must hold: `$or` makes a branch of each of its members.
 * @throws InvalidPattern
 */
export function compile(source: string): readonly Branch[] {
  const tokens = new JsonTokens(source);
  if (tokens.next() !== '{') throw tokens.complaint('Filter is not an object');
  return readObject(tokens, [], [new Map()], false);
}

function readObject(
  tokens: JsonTokens,
  path: readonly string[],
  before: readonly Branch[],
  insideOr: boolean,
): readonly Branch[] {
  let branches = before;
  let empty = true;
  for (let kind = tokens.next(); kind !== '}'; kind = tokens.next()) {
    empty = false;
    const { name } = tokens;
    if (name === '$or') {
      branches = readOr(tokens, path, branches);
      continue;
    }
    if (insideOr && RESERVED.has(name))
      throw tokens.complaint(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const value = tokens.next();
    if (value === '{') branches = readObject(tokens, [...path, name], branches, insideOr);
    else if (value === '[') {
      const operators = readValues(tokens);
      const key = [...path, name].join('.');
      // A path that is named again takes the place of what it was.
      branches = branches.map((branch) => new Map([...branch, [key, operators]]));
    } else throw tokens.complaint(`"${name}" must be an object or an array`);
  }
  if (empty) throw tokens.complaint('Empty objects are not allowed');
  return branches;
}

function readOr(tokens: JsonTokens, path: readonly string[], before: readonly Branch[]): readonly Branch[] {
  if (tokens.next() !== '[') throw tokens.complaint('It must be an Array followed with $or.');
  const branches: Branch[] = [];
  let members = 0;
  for (let kind = tokens.next(); kind !== ']'; kind = tokens.next()) {
    members++;
    if (kind !== '{') throw tokens.complaint('Only JSON object is allowed in array of $or relationship.');
    branches.push(...readObject(tokens, path, before, true));
    if (branches.length > MOST_BRANCHES)
      throw new InvalidPattern(`$or makes more than ${MOST_BRANCHES} combinations of rules.`);
  }
  if (members < 2) throw tokens.complaint('There must have at least 2 Objects in $or relationship.');
  return branches;
}

function readValues(tokens: JsonTokens): readonly Operator[] {
  const operators: Operator[] = [];
  for (let kind = tokens.next(); kind !== ']'; kind = tokens.next()) {
    if (kind === '{') {
      operators.push(readOperator(tokens));
      continue;
    }
    const test = exactly(kind, kind === 'string' || kind === 'number' ? tokens.text() : '');
    if (test === undefined)
      throw tokens.complaint('Match value must be String, number, true, false, or null');
    operators.push(test);
  }
  if (operators.length === 0) throw tokens.complaint('Empty arrays are not allowed');
  return operators;
}
