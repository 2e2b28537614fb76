import { FilterPatternFailure } from './failure.ts';
import type { PatternReader } from './reader.ts';
import type { LineRegex } from './regex.ts';

/** What a field is compared with. */
export type Operand =
  | { readonly kind: 'number'; readonly value: number }
  /** `*` before or after the text, or both, stands for any text there. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly anyBefore: boolean;
      readonly anyAfter: boolean;
    }
  | { readonly kind: 'regex'; readonly regex: LineRegex };

export type Comparison =
  | { readonly operator: '=' | '!='; readonly operand: Operand }
  | { readonly operator: '<' | '<=' | '>' | '>='; readonly operand: Operand & { readonly kind: 'number' } };

/** An integer or a decimal with an optional sign, or one in scientific notation. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
/** What may stand without quotes: letters, digits, and what addresses, numbers and wildcards are made of. */
const BARE = /[A-Za-z0-9_.*+-]/;

/** The number that a text is, or undefined. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Reads an operator and what follows it; undefined where no operator stands. */
export function readComparison(reader: PatternReader): Comparison | undefined {
  const operator = (['!=', '<=', '>=', '=', '<', '>'] as const).find((sign) => reader.take(sign));
  if (operator === undefined) return undefined;
  reader.skipSpace();
  const start = reader.position;
  const operand = readOperand(reader);
  if (operator === '=' || operator === '!=') return { operator, operand };
  if (operand.kind !== 'number')
    throw FilterPatternFailure.structure(start, `After '${operator}' stands a number.`);
  return { operator, operand };
}

function readOperand(reader: PatternReader): Operand {
  const first = reader.peek();
  if (first === '%') return { kind: 'regex', regex: reader.regex() };
  if (first === '"') return textOperand(reader.quoted());
  const word = reader.run(BARE);
  if (word === '') throw reader.unexpected('a number, a word, a "text" or a %regular expression%');
  const value = numberOf(word);
  return value === undefined ? textOperand(word) : { kind: 'number', value };
}

/*
 * A `*` within the text is an ordinary character: of `Ev*ent` the User Guide says that it matches that string only.
 */
function textOperand(text: string): Operand {
  const anyBefore = text.startsWith('*');
  const anyAfter = text.length > 1 && text.endsWith('*');
  return {
    kind: 'text',
    anyBefore,
    anyAfter,
    text: text.slice(anyBefore ? 1 : 0, anyAfter ? -1 : undefined),
  };
}

/** Whether a field's value satisfies a comparison. A text that is a number compares with numbers as one. */
export function satisfies(comparison: Comparison, value: string | number): boolean {
  const { operand } = comparison;
  if (operand.kind !== 'number') {
    const text = String(value);
    const equal = operand.kind === 'regex' ? operand.regex.test(text) : equalText(operand, text);
    return equal === (comparison.operator === '=');
  }
  const number = typeof value === 'number' ? value : numberOf(value);
  if (number === undefined) return comparison.operator === '!=';
  switch (comparison.operator) {
    case '=':
      return number === operand.value;
    case '!=':
      return number !== operand.value;
    case '<':
      return number < operand.value;
    case '<=':
      return number <= operand.value;
    case '>':
      return number > operand.value;
    case '>=':
      return number >= operand.value;
  }
}

function equalText(operand: Operand & { kind: 'text' }, text: string): boolean {
  if (operand.anyBefore && operand.anyAfter) return text.includes(operand.text);
  if (operand.anyBefore) return text.endsWith(operand.text);
  if (operand.anyAfter) return text.startsWith(operand.text);
  return text === operand.text;
}
