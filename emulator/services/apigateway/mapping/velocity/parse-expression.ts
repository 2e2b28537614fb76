import { integer } from './value.ts';
import type { Expression, Node, Operator, Reference, Step } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { TemplateFailure } from './failure.ts';
import type { Nesting } from './nesting.ts';

export const IDENTIFIER = /[A-Za-z_][\w-]*/y;
const MAX_CHAIN = 100;

/** From loosest to tightest. `eq` and its like are words. */
const LEVELS: readonly (readonly (readonly [RegExp, Operator])[])[] = [
  [[/\|\||or\b/y, '||']],
  [[/&&|and\b/y, '&&']],
  [
    [/==|eq\b/y, '=='],
    [/!=|ne\b/y, '!='],
  ],
  [
    [/<=|le\b/y, '<='],
    [/>=|ge\b/y, '>='],
    [/<|lt\b/y, '<'],
    [/>|gt\b/y, '>'],
  ],
  [
    [/\+/y, '+'],
    [/-/y, '-'],
  ],
  [
    [/\*/y, '*'],
    [/\//y, '/'],
    [/%/y, '%'],
  ],
];

/** Reads expressions and references. `inner` parses the text between double quotes. */
export class ExpressionParser {
  readonly #cursor: Cursor;
  readonly #inner: (text: string) => readonly Node[];
  readonly #names: Set<string>;
  readonly #nesting: Nesting;

  constructor(
    cursor: Cursor,
    inner: (text: string) => readonly Node[],
    names: Set<string>,
    nesting: Nesting,
  ) {
    this.#cursor = cursor;
    this.#nesting = nesting;
    this.#inner = inner;
    this.#names = names;
  }

  expression(level = 0): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.expression(level + 1);
    for (let chain = 0; ; chain += 1) {
      this.#cursor.space();
      const found = operators.find(([pattern]) => this.#cursor.match(pattern) !== undefined);
      if (found === undefined) return left;
      if (chain === MAX_CHAIN) throw new TemplateFailure('limit', 'An expression is too long.');
      left = {
        kind: 'binary',
        operator: found[1],
        left,
        right: this.#nested(() => this.expression(level + 1)),
      };
    }
  }

  /** Up to `close`, which is passed. */
  list(close: string): Expression[] {
    const items: Expression[] = [];
    this.#cursor.space();
    if (this.#cursor.take(close)) return items;
    do {
      items.push(this.#nested(() => this.expression()));
      this.#cursor.space();
    } while (this.#cursor.take(','));
    this.#cursor.expect(close);
    return items;
  }

  /**
   * `$x`, `$!x`, `${x.y}`, `$x.y(1)[2]` where it stands here.
   * @returns `undefined`, with nothing read, where what stands here is text
   */
  reference(): Reference | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    cursor.match(/\$!?/y);
    const wrapped = cursor.take('{');
    const name = cursor.match(IDENTIFIER)?.[0];
    if (name === undefined) {
      cursor.at = start;
      return undefined;
    }
    const path: Step[] = [];
    for (let step = this.#step(); step !== undefined; step = this.#step()) path.push(step);
    if (wrapped && !cursor.take('}')) {
      cursor.at = start;
      return undefined;
    }
    this.#names.add(name);
    return { kind: 'reference', name, path };
  }

  #step(): Step | undefined {
    const cursor = this.#cursor;
    if (cursor.peek() === '[') return this.#index();
    const start = cursor.at;
    if (!cursor.take('.')) return undefined;
    const name = cursor.match(IDENTIFIER)?.[0];
    if (name === undefined) {
      cursor.at = start;
      return undefined;
    }
    if (!cursor.take('(')) return { kind: 'property', name };
    return { kind: 'method', name, args: this.#nested(() => this.list(')')) };
  }

  /** `[0]`, `["a"]`, `[$i]`; anything else in brackets is text. */
  #index(): Step | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    cursor.trying += 1;
    try {
      cursor.expect('[');
      const key = this.#nested(() => this.expression());
      cursor.space();
      cursor.expect(']');
      return { kind: 'index', key };
    } catch (error) {
      if (!(error instanceof TemplateFailure) || error.kind !== 'syntax') throw error;
      cursor.at = start;
      return undefined;
    } finally {
      cursor.trying -= 1;
    }
  }

  #unary(): Expression {
    const cursor = this.#cursor;
    cursor.space();
    if (cursor.match(/!(?!=)|not\b/y)) return { kind: 'not', value: this.#nested(() => this.#unary()) };
    if (cursor.peek() === '-' && !/\d/.test(cursor.peek(1))) {
      cursor.at += 1;
      return { kind: 'negate', value: this.#nested(() => this.#unary()) };
    }
    return this.#primary();
  }

  #primary(): Expression {
    const cursor = this.#cursor;
    switch (cursor.peek()) {
      case '(': {
        cursor.at += 1;
        const inside = this.#nested(() => this.expression());
        cursor.space();
        cursor.expect(')');
        return inside;
      }
      case '$':
        return this.reference() ?? this.#fail('a reference');
      case '"':
        return this.#quoted('"');
      case "'":
        return this.#quoted("'");
      case '[':
        return this.#brackets();
      case '{':
        return this.#braces();
      default:
        return this.#plain();
    }
  }

  #plain(): Expression {
    const number = this.#cursor.match(/-?\d+(?!\.\d)|-?\d+\.\d+(?:[eE][+-]?\d+)?/y)?.[0];
    if (number !== undefined) {
      return number.includes('.')
        ? { kind: 'double', value: Number(number) }
        : { kind: 'literal', value: integer(BigInt(number)) };
    }
    const word = this.#cursor.match(/(?:true|false|null)\b/y)?.[0];
    if (word === undefined) return this.#fail('an expression');
    return { kind: 'literal', value: word === 'null' ? null : word === 'true' };
  }

  /** A doubled quote is a quote; backslashes stay as they are. */
  #quoted(quote: '"' | "'"): Expression {
    const cursor = this.#cursor;
    let text = '';
    cursor.at += 1;
    for (;;) {
      const end = cursor.text.indexOf(quote, cursor.at);
      if (end === -1) throw cursor.failure(`expected a closing ${quote}`);
      text += cursor.text.slice(cursor.at, end);
      cursor.at = end + 1;
      if (!cursor.take(quote)) break;
      text += quote;
    }
    if (quote === "'" || !/[$#]/.test(text)) return { kind: 'literal', value: text };
    return { kind: 'interpolated', body: this.#nested(() => this.#inner(text)) };
  }

  #brackets(): Expression {
    const cursor = this.#cursor;
    cursor.at += 1;
    cursor.space();
    if (cursor.take(']')) return { kind: 'list', items: [] };
    const from = this.#nested(() => this.expression());
    cursor.space();
    if (cursor.take(',')) return { kind: 'list', items: [from, ...this.list(']')] };
    if (cursor.take(']')) return { kind: 'list', items: [from] };
    cursor.expect('..');
    const to = this.#nested(() => this.expression());
    cursor.space();
    cursor.expect(']');
    return { kind: 'range', from, to };
  }

  #braces(): Expression {
    const cursor = this.#cursor;
    const entries: (readonly [Expression, Expression])[] = [];
    cursor.at += 1;
    cursor.space();
    if (cursor.take('}')) return { kind: 'map', entries };
    do {
      const key = this.#nested(() => this.expression());
      cursor.space();
      cursor.expect(':');
      entries.push([key, this.#nested(() => this.expression())]);
      cursor.space();
    } while (cursor.take(','));
    cursor.expect('}');
    return { kind: 'map', entries };
  }

  #fail(expected: string): never {
    throw this.#cursor.failure(`expected ${expected}`);
  }

  #nested<T>(parse: () => T): T {
    return this.#nesting.deeper(parse);
  }
}
