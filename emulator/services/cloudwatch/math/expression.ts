/** An operator between two values. Comparisons and logic give 1 or 0. */
export type Operator = '+' | '-' | '*' | '/' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'AND' | 'OR';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[] };

/** What is wrong with an expression of metric math. */
export class MathFailure extends Error {}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(==|!=|<=|>=|&&|\|\||[-+*/^<>(),[\]]))/y;

interface Token {
  readonly kind: 'number' | 'word' | 'text' | 'sign' | 'end';
  readonly text: string;
  readonly position: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const position = at + (text.slice(at).length - text.slice(at).trimStart().length);
    if (found === null)
      throw new MathFailure(`Unexpected character '${text[position] ?? ''}' at position ${position + 1}.`);
    const [, number, word, double, single, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, position });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, position });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, position });
    else tokens.push({ kind: 'text', text: double ?? single ?? '', position });
    at = TOKEN.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'the end', position: text.length }];
}

/** Operators, the loosest first: CloudWatch User Guide, "Metric math syntax and functions". */
const LEVELS: readonly (readonly Operator[])[] = [
  ['OR'],
  ['AND'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];
const SPELLINGS: Readonly<Record<string, Operator>> = { '||': 'OR', '&&': 'AND' };
/** An expression is at most 2048 characters long; this many open at once is a mistake. */
const DEEPEST = 100;

/** @throws MathFailure */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const END: Token = { kind: 'end', text: 'the end', position: text.length };
  const peek = (): Token => tokens[at] ?? END;
  const take = (sign: string): boolean => {
    const is = peek().kind === 'sign' && peek().text === sign;
    if (is) at += 1;
    return is;
  };
  const expect = (sign: string): void => {
    if (!take(sign)) throw unexpected(`'${sign}'`);
  };
  const unexpected = (wanted: string): MathFailure =>
    new MathFailure(`Unexpected ${peek().text} at position ${peek().position + 1}; expected ${wanted}.`);

  function operatorAt(level: readonly Operator[]): Operator | undefined {
    const { kind, text: sign } = peek();
    if (kind !== 'sign' && kind !== 'word') return undefined;
    const operator = SPELLINGS[sign] ?? (sign as Operator);
    return level.includes(operator) ? operator : undefined;
  }

  function binary(index: number): Expression {
    const level = LEVELS[index];
    if (level === undefined) return unary();
    let left = binary(index + 1);
    for (let operator = operatorAt(level); operator !== undefined; operator = operatorAt(level)) {
      at += 1;
      left = { kind: 'operation', operator, left, right: binary(index + 1) };
    }
    return left;
  }

  function unary(): Expression {
    if (take('-')) return { kind: 'negative', of: unary() };
    if (take('+')) return unary();
    const base = primary();
    // To the right first: 2^3^2 is 2^(3^2).
    return take('^') ? { kind: 'operation', operator: '^', left: base, right: unary() } : base;
  }

  function listTo(close: string): Expression[] {
    const items: Expression[] = [];
    if (take(close)) return items;
    do items.push(whole());
    while (take(','));
    expect(close);
    return items;
  }

  function primary(): Expression {
    const token = peek();
    if (take('(')) {
      const inner = whole();
      expect(')');
      return inner;
    }
    if (take('[')) return { kind: 'list', items: listTo(']') };
    at += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind !== 'word') {
      at -= 1;
      throw unexpected('a number, an id or a function');
    }
    if (take('(')) return { kind: 'call', name: token.text, inputs: listTo(')') };
    return { kind: 'id', id: token.text };
  }

  function whole(): Expression {
    depth += 1;
    if (depth > DEEPEST) throw new MathFailure('The expression is nested too deeply.');
    const expression = binary(0);
    depth -= 1;
    return expression;
  }

  const expression = whole();
  if (peek().kind !== 'end') throw unexpected('an operator');
  return expression;
}
