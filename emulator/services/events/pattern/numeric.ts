import type { JsonTokens } from './tokens.ts';
import { ofNumber, type ValueTest } from './value-test.ts';

/* https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching */
const LARGEST = 5e9;

/** The number that was read. @throws InvalidPattern where it is out of the range that patterns compare */
export function comparable(tokens: JsonTokens): number {
  const number = Number(tokens.text());
  if (Math.abs(number) > LARGEST) throw tokens.complaint('Value must be between -5.0E9 and 5.0E9, inclusive');
  return number;
}

/** Reads what follows `[` of `{"numeric": [">", 0, "<=", 5]}`, with the closing bracket. */
export function readNumeric(tokens: JsonTokens): ValueTest {
  if (tokens.next() !== 'string') throw tokens.complaint(`Invalid member in numeric match: ${tokens.text()}`);
  const operator = tokens.text();
  const isNumber = tokens.next() === 'number';
  const value = (name: string): number => {
    if (!isNumber) throw tokens.complaint(`Value of ${name} must be numeric`);
    return comparable(tokens);
  };
  const alone = (test: (number: number) => boolean): ValueTest => {
    if (tokens.next() !== ']') throw tooMany(tokens);
    return ofNumber(test);
  };
  switch (operator) {
    case '=': {
      const wanted = value('equals');
      return alone((number) => number === wanted);
    }
    case '<': {
      const top = value('<');
      return alone((number) => number < top);
    }
    case '<=': {
      const top = value('<=');
      return alone((number) => number <= top);
    }
    case '>': {
      const bottom = value('>');
      return readTop(tokens, bottom, (number) => number > bottom);
    }
    case '>=': {
      const bottom = value('>=');
      return readTop(tokens, bottom, (number) => number >= bottom);
    }
    default:
      throw tokens.complaint(`Unrecognized numeric range operator: ${operator}`);
  }
}

/** A range may have an upper end as well. */
function readTop(tokens: JsonTokens, bottom: number, above: (number: number) => boolean): ValueTest {
  const kind = tokens.next();
  if (kind === ']') return ofNumber(above);
  if (kind !== 'string') throw tokens.complaint(`Bad value in numeric range: ${tokens.text()}`);
  const operator = tokens.text();
  if (operator !== '<' && operator !== '<=')
    throw tokens.complaint(`Bad numeric range operator: ${operator}`);
  if (tokens.next() !== 'number') throw tokens.complaint(`Value of ${operator} must be numeric`);
  const top = comparable(tokens);
  if (tokens.next() !== ']') throw tokens.complaint('Too many terms in numeric range expression');
  if (top <= bottom) throw tokens.complaint('Bottom must be less than top');
  return ofNumber((number) => above(number) && (operator === '<' ? number < top : number <= top));
}

/** What AWS says wherever an operator's object or list is longer than it should be. */
export function tooMany(tokens: JsonTokens): Error {
  return tokens.complaint('Too many elements in numeric expression');
}
