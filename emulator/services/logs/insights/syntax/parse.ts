import { QueryFailure } from '../failure.ts';
import { readExpression } from './expressions.ts';
import { Scanner } from './scanner.ts';
import type { Command, Expression, Named, Query } from './tree.ts';

/** Commands of AWS's that this cloud does not carry out. They are refused, never passed over. */
const MISSING = [
  'anomaly',
  'diff',
  'filterindex',
  'join',
  'lookup',
  'pattern',
  'relevantfields',
  'source',
  'unmask',
  'unnest',
];
/** "The default is 10,000"; a query cannot return more. */
export const MOST_ROWS = 10_000;
const MOST_STATS = 2;

/**
 * Parses a query in the Logs Insights query language.
 * @throws QueryFailure
 */
export function parseQuery(text: string): Query {
  const scanner = new Scanner(text);
  const commands: Command[] = [];
  if (scanner.atEnd()) throw scanner.unexpected();
  for (;;) {
    const at = scanner.token.start;
    const command = readCommand(scanner);
    const before = commands.at(-1);
    if (before?.kind === 'dedup' && command.kind !== 'limit')
      throw new QueryFailure('Only the limit command can follow the dedup command.', at, scanner.lastEnd - 1);
    commands.push(command);
    if (commands.filter(({ kind }) => kind === 'stats').length > MOST_STATS)
      throw new QueryFailure(
        `A query can have at most ${MOST_STATS} stats commands.`,
        at,
        scanner.lastEnd - 1,
      );
    if (scanner.atEnd()) return { text, commands };
    scanner.expect('|');
  }
}

function readCommand(scanner: Scanner): Command {
  const { token } = scanner;
  if (token.kind !== 'word' || token.quoted) throw scanner.unexpected();
  const word = token.text.toLowerCase();
  scanner.next();
  switch (word) {
    case 'fields':
    case 'display':
      return { kind: word, items: namedList(scanner) };
    case 'filter':
      return { kind: 'filter', condition: readExpression(scanner) };
    case 'parse':
      return readParse(scanner);
    case 'stats': {
      const items = namedList(scanner);
      return { kind: 'stats', items, by: scanner.takeWord('by') ? namedList(scanner) : [] };
    }
    case 'sort':
      return { kind: 'sort', by: readSort(scanner) };
    case 'limit':
      return { kind: 'limit', count: readLimit(scanner) };
    case 'dedup': {
      const by: Expression[] = [];
      do by.push(readExpression(scanner));
      while (scanner.take(','));
      return { kind: 'dedup', by };
    }
    default:
      if (MISSING.includes(word))
        throw new QueryFailure(
          `The command ${token.text} is not supported by this cloud.`,
          token.start,
          token.end - 1,
        );
      throw scanner.unexpected(token);
  }
}

function namedList(scanner: Scanner): Named[] {
  const items: Named[] = [];
  do items.push(named(scanner));
  while (scanner.take(','));
  return items;
}

/** Without `as`, what was written is the name. */
function named(scanner: Scanner): Named {
  const { start } = scanner.token;
  const expression = readExpression(scanner);
  const written = scanner.query.slice(start, scanner.lastEnd);
  if (scanner.takeWord('as')) return { expression, name: alias(scanner) };
  return { expression, name: expression.kind === 'field' ? expression.name : written.replace(/\s+/g, ' ') };
}

function alias(scanner: Scanner): string {
  const { token } = scanner;
  if (token.kind !== 'word') throw scanner.unexpected();
  scanner.next();
  return token.text;
}

function readSort(scanner: Scanner) {
  const by: { expression: Expression; descending: boolean }[] = [];
  do {
    const expression = readExpression(scanner);
    const descending = scanner.takeWord('desc');
    if (!descending) scanner.takeWord('asc');
    by.push({ expression, descending });
  } while (scanner.take(','));
  return by;
}

function readLimit(scanner: Scanner): number {
  const { token } = scanner;
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw scanner.unexpected();
  scanner.next();
  const count = Number(token.text);
  if (count < 1 || count > MOST_ROWS)
    throw new QueryFailure(`The limit must be between 1 and ${MOST_ROWS}.`, token.start, token.end - 1);
  return count;
}

function readParse(scanner: Scanner): Command {
  const source = readSource(scanner);
  const { token } = scanner;
  if (token.kind === 'sign' && token.text === '/') {
    const regex = scanner.regex();
    const groups = [...regex.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = '']) => name);
    if (groups.length > 0) return { kind: 'parse', source, pattern: { regex }, names: groups };
    // Groups without names get the names behind `as`, in order.
    if (!scanner.takeWord('as'))
      throw new QueryFailure(
        'A regular expression of parse needs named groups: (?<name>…).',
        token.start,
        scanner.lastEnd - 1,
      );
    return { kind: 'parse', source, pattern: { regex }, names: names(scanner) };
  }
  if (token.kind !== 'text') throw scanner.unexpected();
  scanner.next();
  const literals = token.value.split('*');
  if (!scanner.takeWord('as')) throw scanner.unexpected();
  const found = names(scanner);
  if (found.length !== literals.length - 1)
    throw new QueryFailure(
      `The parse expression has ${literals.length - 1} wildcards and ${found.length} names.`,
      token.start,
      scanner.lastEnd - 1,
    );
  return { kind: 'parse', source, pattern: { literals }, names: found };
}

/** What is parsed: a field, or what a function makes of one. A `/` behind it begins the pattern. */
function readSource(scanner: Scanner): Expression {
  const { token } = scanner;
  if (token.kind !== 'word') throw scanner.unexpected();
  const at = token.start;
  scanner.next();
  if (!token.quoted && scanner.take('(')) {
    const inputs: Expression[] = [];
    if (!scanner.take(')')) {
      do inputs.push(readExpression(scanner));
      while (scanner.take(','));
      scanner.expect(')');
    }
    return { kind: 'call', at, name: token.text, inputs };
  }
  return { kind: 'field', at, name: token.text };
}

function names(scanner: Scanner): string[] {
  const found: string[] = [];
  do found.push(alias(scanner));
  while (scanner.take(','));
  return found;
}
