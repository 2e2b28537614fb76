import { invalid } from '../failures.ts';
import { compare } from '../value/same.ts';
import { typeOf, types, type Type, type Value } from '../value/value.ts';
import type { Names } from './names.ts';
import { Reader } from './reader.ts';
import { pathText, type Comparator, type Condition, type Operand, type Path } from './tree.ts';

/** How deep conditions may nest: far more than DynamoDB's 300 operators need. */
const DEEPEST = 300;
const comparators: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies Comparator[];
const ofUpdates: readonly string[] = ['if_not_exists', 'list_append'];

/**
 * Reads a condition, a filter or a key condition.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 * @throws ServiceFailure without the words that say which expression it is, which {@link reading} adds
 */
export function readCondition(text: string, names: Names): Condition {
  const reader = new Reader(text, names);
  const condition = readOr(reader, 0);
  reader.expectEnd();
  return condition;
}

function readOr(reader: Reader, depth: number): Condition {
  if (depth > DEEPEST) throw invalid('The expression is nested too deeply');
  let left = readAnd(reader, depth);
  while (reader.takeWord('OR')) left = { kind: 'or', left, right: readAnd(reader, depth) };
  return left;
}

function readAnd(reader: Reader, depth: number): Condition {
  let left = readNot(reader, depth);
  while (reader.takeWord('AND')) left = { kind: 'and', left, right: readNot(reader, depth) };
  return left;
}

function readNot(reader: Reader, depth: number): Condition {
  let negations = 0;
  while (reader.takeWord('NOT')) negations += 1;
  let condition = reader.isSign('(') ? readParenthesis(reader, depth) : readComparison(reader);
  for (; negations > 0; negations -= 1) condition = { kind: 'not', condition };
  return condition;
}

/** Conditions that stood in parentheses of their own. */
const parenthesised = new WeakSet<Condition>();

function readParenthesis(reader: Reader, depth: number): Condition {
  reader.expectSign('(');
  const condition = readOr(reader, depth + 1);
  reader.expectSign(')');
  // `((a = :a))`: what AND, OR and NOT make of a condition in parentheses is another condition.
  if (parenthesised.has(condition)) throw invalid('The expression has redundant parentheses;');
  parenthesised.add(condition);
  return condition;
}

function readComparison(reader: Reader): Condition {
  const { kind, text } = reader.next;
  if (kind === 'word' && reader.isSign('(', 1) && text !== 'size') return readFunction(reader);
  const left = readOperand(reader);
  if (reader.takeWord('BETWEEN')) {
    const low = readOperand(reader);
    reader.expectWord('AND');
    const high = readOperand(reader);
    checkBounds(low, high);
    return { kind: 'between', operand: left, low, high };
  }
  if (reader.takeWord('IN')) {
    reader.expectSign('(');
    const among = [readOperand(reader)];
    while (reader.takeSign(',')) among.push(readOperand(reader));
    reader.expectSign(')');
    return { kind: 'in', operand: left, among };
  }
  if (reader.next.kind !== 'sign' || !comparators.includes(reader.next.text)) throw reader.unexpected();
  const by = reader.take().text as Comparator;
  const right = readOperand(reader);
  if (left.kind === 'path' && right.kind === 'path' && pathText(left.path) === pathText(right.path))
    throw invalid(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${by}, first operand: ${pathText(left.path)}`,
    );
  if (by !== '=' && by !== '<>') for (const operand of [left, right]) checkOrdered(by, operand);
  return { kind: 'compare', by, left, right };
}

function checkOrdered(by: string, operand: Operand): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(operand.value);
  if (!['S', 'N', 'B'].includes(type)) throw wrongType(by, type);
}

function checkBounds(low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const shown = ({ value }: { value: Value }): string =>
    `AttributeValue: ${JSON.stringify(value).replaceAll('"', '')}`;
  const told = `lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`;
  const order = compare(low.value, high.value);
  if (order === undefined)
    throw invalid(`The BETWEEN operator requires same data type for lower and upper bounds; ${told}`);
  if (order > 0)
    throw invalid(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${told}`,
    );
}

function readOperand(reader: Reader): Operand {
  const { kind, text } = reader.next;
  if (kind === 'value') return { kind: 'value', value: reader.names.value(reader.take().text) };
  if (kind !== 'word' || !reader.isSign('(', 1)) return { kind: 'path', path: reader.path() };
  if (text !== 'size') {
    checkKnown(text);
    throw invalid(`The function is not allowed to be used this way in an expression; function: ${text}`);
  }
  const [of] = readArguments(reader, 1);
  if (of === undefined) throw reader.unexpected();
  if (of.kind === 'value' && ['N', 'BOOL', 'NULL'].includes(typeOf(of.value)))
    throw wrongType('size', typeOf(of.value));
  return { kind: 'size', of };
}

function readFunction(reader: Reader): Condition {
  const name = reader.next.text;
  checkKnown(name);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    const [operand] = readArguments(reader, 1);
    return { kind: 'exists', path: pathOf(name, operand), wanted: name === 'attribute_exists' };
  }
  const [left, right] = readArguments(reader, 2);
  if (left === undefined || right === undefined) throw reader.unexpected();
  if (name === 'attribute_type') {
    if (right.kind !== 'value' || !('S' in right.value))
      throw wrongType(name, right.kind === 'value' ? typeOf(right.value) : 'M');
    const type = right.value.S;
    if (!(types as readonly string[]).includes(type)) {
      const valid = 'B,NULL,SS,BOOL,L,BS,N,NS,S,M';
      throw invalid(`Invalid attribute type name found; type: ${type}, valid types: {${valid}}`);
    }
    return { kind: 'type', path: pathOf(name, left), type };
  }
  if (name === 'begins_with') {
    for (const operand of [left, right])
      if (operand.kind === 'value' && !['S', 'B'].includes(typeOf(operand.value)))
        throw wrongType(name, typeOf(operand.value));
    return { kind: 'begins_with', left, right };
  }
  return { kind: 'contains', left, right };
}

function checkKnown(name: string): void {
  if (ofUpdates.includes(name))
    throw invalid(`The function is not allowed in a condition expression; function: ${name}`);
  if (!(name in arities)) throw invalid(`Invalid function name; function: ${name}`);
}

const arities: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/** The arguments of the function that comes next. */
function readArguments(reader: Reader, count: number): readonly Operand[] {
  const name = reader.take().text;
  reader.expectSign('(');
  const out = [readOperand(reader)];
  while (reader.takeSign(',')) out.push(readOperand(reader));
  reader.expectSign(')');
  if (out.length !== count)
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${out.length}`,
    );
  return out;
}

function pathOf(name: string, operand: Operand | undefined): Path {
  if (operand?.kind !== 'path')
    throw invalid(`Operator or function requires a document path; operator or function: ${name}`);
  return operand.path;
}

function wrongType(name: string, type: Type): ReturnType<typeof invalid> {
  return invalid(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}
