/** A compiled pattern: UTF-16 code units, with the wildcards as numbers that no code unit has. */
export type Pattern = readonly number[];

const anyRun = -1;
const anyOne = -2;
const star = 42;
const question = 63;

/** Turns text into a pattern in which `*` stands for any run of characters and `?` for exactly one. */
export function pattern(text: string): Pattern {
  const units: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    units.push(unit === star ? anyRun : unit === question ? anyOne : unit);
  }
  return units;
}

/** Turns text into a pattern that only the same text matches: what a policy variable stands for has no wildcards. */
export function literal(text: string): Pattern {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/**
 * Whether the whole text matches. Only the last `*` is ever gone back to, so that the work is at most the
 * product of the two lengths (a regular expression made from `*a*a*a*b` would take exponential time).
 */
export function matches(wanted: Pattern, text: string): boolean {
  let at = 0;
  let from = 0;
  let runAt = -1;
  let runFrom = 0;
  while (from < text.length) {
    const unit = wanted[at];
    if (unit === anyRun) {
      runAt = at++;
      runFrom = from;
    } else if (unit !== undefined && (unit === anyOne || unit === text.charCodeAt(from))) {
      at++;
      from++;
    } else if (runAt >= 0) {
      at = runAt + 1;
      from = ++runFrom;
    } else return false;
  }
  while (wanted[at] === anyRun) at++;
  return at === wanted.length;
}

/** {@link matches} for a pattern in plain text. */
export function glob(text: string, subject: string): boolean {
  return matches(pattern(text), subject);
}
