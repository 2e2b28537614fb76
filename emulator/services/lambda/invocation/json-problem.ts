/* How Jackson, AWS's JSON reader, names the place of a problem (recorded: test_lambda_invoke_payload_encoding_error). */
const source = (line: number, column: number): string =>
  `[Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`;

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;

class Problem extends Error {}

/**
 * What is wrong with a text that is no JSON, worded as AWS words it: only called when reading has failed.
 * @param bytes a payload that cannot be read
 */
export function jsonProblem(bytes: Uint8Array): string {
  try {
    new Reader(bytes).document();
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  return `Unexpected content\n at ${source(1, 1)}`;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  document(): void {
    this.#space();
    this.#value();
    this.#space();
    if (this.#at < this.#bytes.length) this.#unexpected('Expected space separating root-level values');
  }

  #value(): void {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) this.#fail('No content to map due to end-of-input', this.#at);
    const char = String.fromCharCode(byte);
    if (char === '{') this.#members();
    else if (char === '[') this.#items();
    else if (char === '"') this.#string();
    else if (/[-\d]/.test(char)) this.#number();
    else if (/[A-Za-z_$]/.test(char)) this.#token();
    else this.#unexpected(`expected a valid value ${values}`);
  }

  #members(): void {
    const start = this.#at++;
    for (let first = true; ; first = false) {
      if (this.#closes('}', start, 'Object', first)) return;
      if (this.#bytes[this.#at] !== 0x22) this.#unexpected('was expecting double-quote to start field name');
      this.#string();
      this.#space();
      this.#orEnd(start, 'Object');
      if (this.#bytes[this.#at] !== 0x3a) {
        this.#unexpected('was expecting a colon to separate field name and value');
      }
      this.#at++;
      this.#space();
      this.#orEnd(start, 'Object');
      this.#value();
    }
  }

  #items(): void {
    const start = this.#at++;
    for (let first = true; ; first = false) {
      if (this.#closes(']', start, 'Array', first)) return;
      this.#value();
    }
  }

  /* Steps over a comma where one is due, and over the closing bracket where it stands. */
  #closes(bracket: '}' | ']', start: number, kind: 'Object' | 'Array', first: boolean): boolean {
    this.#space();
    this.#orEnd(start, kind);
    const char = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    if (char === bracket) {
      this.#at++;
      return true;
    }
    if (first) return false;
    if (char !== ',') this.#unexpected(`was expecting comma to separate ${kind} entries`);
    this.#at++;
    this.#space();
    this.#orEnd(start, kind);
    return false;
  }

  #string(): void {
    for (let at = this.#at + 1; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte === 0x22) {
        this.#checkEncoding(this.#at, at);
        this.#at = at + 1;
        return;
      }
      if (byte < 0x20) {
        this.#at = at;
        this.#fail(
          `Illegal unquoted character ((CTRL-CHAR, code ${byte})): has to be escaped using backslash to be included in string value`,
          at + 1,
        );
      }
      if (byte !== 0x5c) continue;
      at++;
      const escaped = String.fromCharCode(this.#bytes[at] ?? 0);
      if (escaped === 'u') {
        const hex = new TextDecoder('latin1').decode(this.#bytes.subarray(at + 1, at + 5));
        if (!/^[\da-fA-F]{4}$/.test(hex)) {
          this.#at = at + 1;
          this.#unexpected('expected a hex-digit for character escape sequence');
        }
      } else if (!'"\\/bfnrt'.includes(escaped)) {
        this.#at = at;
        this.#fail(`Unrecognized character escape ${this.#describe(at)}`, at + 1);
      }
    }
    this.#fail('Unexpected end-of-input: was expecting closing quote for a string value', this.#bytes.length);
  }

  #number(): void {
    const text = new TextDecoder('latin1').decode(this.#bytes.subarray(this.#at, this.#at + 400));
    const length = numberPattern.exec(text)?.[0].length;
    if (length === undefined) {
      this.#at++;
      this.#unexpected('Expected digit (0-9) to follow minus sign, for valid numeric value');
    }
    this.#at += length;
    const next = text.slice(length, length + 1);
    if (/[\dA-Za-z.+-]/.test(next)) this.#unexpected('Expected space separating root-level values');
  }

  #token(): void {
    let end = this.#at;
    while (/[A-Za-z0-9_$]/.test(String.fromCharCode(this.#bytes[end] ?? 0))) end++;
    const next = this.#bytes[end];
    if (next !== undefined && next >= 0x80) this.#checkEncoding(end, end + 4);
    const token = new TextDecoder('latin1').decode(this.#bytes.subarray(this.#at, end));
    if (token !== 'true' && token !== 'false' && token !== 'null') {
      this.#fail(`Unrecognized token '${token}': was expecting ${values}`, end);
    }
    this.#at = end;
  }

  /* @throws Problem for bytes from `start` to `end` that are no UTF-8 */
  #checkEncoding(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte < 0x80) continue;
      const length = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (byte < 0xc2 || byte >= 0xf8) {
        this.#fail(`Invalid UTF-8 start byte 0x${byte.toString(16)}`, at + 1);
      }
      for (let more = 1; more < length; more++) {
        const middle = this.#bytes[at + more] ?? 0;
        if ((middle & 0xc0) !== 0x80) {
          this.#fail(`Invalid UTF-8 middle byte 0x${middle.toString(16)}`, at + more);
        }
      }
      at += length - 1;
    }
  }

  #space(): void {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.#bytes[this.#at] ?? 0)) this.#at++;
  }

  #orEnd(start: number, kind: 'Object' | 'Array'): void {
    if (this.#at < this.#bytes.length) return;
    const marker = this.#place(start);
    this.#fail(
      `Unexpected end-of-input: expected close marker for ${kind} (start marker at ${source(...marker)})`,
      this.#at,
    );
  }

  #unexpected(expected: string): never {
    return this.#fail(`Unexpected character (${this.#describe(this.#at)}): ${expected}`, this.#at);
  }

  #describe(at: number): string {
    const byte = this.#bytes[at];
    if (byte === undefined) return '(END)';
    if (byte < 0x20 || (byte >= 0x7f && byte < 0xa0)) return `(CTRL-CHAR, code ${byte})`;
    return `'${String.fromCharCode(byte)}' (code ${byte})`;
  }

  #place(offset: number): [line: number, column: number] {
    let line = 1;
    let start = 0;
    for (let at = 0; at < offset; at++) {
      if (this.#bytes[at] === 0x0a) {
        line++;
        start = at + 1;
      }
    }
    return [line, offset - start + 1];
  }

  #fail(message: string, offset: number): never {
    throw new Problem(`${message}\n at ${source(...this.#place(offset))}`);
  }
}
