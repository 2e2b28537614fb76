/** A sentence of a lab, and where in the lab's text it stands. */
export interface Said {
  readonly at: string;
  readonly text: string;
}

/**
 * Every sentence of a lab's text. A sentence with gaps is said with `x` in each of them.
 * @param text the lab's text in one language
 */
export function sentencesOf(text: unknown, at = ''): Said[] {
  if (typeof text === 'string') return [{ at, text }];
  if (typeof text === 'function') {
    const say = text as (...gaps: readonly string[]) => unknown;
    return sentencesOf(say('x', 'x', 'x', 'x'), at);
  }
  if (typeof text !== 'object' || text === null) return [];
  return Object.entries(text).flatMap(([key, value]) => sentencesOf(value, at === '' ? key : `${at}.${key}`));
}
