import { invalid } from '../failures.ts';
import { setOf, typeOf, type Type, type Value } from '../value/value.ts';
import type { Names } from './names.ts';
import { checkApart, Reader } from './reader.ts';
import type { Action, Computed, Update } from './tree.ts';

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof sections)[number];
const ofConditions: readonly string[] = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
];
/** How deep functions may nest in one another. */
const DEEPEST = 50;

/**
 * Reads an update.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function readUpdate(text: string, names: Names): Update {
  const reader = new Reader(text, names);
  const seen = new Set<Section>();
  const update: Action[] = [];
  while (reader.next.kind !== 'end') {
    const section = sections.find((word) => reader.takeWord(word));
    if (section === undefined) throw reader.unexpected();
    if (seen.has(section))
      throw invalid(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do update.push(readAction(reader, section));
    while (reader.takeSign(','));
  }
  checkApart(update.map(({ path }) => path));
  return update;
}

function readAction(reader: Reader, section: Section): Action {
  const path = reader.path();
  if (section === 'REMOVE') return { kind: 'remove', path };
  if (section === 'SET') {
    reader.expectSign('=');
    return { kind: 'set', path, to: readComputed(reader) };
  }
  if (reader.next.kind !== 'value') throw reader.unexpected();
  const value = reader.names.value(reader.take().text);
  const fits = setOf(value) !== undefined || (section === 'ADD' && 'N' in value);
  if (!fits)
    throw invalid(
      `Incorrect operand type for operator or function; operator: ${section}, operand type: ${longNames[typeOf(value)]}`,
    );
  return { kind: section === 'ADD' ? 'add' : 'delete', path, value };
}

/** These two sections say types in words. */
const longNames: Readonly<Record<Type, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

/** One operand, or two with a sign between them. */
function readComputed(reader: Reader, depth = 0): Computed {
  const left = readOperand(reader, depth);
  const sign = reader.isSign('+') ? '+' : reader.isSign('-') ? '-' : undefined;
  if (sign === undefined) return left;
  reader.take();
  const right = readOperand(reader, depth);
  for (const operand of [left, right]) expectType(sign, operand, 'N');
  return { kind: sign === '+' ? 'plus' : 'minus', left, right };
}

function readOperand(reader: Reader, depth: number): Computed {
  if (depth > DEEPEST) throw invalid('The expression is nested too deeply');
  if (reader.takeSign('(')) {
    const inner = readComputed(reader, depth + 1);
    reader.expectSign(')');
    return inner;
  }
  const { kind, text } = reader.next;
  if (kind === 'value') return { kind: 'value', value: reader.names.value(reader.take().text) };
  if (kind === 'word' && reader.isSign('(', 1)) return readFunction(reader, text, depth);
  return { kind: 'path', path: reader.path() };
}

function readFunction(reader: Reader, name: string, depth: number): Computed {
  if (ofConditions.includes(name))
    throw invalid(`The function is not allowed in an update expression; function: ${name}`);
  if (name !== 'if_not_exists' && name !== 'list_append')
    throw invalid(`Invalid function name; function: ${name}`);
  reader.take();
  reader.expectSign('(');
  const operands = [readOperand(reader, depth + 1)];
  while (reader.takeSign(',')) operands.push(readOperand(reader, depth + 1));
  reader.expectSign(')');
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length !== 2)
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  if (name === 'if_not_exists') {
    if (left.kind !== 'path')
      throw invalid(`Operator or function requires a document path; operator or function: ${name}`);
    return { kind: 'if_not_exists', path: left.path, otherwise: right };
  }
  for (const operand of [left, right]) expectType(name, operand, 'L');
  return { kind: 'list_append', left, right };
}

function expectType(name: string, operand: Computed, type: Type): void {
  if (operand.kind !== 'value') return;
  const found: Type = typeOf(operand.value satisfies Value);
  if (found !== type)
    throw invalid(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${found}`,
    );
}
