import { ServiceFailure } from '../../../service/failure.ts';
import { invalid } from '../failures.ts';
import type { Names } from './names.ts';
import { isReserved } from './reserved.ts';
import { tokensOf, type Token } from './tokens.ts';
import { pathText, type Path } from './tree.ts';

/** The longest expression, in bytes. */
const LONGEST = 4096;

/** Walks over the tokens of one expression; the grammars of conditions, projections and updates build on it. */
export class Reader {
  readonly names: Names;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, names: Names) {
    this.names = names;
    this.#text = text;
    if (Buffer.byteLength(text) > LONGEST)
      throw invalid(
        `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(text)}`,
      );
    this.#tokens = tokensOf(text);
    if (this.next.kind === 'end') throw invalid('The expression can not be empty;');
  }

  get next(): Token {
    return this.peek(0);
  }

  peek(ahead: number): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('An expression without tokens.');
    return token;
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  isSign(sign: string, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === 'sign' && text === sign;
  }

  /** Keywords may be written in any case. */
  isWord(word: string): boolean {
    return this.next.kind === 'word' && this.next.text.toUpperCase() === word;
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.take();
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.take();
    return true;
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.unexpected();
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.next.kind !== 'end') throw this.unexpected();
  }

  /** DynamoDB shows the token and its two neighbours. */
  unexpected(): ServiceFailure {
    const token = this.next;
    const before = this.#tokens[this.#at - 1] ?? token;
    const last = this.#tokens[this.#at + 1] ?? token;
    const near = this.#text.slice(before.start, last.end).trimEnd();
    return invalid(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#pathName()];
    for (;;) {
      if (this.takeSign('.')) path.push(this.#pathName());
      else if (this.takeSign('[')) {
        if (this.next.kind !== 'number') throw this.unexpected();
        path.push(Number(this.take().text));
        this.expectSign(']');
      } else return path;
    }
  }

  #pathName(): string {
    const { kind, text } = this.next;
    if (kind === 'name') return this.names.name(this.take().text);
    if (kind !== 'word') throw this.unexpected();
    if (isReserved(text)) throw invalid(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return this.take().text;
  }
}

/**
 * Reads an expression, and says of whatever is wrong with it which member of the request it stands in.
 * @param member for example `ConditionExpression`
 */
export function reading<T>(member: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw invalid(`Invalid ${member}: ${error.message}`);
  }
}

/** @throws ServiceFailure where two paths name the same place, or one lies in the other */
export function checkApart(paths: readonly Path[]): void {
  for (const [index, one] of paths.entries())
    for (const other of paths.slice(index + 1)) {
      const length = Math.min(one.length, other.length);
      const parted = Array.from({ length }, (_, at) => at).find((at) => one[at] !== other[at]);
      const told = `path one: ${pathText(one)}, path two: ${pathText(other)}`;
      if (parted === undefined)
        throw invalid(
          `Two document paths overlap with each other; must remove or rewrite one of these paths; ${told}`,
        );
      if (typeof one[parted] !== typeof other[parted])
        throw invalid(
          `Two document paths conflict with each other; must remove or rewrite one of these paths; ${told}`,
        );
    }
}
