import type { Budget } from './budget.ts';
import { replacement, withPattern } from './java-pattern.ts';
import { javaText } from './java-text.ts';
import { List, numberOf, type Value } from './value.ts';

const SEARCHES: ReadonlySet<string> = new Set(['contains', 'indexOf', 'lastIndexOf', 'replace']);

/** Java's `String`, as far as templates use it. `undefined` where there is no such method. */
export function textMethod(
  text: string,
  name: string,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  const of = (index: number): string => javaText(args[index] ?? null, budget);
  const whole = (index: number): number | undefined => {
    const number = numberOf(args[index] ?? null);
    return number === undefined ? undefined : Math.trunc(Number(number));
  };
  budget.step(1 + text.length / 1000);
  // Looking for a long text in a long text takes up to their product.
  if (SEARCHES.has(name)) budget.step((text.length * of(0).length) / 100_000);
  switch (name) {
    case 'length':
    case 'size':
      return text.length;
    case 'isEmpty':
      return text === '';
    case 'isBlank':
      return text.trim() === '';
    case 'equalsIgnoreCase':
      return text.toLowerCase() === of(0).toLowerCase();
    case 'contains':
      return text.includes(of(0));
    case 'startsWith':
      return text.startsWith(of(0), whole(1) ?? 0);
    case 'endsWith':
      return text.endsWith(of(0));
    case 'indexOf':
      return text.indexOf(of(0), whole(1));
    case 'lastIndexOf':
      return text.lastIndexOf(of(0), whole(1) ?? Infinity);
    case 'substring':
      return substring(text, whole(0), whole(1) ?? text.length);
    case 'charAt':
      return text[whole(0) ?? -1] ?? null;
    case 'concat':
      return budget.text(text + of(0));
    case 'trim':
    case 'strip':
      return text.trim();
    case 'toLowerCase':
      return budget.text(text.toLowerCase());
    case 'toUpperCase':
      return budget.text(text.toUpperCase());
    case 'intern':
      return text;
    case 'repeat': {
      const times = text === '' ? 0 : Math.max(0, whole(0) ?? 0);
      budget.reserve(text.length * times);
      return budget.text(text.repeat(times));
    }
    case 'compareTo':
      return compare(text, of(0));
    case 'compareToIgnoreCase':
      return compare(text.toLowerCase(), of(0).toLowerCase());
    case 'replace':
      return replaceLiterally(text, of(0), of(1), budget);
    default:
      return patternMethod(text, name, of, whole, budget);
  }
}

function patternMethod(
  text: string,
  name: string,
  of: (index: number) => string,
  whole: (index: number) => number | undefined,
  budget: Budget,
): Value | undefined {
  switch (name) {
    case 'replaceAll':
      return withPattern(of(0), budget, (pattern) => replaced(text, pattern, replacement(of(1)), budget));
    case 'replaceFirst':
      return withPattern(of(0), budget, (pattern) =>
        budget.text(
          text.replace(new RegExp(pattern.source, pattern.flags.replace('g', '')), replacement(of(1))),
        ),
      );
    case 'matches':
      return withPattern(`^(?:${of(0)})$`, budget, (pattern) => pattern.test(text));
    case 'split':
      return withPattern(of(0), budget, (pattern) => split(text, pattern, whole(1) ?? 0, budget));
    default:
      return undefined;
  }
}

/** The growth is known before it happens: matches times the length of what takes their place. */
function replaced(text: string, pattern: RegExp, by: string, budget: Budget): string {
  if (by.length > 1) {
    const matches = [...text.matchAll(pattern)].length;
    budget.step(matches);
    // A group stands for at most the whole text.
    budget.reserve(matches * by.length);
  }
  if (/\$\d/.test(by)) {
    let size = 0;
    return budget.text(
      text.replace(pattern, (...found: unknown[]) => {
        const groups = found.filter((_group, index) => index < found.length - 2) as (string | undefined)[];
        const made = by.replaceAll(/\$(\$|\d)/g, (_whole, key: string) =>
          key === '$' ? '$' : (groups[Number(key)] ?? ''),
        );
        size += made.length;
        budget.reserve(size);
        return made;
      }),
    );
  }
  return budget.text(text.replace(pattern, by));
}

function replaceLiterally(text: string, from: string, to: string, budget: Budget): string {
  budget.step(1 + text.length / 100);
  if (to.length > from.length) {
    const matches = from === '' ? text.length + 1 : text.split(from).length - 1;
    budget.reserve(matches * to.length);
  }
  return budget.text(text.replaceAll(from, () => to));
}

/** Java leaves out empty texts at the end. */
function split(text: string, pattern: RegExp, limit: number, budget: Budget): List {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue;
    budget.step();
    parts.push(text.slice(from, match.index));
    from = end;
  }
  parts.push(text.slice(from));
  while (limit === 0 && parts.length > 1 && parts.at(-1) === '') parts.pop();
  return new List(parts);
}

/** Out of bounds throws in Java, which leaves a template with nothing. */
const substring = (text: string, from: number | undefined, to: number): Value =>
  from === undefined || from < 0 || to > text.length || from > to ? null : text.slice(from, to);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
