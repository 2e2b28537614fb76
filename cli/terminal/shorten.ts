import { graphemes, widthOf } from '../../grader/reporters/width.ts';

/** Two cells on every terminal. The character `…` takes one or two, as a Korean or Japanese console has it. */
const leftOut = '..';

/**
 * A text of at most `width` columns: its middle is left out where it is longer, since names that tools make differ at
 * their ends.
 */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= leftOut.length) return leftOut.slice(0, Math.max(0, width));
  const room = width - leftOut.length;
  const parts = graphemes(text);
  const head = fitting(parts, Math.ceil(room / 2));
  const tail = fitting(parts.reverse(), room - widthOf(head.join(''))).reverse();
  return `${head.join('')}${leftOut}${tail.join('')}`;
}

/** The first ones that fit. */
function fitting(parts: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += widthOf(part);
    if (used > width) break;
    taken.push(part);
  }
  return taken;
}
