/** Replaces a text that must be there once, so that a change of the solution is noticed. */
export function replaced(source: string, from: string, to: string): string {
  if (source.split(from).length !== 2) throw new Error(`the solution does not say exactly once: ${from}`);
  return source.replace(from, () => to);
}
