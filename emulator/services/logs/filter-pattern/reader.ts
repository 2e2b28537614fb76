import { FilterPatternFailure } from './failure.ts';
import { compileRegex, type LineRegex } from './regex.ts';

/** "There is a limit of 2 regex for each filter pattern": CloudWatch Logs User Guide, filter pattern syntax. */
const REGEX_LIMIT = 2;

/** Reads a pattern from left to right and counts what the language limits. */
export class PatternReader {
  readonly text: string;
  position: number;
  readonly end: number;
  #regexes = 0;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.position = start;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  /** The character at the position, or an empty string at the end. */
  peek(offset = 0): string {
    const at = this.position + offset;
    return at < this.end ? (this.text[at] ?? '') : '';
  }

  startsWith(text: string): boolean {
    return this.position + text.length <= this.end && this.text.startsWith(text, this.position);
  }

  /** Steps over `text` if it stands here. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Steps over white space. False: nothing follows it. */
  skipSpace(): boolean {
    while (!this.done && /\s/.test(this.peek())) this.position += 1;
    return !this.done;
  }

  /** The longest run of characters that `allowed` (one character each) matches. */
  run(allowed: RegExp): string {
    const start = this.position;
    while (!this.done && allowed.test(this.peek())) this.position += 1;
    return this.text.slice(start, this.position);
  }

  /** Text between double quotes; `\"` and `\\` stand for the characters themselves. */
  quoted(): string {
    const start = this.position;
    this.position += 1;
    let value = '';
    while (!this.done) {
      const character = this.peek();
      if (character === '"') {
        this.position += 1;
        return value;
      }
      const next = this.peek(1);
      if (character === '\\' && (next === '"' || next === '\\')) {
        value += next;
        this.position += 2;
      } else {
        value += character;
        this.position += 1;
      }
    }
    throw FilterPatternFailure.characters(start, '"', 'This quote is not closed.');
  }

  /** A regular expression between percent signs. */
  regex(): LineRegex {
    const start = this.position;
    const close = this.text.indexOf('%', start + 1);
    if (close < 0 || close >= this.end)
      throw FilterPatternFailure.characters(start, '%', 'This regular expression is not closed with %.');
    this.#regexes += 1;
    if (this.#regexes > REGEX_LIMIT)
      throw FilterPatternFailure.structure(
        start,
        `A pattern may hold at most ${REGEX_LIMIT} regular expressions.`,
      );
    this.position = close + 1;
    return compileRegex(this.text.slice(start + 1, close), start + 1);
  }

  /** The failure for whatever stands at the position. */
  unexpected(expected: string): FilterPatternFailure {
    if (this.done) return FilterPatternFailure.structure(this.position, `Here should follow ${expected}.`);
    return FilterPatternFailure.characters(
      this.position,
      this.peek(),
      `Here should stand ${expected}, not '${this.peek()}'.`,
    );
  }
}
