import { TemplateFailure } from '../velocity/failure.ts';
import { Cursor } from '../velocity/cursor.ts';
import { integer, Double, type Value } from '../velocity/value.ts';

/** A JSONPath as API Gateway's Java library (Jayway) reads it: dots, brackets, wildcards, slices, filters, functions. */
export interface Path {
  readonly steps: readonly PathStep[];
  /** Whether it leads to one place; else its answer is a list. */
  readonly definite: boolean;
}

export type PathStep =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: string };

export type Filter =
  | { readonly kind: 'or' | 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly operator: FilterOperator;
      readonly left: Operand;
      readonly right: Operand;
    };
export type FilterOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | 'in' | 'nin';
export type Operand =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'values'; readonly values: readonly Value[] }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'path'; readonly root: boolean; readonly path: Path };

const MAX_NESTING = 20;
const OPERATOR = /===?|!==?|<=|>=|=~|<|>|(?:in|nin)\b/y;

/** @throws TemplateFailure of kind `evaluation` where the path cannot be read */
export function parsePath(text: string): Path {
  const trimmed = text.trim();
  // Jayway puts what is missing before the path.
  const cursor = new Cursor(trimmed.startsWith('$') ? trimmed.slice(1) : `.${trimmed}`);
  const path = new PathParser(cursor).path();
  if (!cursor.done) throw failure(text);
  return path;
}

const failure = (text: string): TemplateFailure =>
  new TemplateFailure('evaluation', `Invalid JSONPath: ${text.slice(0, 200)}`);

class PathParser {
  readonly #cursor: Cursor;
  #nesting = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  path(): Path {
    const steps: PathStep[] = [];
    for (let step = this.#step(); step !== undefined; step = this.#step()) {
      steps.push(step);
      // `$..[0]` has its own brackets; `$..a` has a name.
      if (step.kind === 'deep' && this.#cursor.peek() !== '[') steps.push(this.#afterDots());
    }
    if (steps.length > 100) throw new TemplateFailure('limit', 'The JSONPath has too many steps.');
    return { steps, definite: steps.every((step) => isDefinite(step)) };
  }

  #step(): PathStep | undefined {
    const cursor = this.#cursor;
    if (cursor.take('..')) return { kind: 'deep' };
    if (cursor.peek() === '.') {
      cursor.at += 1;
      if (cursor.peek() === '[') return this.#brackets();
      return this.#afterDots();
    }
    return cursor.peek() === '[' ? this.#brackets() : undefined;
  }

  #afterDots(): PathStep {
    const cursor = this.#cursor;
    if (cursor.take('*')) return { kind: 'all' };
    const called = cursor.match(/([A-Za-z]+)\(\)/y);
    if (called !== undefined) return { kind: 'function', name: called[1] ?? '' };
    const name = cursor.match(/[^.[\]()\s=<>!&|,~'"]+/y)?.[0];
    if (name === undefined) throw failure(cursor.text);
    return { kind: 'names', names: [name] };
  }

  #brackets(): PathStep {
    const cursor = this.#cursor;
    cursor.at += 1;
    cursor.space();
    const step = this.#inBrackets();
    cursor.space();
    if (!cursor.take(']')) throw failure(cursor.text);
    return step;
  }

  #inBrackets(): PathStep {
    const cursor = this.#cursor;
    if (cursor.take('*')) return { kind: 'all' };
    if (cursor.match(/\?\s*\(/y) !== undefined) {
      const filter = this.#filter();
      cursor.space();
      if (!cursor.take(')')) throw failure(cursor.text);
      return { kind: 'filter', filter };
    }
    if (/['"]/.test(cursor.peek())) return { kind: 'names', names: this.#listed(() => this.#quoted()) };
    const slice = cursor.match(/(-?\d+)?\s*:\s*(-?\d+)?/y);
    if (slice !== undefined) {
      return { kind: 'slice', from: whole(slice[1]), to: whole(slice[2]) };
    }
    return { kind: 'indexes', indexes: this.#listed(() => this.#index()) };
  }

  #listed<T>(read: () => T): T[] {
    const all: T[] = [];
    do {
      this.#cursor.space();
      all.push(read());
      this.#cursor.space();
    } while (this.#cursor.take(','));
    return all;
  }

  #index(): number {
    const found = this.#cursor.match(/-?\d+/y)?.[0];
    if (found === undefined) throw failure(this.#cursor.text);
    return Number(found);
  }

  #quoted(): string {
    const cursor = this.#cursor;
    const found = cursor.match(/'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/y);
    if (found === undefined) throw failure(cursor.text);
    return (found[1] ?? found[2] ?? '').replaceAll(/\\([^])/g, '$1');
  }

  #filter(): Filter {
    let left = this.#conjunction();
    while (this.#operator('||')) left = { kind: 'or', left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Filter {
    let left = this.#term();
    while (this.#operator('&&')) left = { kind: 'and', left, right: this.#term() };
    return left;
  }

  #operator(operator: string): boolean {
    this.#cursor.space();
    return this.#cursor.take(operator);
  }

  #term(): Filter {
    const cursor = this.#cursor;
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) throw new TemplateFailure('limit', 'The JSONPath nests too deeply.');
    try {
      cursor.space();
      if (cursor.take('!')) return { kind: 'not', filter: this.#term() };
      if (cursor.take('(')) {
        const inside = this.#filter();
        cursor.space();
        if (!cursor.take(')')) throw failure(cursor.text);
        return inside;
      }
      const left = this.#operand();
      cursor.space();
      const operator = cursor.match(OPERATOR)?.[0];
      if (operator === undefined) return { kind: 'exists', operand: left };
      cursor.space();
      return { kind: 'compare', operator: plain(operator), left, right: this.#operand() };
    } finally {
      this.#nesting -= 1;
    }
  }

  #operand(): Operand {
    const cursor = this.#cursor;
    const root = cursor.peek() === '$';
    if (root || cursor.peek() === '@') {
      cursor.at += 1;
      return { kind: 'path', root, path: this.path() };
    }
    if (/['"]/.test(cursor.peek())) return { kind: 'value', value: this.#quoted() };
    const pattern = cursor.match(/\/((?:[^/\\]|\\[^])+)\/([ims]*)/y);
    if (pattern !== undefined) return { kind: 'pattern', source: pattern[1] ?? '', flags: pattern[2] ?? '' };
    if (cursor.take('[')) {
      const values = this.#listed(() => this.#literal());
      if (!cursor.take(']')) throw failure(cursor.text);
      return { kind: 'values', values };
    }
    return { kind: 'value', value: this.#literal() };
  }

  #literal(): Value {
    const cursor = this.#cursor;
    if (/['"]/.test(cursor.peek())) return this.#quoted();
    const word = cursor.match(/(?:true|false|null)\b/y)?.[0];
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const number = cursor.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number === undefined) throw failure(cursor.text);
    return /[.eE]/.test(number[0]) ? new Double(Number(number[0])) : integer(BigInt(number[0]));
  }
}

const plain = (operator: string): FilterOperator =>
  (operator === '===' ? '==' : operator === '!==' ? '!=' : operator) as FilterOperator;
const whole = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

function isDefinite(step: PathStep): boolean {
  if (step.kind === 'names') return step.names.length === 1;
  return step.kind === 'function' || (step.kind === 'indexes' && step.indexes.length === 1);
}
