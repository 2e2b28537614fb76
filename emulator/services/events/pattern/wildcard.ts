/**
 * Patterns with `*` for any run of characters; `\*` and `\\` stand for themselves.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export interface Wildcard {
  /** What stands between the `*`. */
  readonly pieces: readonly string[];
}

/** A wildcard that cannot be read; positions count bytes, with the quotes, as AWS counts them. */
export class BadWildcard extends Error {}

/** @throws BadWildcard */
export function parseWildcard(text: string): Wildcard {
  const pieces: string[] = [];
  let piece = '';
  let position = 1;
  for (let at = 0; at < text.length;) {
    const mark = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const next = text[at + 1];
    if (mark === '*') {
      if (next === '*') throw new BadWildcard(`Consecutive wildcard characters at pos ${position}`);
      pieces.push(piece);
      piece = '';
    } else if (mark === '\\') {
      if (next !== '*' && next !== '\\') throw new BadWildcard(`Invalid escape character at pos ${position}`);
      piece += next;
      at++;
      position++;
    } else piece += mark;
    at += mark.length;
    position += Buffer.byteLength(mark);
  }
  return { pieces: [...pieces, piece] };
}

/**
 * Whether AWS would say that the rule is too complex. It refuses what could be in many places at once while it
 * reads a value; its threshold is not published. Here: five pieces behind a `*` that begin alike, which is what
 * the example of its documentation (`*:*:*:*:*:event-bus/*`, refused) has.
 */
export function tooComplex({ pieces }: Wildcard): boolean {
  const beginnings = new Map<string, number>();
  for (const piece of pieces.slice(1)) {
    if (piece === '') continue;
    const count = (beginnings.get(piece.charAt(0)) ?? 0) + 1;
    if (count >= 5) return true;
    beginnings.set(piece.charAt(0), count);
  }
  return false;
}

/** Whether a whole text matches, in time proportional to the lengths of both. */
export function matchesWildcard({ pieces }: Wildcard, text: string): boolean {
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) ?? '';
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  // The earliest place of each piece leaves the most room for those that follow.
  for (const piece of pieces.slice(1, -1)) {
    const found = find(piece, text, at, end);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

/** Knuth, Morris and Pratt's search between two places. */
function find(piece: string, text: string, from: number, to: number): number {
  if (piece === '') return from;
  const fallback = fallbacks(piece);
  let matched = 0;
  for (let at = from; at < to; at++) {
    while (matched > 0 && piece[matched] !== text[at]) matched = fallback[matched - 1] ?? 0;
    if (piece[matched] === text[at]) matched++;
    if (matched === piece.length) return at - matched + 1;
  }
  return -1;
}

function fallbacks(piece: string): number[] {
  const table = [0];
  let matched = 0;
  for (let at = 1; at < piece.length; at++) {
    while (matched > 0 && piece[matched] !== piece[at]) matched = table[matched - 1] ?? 0;
    if (piece[matched] === piece[at]) matched++;
    table.push(matched);
  }
  return table;
}
