import { Double, integer, List, type Value } from '../velocity/value.ts';

/** Why a text is no JSON; `message` begins as AWS's does. */
export class NotJson extends Error {}

const MAX_DEPTH = 90;

/**
 * Reads JSON and keeps what JavaScript's own parser loses and a template shows: `1.0`, large integers.
 * @throws NotJson
 */
export function readJson(text: string): Value {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$]+/uy;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Value {
    if (depth > MAX_DEPTH) throw new NotJson(`Document nesting depth (${depth}) exceeds the maximum allowed`);
    this.#space();
    switch (this.#text[this.#at]) {
      case undefined:
        throw this.#failure(
          depth === 0 ? 'No content to map due to end-of-input' : 'Unexpected end-of-input',
        );
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#word();
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected('end of input');
  }

  #object(depth: number): Value {
    const members = new Map<string, Value>();
    this.#at += 1;
    if (this.#take('}')) return members;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') throw this.#unexpected('double-quote to start field name');
      const key = this.#string();
      if (!this.#take(':')) throw this.#unexpected('a colon to separate field name and value');
      members.set(key, this.value(depth + 1));
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected('comma to separate Object entries');
    return members;
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#at += 1;
    if (this.#take(']')) return new List(items, true);
    do items.push(this.value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected('comma to separate Array entries');
    return new List(items, true);
  }

  #string(): string {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    if (end >= this.#text.length) {
      throw this.#failure('Unexpected end-of-input: was expecting closing quote for a string value');
    }
    const written = this.#text.slice(this.#at, end + 1);
    try {
      const read = JSON.parse(written) as string;
      this.#at = end + 1;
      return read;
    } catch {
      throw this.#failure('Unrecognized character escape, or an illegal unquoted character, in a string');
    }
  }

  #word(): Value {
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      if (/[.eE]/.test(number)) return new Double(Number(number));
      return number.length < 16 ? Number(number) : integer(BigInt(number));
    }
    const start = this.#at;
    const word = this.#match(WORD);
    switch (word) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      case undefined:
        throw this.#unexpected('a valid value (number, String, array, object, true, false or null)');
      default:
        this.#at = start + word.length;
        throw this.#failure(`Unrecognized token '${word}': was expecting ('true', 'false' or 'null')`);
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #take(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #unexpected(expected: string): NotJson {
    const character = this.#text[this.#at];
    if (character === undefined) return this.#failure('Unexpected end-of-input');
    return this.#failure(
      `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): was expecting ${expected}`,
    );
  }

  #failure(message: string): NotJson {
    const before = this.#text.slice(0, this.#at).split('\n');
    return new NotJson(
      `${message}\n at [line: ${before.length}, column: ${(before.at(-1) ?? '').length + 1}]`,
    );
  }
}
