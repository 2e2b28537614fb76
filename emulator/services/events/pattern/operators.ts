import { blockOf, inBlock, parseBlock } from './address.ts';
import { readAnythingBut } from './anything-but.ts';
import { InvalidPattern } from './invalid.ts';
import { readNumeric, tooMany } from './numeric.ts';
import type { JsonTokens, TokenKind } from './tokens.ts';
import { folded, ofText, type ValueTest } from './value-test.ts';
import { BadWildcard, matchesWildcard, parseWildcard, tooComplex } from './wildcard.ts';

/** A test of a value, or the wish that there be none. */
export type Operator = ValueTest | 'absent';

/** A plain value of a pattern. An address is compared as an address: `::1` and `0:0:0:0:0:0:0:1` are the same. */
export function exactly(kind: TokenKind, text: string): ValueTest | undefined {
  switch (kind) {
    case 'string': {
      const block = blockOf(text);
      return block === undefined
        ? (value) => value === text
        : ofText((value) => value === text || inBlock(block, value));
    }
    case 'number': {
      const number = Number(text);
      return (value) => value === number;
    }
    case 'true':
    case 'false':
      return (value) => value === (kind === 'true');
    case 'null':
      return (value) => value === null;
    default:
      return undefined;
  }
}

/** Reads what follows `{` of `{"prefix": "a"}`, with the closing brace. */
export function readOperator(tokens: JsonTokens): Operator {
  if (tokens.next() !== 'name') throw tokens.complaint('Match expression name not found');
  const { name } = tokens;
  switch (name) {
    case 'exactly': {
      const wanted = readText(tokens, tokens.next(), 'exact');
      return closed(tokens, (value) => value === wanted);
    }
    case 'prefix':
    case 'suffix':
      return readEnd(tokens, name);
    case 'equals-ignore-case': {
      const wanted = folded(readText(tokens, tokens.next(), name));
      return closed(
        tokens,
        ofText((text) => folded(text) === wanted),
      );
    }
    case 'wildcard':
      return readWildcard(tokens);
    case 'numeric': {
      if (tokens.next() !== '[') throw tokens.complaint('Value of numeric must be an array.');
      const test = readNumeric(tokens);
      if (tokens.next() !== '}') throw tooMany(tokens);
      return test;
    }
    case 'anything-but':
      return readAnythingBut(tokens);
    case 'exists': {
      const kind = tokens.next();
      if (kind !== 'true' && kind !== 'false')
        throw tokens.complaint('exists match pattern must be either true or false.');
      return closed(tokens, kind === 'true' ? () => true : 'absent');
    }
    case 'cidr': {
      // AWS speaks of a prefix here (recorded).
      const block = parseBlock(readText(tokens, tokens.next(), 'prefix'));
      return closed(
        tokens,
        ofText((text) => inBlock(block, text)),
      );
    }
    default:
      throw tokens.complaint(`Unrecognized match type ${name}`);
  }
}

/** `{"prefix": "a"}`, `{"suffix": {"equals-ignore-case": ".PNG"}}` */
function readEnd(tokens: JsonTokens, name: 'prefix' | 'suffix'): ValueTest {
  const ends = (text: string, wanted: string): boolean =>
    name === 'prefix' ? text.startsWith(wanted) : text.endsWith(wanted);
  const kind = tokens.next();
  if (kind !== '{') {
    const wanted = readText(tokens, kind, name);
    return closed(
      tokens,
      ofText((text) => ends(text, wanted)),
    );
  }
  const title = name === 'prefix' ? 'Prefix' : 'Suffix';
  if (tokens.next() !== 'name') throw tokens.complaint(`${title} expression name not found`);
  if (tokens.name !== 'equals-ignore-case')
    throw tokens.complaint(`Unsupported ${name} pattern: ${tokens.name}`);
  const wanted = folded(readText(tokens, tokens.next(), 'equals-ignore-case'));
  return closed(
    tokens,
    closed(
      tokens,
      ofText((text) => ends(folded(text), wanted)),
    ),
  );
}

function readWildcard(tokens: JsonTokens): ValueTest {
  const text = readText(tokens, tokens.next(), 'wildcard');
  try {
    const wildcard = parseWildcard(text);
    if (tooComplex(wildcard))
      throw new InvalidPattern(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    return closed(
      tokens,
      ofText((value) => matchesWildcard(wildcard, value)),
    );
  } catch (error) {
    if (error instanceof BadWildcard) throw tokens.complaint(error.message);
    throw error;
  }
}

function readText(tokens: JsonTokens, kind: TokenKind, name: string): string {
  if (kind !== 'string') throw tokens.complaint(`${name} match pattern must be a string`);
  return tokens.text();
}

function closed<T extends Operator>(tokens: JsonTokens, operator: T): T {
  if (tokens.next() !== '}') throw tokens.complaint('Only one key allowed in match expression');
  return operator;
}
