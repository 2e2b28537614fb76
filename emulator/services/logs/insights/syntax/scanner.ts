import { QueryFailure } from '../failure.ts';
import type { Duration } from './tree.ts';

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'word'; readonly text: string; /** Written in backticks. */ readonly quoted: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'duration'; readonly text: string; readonly span: Duration }
  | { readonly kind: 'text'; readonly text: string; readonly value: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' }
);

const SPACE = /(?:\s+|#[^\n]*)*/y;
const WORD = /[@A-Za-z_$][\w@.$]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const DURATION =
  /(\d+)\s?(milliseconds?|msec|ms|seconds?|sec|s|minutes?|min|m|hours?|hr|h|days?|d|weeks?|w|months?|mon|mo|quarters?|qtr|q|years?|yr|y)(?![\w.])/y;
const SIGN = /=~|!=|<=|>=|[|,()[\]=<>+\-*/%^]/y;

const UNITS: readonly (readonly [RegExp, Duration['unit']])[] = [
  [/^(?:ms|msec|millisecond)/, 'ms'],
  [/^(?:mo|mon|month)/, 'mo'],
  [/^(?:m|min)/, 'm'],
  [/^s/, 's'],
  [/^h/, 'h'],
  [/^d/, 'd'],
  [/^w/, 'w'],
  [/^q/, 'q'],
  [/^y/, 'y'],
];

/** Reads a query token by token. What a `/` means only the grammar knows, so regular expressions are asked for. */
export class Scanner {
  readonly query: string;
  #token: Token;
  /** Where the token before the present one ended. */
  lastEnd = 0;

  constructor(query: string) {
    this.query = query;
    this.#token = this.#read(0);
  }

  get token(): Token {
    return this.#token;
  }

  atEnd(): boolean {
    return this.#token.kind === 'end';
  }

  /** Takes the present token. */
  next(): Token {
    const token = this.#token;
    this.lastEnd = token.end;
    this.#token = this.#read(token.end);
    return token;
  }

  /** Whether the present token is a sign; takes it. */
  take(sign: string): boolean {
    if (this.#token.kind !== 'sign' || this.#token.text !== sign) return false;
    this.next();
    return true;
  }

  /** Whether the present token is a word, in whatever case; takes it. */
  takeWord(word: string): boolean {
    if (!this.atWord(word)) return false;
    this.next();
    return true;
  }

  atWord(...words: readonly string[]): boolean {
    const token = this.#token;
    return token.kind === 'word' && !token.quoted && words.includes(token.text.toLowerCase());
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected();
  }

  unexpected(token: Token = this.#token): QueryFailure {
    return QueryFailure.unexpected(this.query, this.query.slice(token.start, token.end), token.start);
  }

  /** The regular expression whose first `/` is the present token. @throws QueryFailure */
  regex(): RegExp {
    const { start } = this.#token;
    let at = start + 1;
    let inClass = false;
    for (; ; at += 1) {
      const character = this.query[at];
      if (character === undefined || character === '\n') throw this.unexpected();
      if (character === '\\') at += 1;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) break;
    }
    const source = this.query.slice(start + 1, at);
    const end = at + 1;
    this.lastEnd = end;
    this.#token = this.#read(end);
    return compileRegex(source, start, end);
  }

  #read(from: number): Token {
    const { query } = this;
    const start = from + (matchAt(SPACE, query, from)?.[0].length ?? 0);
    if (start >= query.length) return { kind: 'end', text: '', start: query.length, end: query.length };
    const first = query[start] ?? '';
    if (first === '`') {
      const close = query.indexOf('`', start + 1);
      if (close < 0) throw QueryFailure.unexpected(query, first, start);
      return { kind: 'word', text: query.slice(start + 1, close), quoted: true, start, end: close + 1 };
    }
    if (first === '"' || first === "'") return this.#text(start, first);
    const duration = matchAt(DURATION, query, start);
    if (duration !== null) {
      const [text, count, name = ''] = duration;
      const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? 's';
      return {
        kind: 'duration',
        text,
        span: { count: Number(count), unit },
        start,
        end: start + text.length,
      };
    }
    for (const [kind, pattern] of [
      ['number', NUMBER],
      ['word', WORD],
      ['sign', SIGN],
    ] as const) {
      const text = matchAt(pattern, query, start)?.[0];
      if (text === undefined) continue;
      const end = start + text.length;
      return kind === 'word' ? { kind, text, quoted: false, start, end } : { kind, text, start, end };
    }
    throw QueryFailure.unexpected(query, first, start);
  }

  #text(start: number, quote: string): Token {
    let value = '';
    for (let at = start + 1; at < this.query.length; at += 1) {
      const character = this.query[at] ?? '';
      if (character === quote)
        return { kind: 'text', text: this.query.slice(start, at + 1), value, start, end: at + 1 };
      if (character !== '\\') value += character;
      else {
        at += 1;
        value += escaped(this.query[at] ?? '');
      }
    }
    throw QueryFailure.unexpected(this.query, quote, start);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function escaped(character: string): string {
  const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  if (Object.hasOwn(known, character)) return known[character] ?? '';
  // A backslash before anything that needs none stays: `"\d"` is a text of two characters.
  return /["'`\\/]/.test(character) ? character : `\\${character}`;
}

/** Flags at the beginning, `(?i)`, and Python's `(?P<name>…)` are written the way JavaScript has them. */
export function compileRegex(source: string, start: number, end: number): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(source);
  const plain = source.slice(flags?.[0].length ?? 0).replaceAll('(?P<', '(?<');
  try {
    return new RegExp(plain, [...new Set(flags?.[1] ?? '')].join(''));
  } catch {
    throw new QueryFailure(`Invalid regular expression: /${source}/`, start, end - 1);
  }
}
