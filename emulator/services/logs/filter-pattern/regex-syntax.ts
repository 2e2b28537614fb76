import { FilterPatternFailure } from './failure.ts';

/** Index of the class of every character beyond ASCII: the syntax cannot name one of them. */
export const BEYOND_ASCII = 128;

/** Which characters match: one flag for each ASCII code, and one for all others. */
export type CharacterSet = Uint8Array;

export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'start' | 'end' | 'empty' }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexNode; readonly min: number; readonly max: number };

/*
 * The supported syntax: letters, digits, the symbols : _ # = @ / ; , - and the operators ^ $ ? [ ] { } | \ * + .
 * (CloudWatch Logs User Guide, "Supported regular expressions (regex) syntax"). A space stands in its examples.
 */
const LITERAL = /[A-Za-z0-9:_#=@/;, -]/;
const OPERATOR = /[\^$?[\]{}|\\*+.]/;
/** Bounds `a{1000}{1000}` before it is unfolded. */
const MAX_COUNT = 1000;

function setOf(test: (code: number) => boolean, others: boolean): CharacterSet {
  const set = new Uint8Array(BEYOND_ASCII + 1);
  for (let code = 0; code < BEYOND_ASCII; code += 1) set[code] = test(code) ? 1 : 0;
  set[BEYOND_ASCII] = others ? 1 : 0;
  return set;
}
const matching = (pattern: RegExp): CharacterSet =>
  setOf((code) => pattern.test(String.fromCharCode(code)), false);
const negated = (set: CharacterSet): CharacterSet => set.map((flag) => 1 - flag);
const single = (code: number): CharacterSet => setOf((other) => other === code, false);

const DIGIT = matching(/[0-9]/);
const SPACE = matching(/[ \t\n\v\f\r]/);
const WORD = matching(/[A-Za-z0-9_]/);
const SHORTHANDS: Readonly<Record<string, CharacterSet>> = {
  d: DIGIT,
  D: negated(DIGIT),
  s: SPACE,
  S: negated(SPACE),
  w: WORD,
  W: negated(WORD),
};
const ANY = setOf((code) => code !== 10 && code !== 13, true);

/** Parses the text between two percent signs. `offset` is where it begins in the whole pattern. */
export function parseRegex(source: string, offset: number): RegexNode {
  let at = 0;
  const peek = (): string => source[at] ?? '';
  const refuse = (reason: string, from = at, length = 1): FilterPatternFailure =>
    FilterPatternFailure.characters(offset + from, source.slice(from, from + length) || '%', reason);

  function alternatives(): RegexNode {
    const parts = [sequence()];
    while (peek() === '|') {
      at += 1;
      parts.push(sequence());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'any', parts };
  }

  function sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (at < source.length && peek() !== '|') parts.push(quantified());
    return { kind: 'all', parts };
  }

  function quantified(): RegexNode {
    let part = atom();
    for (;;) {
      const character = peek();
      if (character === '*') part = { kind: 'repeat', part, min: 0, max: Infinity };
      else if (character === '+') part = { kind: 'repeat', part, min: 1, max: Infinity };
      else if (character === '?') part = { kind: 'repeat', part, min: 0, max: 1 };
      else if (character === '{') {
        part = counted(part);
        continue;
      } else return part;
      at += 1;
    }
  }

  function counted(part: RegexNode): RegexNode {
    const found = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(source.slice(at));
    if (found === null) throw refuse('A count is {m}, {m,} or {m,n}.');
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]);
    if (max < min || min > MAX_COUNT || (max !== Infinity && max > MAX_COUNT))
      throw refuse(`A count goes up, and to ${MAX_COUNT} at most.`, at, found[0].length);
    at += found[0].length;
    return { kind: 'repeat', part, min, max };
  }

  function atom(): RegexNode {
    const character = peek();
    if (character === '^' || character === '$') {
      at += 1;
      return { kind: character === '^' ? 'start' : 'end' };
    }
    if (character === '.') {
      at += 1;
      return { kind: 'set', set: ANY };
    }
    if (character === '[') return { kind: 'set', set: bracket() };
    if (character === '\\') return { kind: 'set', set: escape() };
    if (!LITERAL.test(character))
      throw refuse(
        OPERATOR.test(character)
          ? `'${character}' has nothing before it to apply to; write \\${character} for the character itself.`
          : `'${character}' is not supported in a regular expression here; \\xhh names any ASCII character.`,
      );
    at += 1;
    return { kind: 'set', set: single(character.charCodeAt(0)) };
  }

  /** `\d`, `\x28`, or an operator or symbol that stands for itself. */
  function escape(): CharacterSet {
    const start = at;
    const character = source[at + 1] ?? '';
    at += 2;
    const shorthand = Object.hasOwn(SHORTHANDS, character) ? SHORTHANDS[character] : undefined;
    if (shorthand !== undefined) return shorthand;
    if (character === 'x') {
      const digits = source.slice(at, at + 2);
      if (!/^[0-7][0-9A-Fa-f]$/.test(digits))
        throw refuse('\\x is followed by two hexadecimal digits of an ASCII code.', start, 4);
      at += 2;
      return single(Number.parseInt(digits, 16));
    }
    if (
      character === '' ||
      /[A-Za-z0-9]/.test(character) ||
      !(OPERATOR.test(character) || LITERAL.test(character))
    )
      throw refuse('Only \\d \\D \\s \\S \\w \\W \\xhh and escaped operators are supported.', start, 2);
    return single(character.charCodeAt(0));
  }

  function bracket(): CharacterSet {
    const start = at;
    at += 1;
    const negate = peek() === '^';
    if (negate) at += 1;
    const set = new Uint8Array(BEYOND_ASCII + 1);
    let empty = true;
    while (peek() !== ']') {
      if (at >= source.length) throw refuse('This [ is not closed.', start);
      const first = member();
      let last = first;
      if (first.code !== undefined && peek() === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
        at += 1;
        last = member();
        if (last.code === undefined || last.code < first.code)
          throw refuse('A range goes from a character to a later one.', start, at - start);
      }
      if (first.code === undefined || last.code === undefined) {
        first.set.forEach((flag, code) => {
          if (flag === 1) set[code] = 1;
        });
      } else set.fill(1, first.code, last.code + 1);
      empty = false;
    }
    at += 1;
    if (empty) throw refuse('There is nothing between [ and ].', start, at - start);
    return negate ? negated(set) : set;
  }

  /** One member of a bracket: a character (with its code) or a shorthand class. */
  function member(): { readonly set: CharacterSet; readonly code: number | undefined } {
    const character = peek();
    if (character === '\\') {
      const shorthand = Object.hasOwn(SHORTHANDS, source[at + 1] ?? '');
      const set = escape();
      return { set, code: shorthand ? undefined : set.indexOf(1) };
    }
    if (!LITERAL.test(character) && !OPERATOR.test(character))
      throw refuse(`'${character}' is not supported in a regular expression here.`);
    at += 1;
    return { set: single(character.charCodeAt(0)), code: character.charCodeAt(0) };
  }

  if (source === '')
    throw FilterPatternFailure.characters(offset - 1, '%%', 'The regular expression is empty.');
  return alternatives();
}
