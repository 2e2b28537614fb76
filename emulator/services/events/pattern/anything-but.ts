import { InvalidPattern } from './invalid.ts';
import { comparable, tooMany } from './numeric.ts';
import type { JsonTokens, TokenKind } from './tokens.ts';
import { folded, noneOf, ofNumber, ofText, type ValueTest } from './value-test.ts';
import { BadWildcard, matchesWildcard, parseWildcard } from './wildcard.ts';

/** What may stand inside `anything-but`, with AWS's words for values that are no text. */
const inner = {
  prefix: {
    notText: 'prefix/suffix match pattern must be a string',
    test: (wanted: string) => ofText((text) => text.startsWith(wanted)),
  },
  suffix: {
    notText: 'prefix/suffix match pattern must be a string',
    test: (wanted: string) => ofText((text) => text.endsWith(wanted)),
  },
  'equals-ignore-case': {
    notText: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    test: (wanted: string) => {
      const same = folded(wanted);
      return ofText((text) => folded(text) === same);
    },
  },
  wildcard: {
    notText: 'wildcard match pattern must be a string',
    test: (wanted: string) => {
      const wildcard = parseWildcard(wanted);
      return ofText((text) => matchesWildcard(wildcard, text));
    },
  },
} as const;
type Inner = keyof typeof inner;

/** Reads the value of `anything-but`, with the closing brace of its object. */
export function readAnythingBut(tokens: JsonTokens): ValueTest {
  const kind = tokens.next();
  if (kind !== '{') {
    const test = readValues(tokens, kind);
    if (tokens.next() !== '}') throw tooMany(tokens);
    return test;
  }
  if (tokens.next() !== 'name') throw tokens.complaint('Anything-But expression name not found');
  const { name } = tokens;
  if (!Object.hasOwn(inner, name)) throw tokens.complaint(`Unsupported anything-but pattern: ${name}`);
  const test = readTexts(tokens, name as Inner, tokens.next());
  if (tokens.next() !== '}' || tokens.next() !== '}') throw tooMany(tokens);
  return test;
}

function readValues(tokens: JsonTokens, kind: TokenKind): ValueTest {
  if (kind === 'string') return noneOf([equalTo(tokens.text())]);
  if (kind === 'number') return noneOf([equalTo(comparable(tokens))]);
  if (kind !== '[') throw mustBeValue(tokens);
  const tests: ValueTest[] = [];
  const kinds = new Set<TokenKind>();
  repeated(tokens, () => {
    for (let next = tokens.next(); next !== ']'; next = tokens.next()) {
      if (next === 'string') tests.push(equalTo(tokens.text()));
      else if (next === 'number') tests.push(equalTo(comparable(tokens)));
      else throw tokens.complaint('Inside anything but list, start|null|boolean is not supported.');
      kinds.add(next);
    }
  });
  if (kinds.size !== 1)
    throw tokens.complaint(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  return noneOf(tests);
}

function readTexts(tokens: JsonTokens, name: Inner, kind: TokenKind): ValueTest {
  if (kind !== '[' && kind !== 'string' && kind !== 'number') throw mustBeValue(tokens);
  const one = (next: TokenKind): ValueTest => {
    if (next !== 'string') throw tokens.complaint(inner[name].notText);
    const text = tokens.text();
    if (text === '' && (name === 'prefix' || name === 'suffix'))
      throw tokens.complaint('Null prefix/suffix not allowed');
    try {
      return inner[name].test(text);
    } catch (error) {
      if (error instanceof BadWildcard) throw tokens.complaint(error.message);
      throw error;
    }
  };
  if (kind !== '[') return noneOf([one(kind)]);
  const tests: ValueTest[] = [];
  repeated(tokens, () => {
    for (let next = tokens.next(); next !== ']'; next = tokens.next()) tests.push(one(next));
  });
  return noneOf(tests);
}

/** AWS says the place twice where the fault is inside a list (recorded). */
function repeated(tokens: JsonTokens, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidPattern) throw tokens.complaint(error.message);
    throw error;
  }
}

function mustBeValue(tokens: JsonTokens): InvalidPattern {
  return tokens.complaint('Value of anything-but must be an array or single string/number value.');
}

function equalTo(wanted: string | number): ValueTest {
  return typeof wanted === 'string'
    ? ofText((text) => text === wanted)
    : ofNumber((number) => number === wanted);
}
