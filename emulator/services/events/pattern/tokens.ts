import { InvalidPattern } from './invalid.ts';

/** What a JSON text is made of. `end`: nothing follows. */
export type TokenKind =
  '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end';

interface Token {
  readonly kind: TokenKind;
  /** Of names, strings and numbers. */
  readonly text: string;
  /** Where reading stands when the token was met, and when its text was read: AWS's places are these. */
  readonly met: number;
  readonly read: number;
}

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/** AWS shows so many characters of the pattern. */
const SHOWN = 500;

/**
 * Reads JSON token by token and knows where it is: EventBridge's complaints end in the place where its own
 * reader stood, for example ` at [Source: (String)"{"a": 1}"; line: 1, column: 8]` (recorded).
 */
export class JsonTokens {
  readonly #source: string;
  /** Behind what was read. */
  #at = 0;
  /** Where a complaint would be. */
  #place = 0;
  /** The value behind a name is met together with its name. */
  #pending: Token | undefined;
  readonly #open: { kind: '{' | '['; at: number; empty: boolean }[] = [];
  #current: Token = { kind: 'end', text: '', met: 0, read: 0 };

  constructor(source: string) {
    this.#source = source;
  }

  /** Goes to the next token. @throws InvalidPattern where the text is no JSON */
  next(): TokenKind {
    const token = this.#pending ?? this.#token();
    this.#current = token;
    this.#pending = undefined;
    if (token.kind === '{' || token.kind === '[')
      this.#open.push({ kind: token.kind, at: token.met - 1, empty: true });
    if (token.kind === '}' || token.kind === ']') this.#open.pop();
    this.#place = token.met;
    if (token.kind === 'name') {
      this.#pending = this.#value();
      this.#place = this.#pending.met;
    }
    return token.kind;
  }

  /** The text of a string or number. */
  text(): string {
    this.#place = Math.max(this.#place, this.#current.read);
    return this.#current.text;
  }

  /** The name that was met last. */
  get name(): string {
    return this.#current.text;
  }

  /** A complaint that says where reading stands. */
  complaint(reason: string, at = this.#place): InvalidPattern {
    return new InvalidPattern(`${reason}\n at ${this.#location(at)}`);
  }

  #location(at: number): string {
    const before = this.#source.slice(0, at).split('\n');
    const shown = this.#source.slice(0, SHOWN);
    const rest = this.#source.length - shown.length;
    const source = `(String)"${shown}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`;
    return `[Source: ${source}; line: ${before.length}, column: ${(before.at(-1) ?? '').length + 1}]`;
  }

  /** The next token in the object or array that is open. */
  #token(): Token {
    this.#space();
    const open = this.#open.at(-1);
    if (open === undefined) return this.#at >= this.#source.length ? this.#ended() : this.#value();
    const close = open.kind === '{' ? '}' : ']';
    const mark = this.#source[this.#at];
    if (mark === undefined) throw this.#unfinished(open);
    if (mark === close) return this.#mark(close);
    if (mark === '}' || mark === ']') {
      throw this.complaint(
        `Unexpected close marker '${mark}': expected '${close}' (for ${this.#kindOf(open)} starting at ${this.#location(open.at)})`,
        this.#at + 1,
      );
    }
    if (!open.empty) {
      if (mark !== ',')
        throw this.#unexpected(`was expecting comma to separate ${this.#kindOf(open)} entries`);
      this.#at++;
      this.#space();
    }
    open.empty = false;
    return open.kind === '{' ? this.#name() : this.#value();
  }

  #name(): Token {
    if (this.#source[this.#at] !== '"')
      throw this.#unexpected('was expecting double-quote to start field name');
    const { text, read } = this.#string();
    this.#space();
    if (this.#source[this.#at] !== ':')
      throw this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    return { kind: 'name', text, met: read, read };
  }

  #value(): Token {
    this.#space();
    const mark = this.#source[this.#at];
    if (mark === undefined) {
      const open = this.#open.at(-1);
      throw open === undefined ? this.complaint('Unexpected end-of-input') : this.#unfinished(open);
    }
    if (mark === '{' || mark === '[') return this.#mark(mark);
    if (mark === '"') return this.#string();
    const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
    number.lastIndex = this.#at;
    const digits = number.exec(this.#source)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return { kind: 'number', text: digits, met: this.#at, read: this.#at };
    }
    const word = /[\p{L}\p{N}_$]+/uy;
    word.lastIndex = this.#at;
    const letters = word.exec(this.#source)?.[0];
    if (letters === undefined) throw this.#unexpected(`expected a valid value ${VALUES}`);
    if (letters !== 'true' && letters !== 'false' && letters !== 'null')
      throw this.complaint(
        `Unrecognized token '${letters}': was expecting ${VALUES}`,
        this.#at + letters.length,
      );
    this.#at += letters.length;
    return { kind: letters, text: letters, met: this.#at, read: this.#at };
  }

  #string(): Token {
    const start = this.#at;
    const quoted = /"(?:[^"\\]|\\.)*"/suy;
    quoted.lastIndex = start;
    const found = quoted.exec(this.#source)?.[0];
    if (found === undefined)
      throw this.complaint(
        'Unexpected end-of-input: was expecting closing quote for a string value',
        start + 1,
      );
    let text: string;
    try {
      text = JSON.parse(found) as string;
    } catch {
      throw this.complaint('Illegal character or escape in a string value', start + 1);
    }
    this.#at = start + found.length;
    return { kind: 'string', text, met: start + 1, read: this.#at };
  }

  #mark(kind: '{' | '}' | '[' | ']'): Token {
    this.#at++;
    return { kind, text: '', met: this.#at, read: this.#at };
  }

  #ended(): Token {
    return { kind: 'end', text: '', met: this.#at, read: this.#at };
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#source[this.#at] ?? '')) this.#at++;
  }

  #kindOf({ kind }: { kind: '{' | '[' }): string {
    return kind === '{' ? 'Object' : 'Array';
  }

  #unexpected(expected: string): InvalidPattern {
    const mark = this.#source[this.#at];
    if (mark === undefined) {
      const open = this.#open.at(-1);
      return open === undefined ? this.complaint('Unexpected end-of-input') : this.#unfinished(open);
    }
    const code = mark.charCodeAt(0);
    return this.complaint(`Unexpected character ('${mark}' (code ${code})): ${expected}`, this.#at);
  }

  #unfinished(open: { kind: '{' | '['; at: number }): InvalidPattern {
    return this.complaint(
      `Unexpected end-of-input: expected close marker for ${this.#kindOf(open)} (start marker at ${this.#location(open.at)})`,
      this.#source.length,
    );
  }
}
