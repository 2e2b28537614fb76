/** Columns, and markers on one line: far beyond what anybody indents. */
const MAX_INDENT = 400;
const MAX_OPEN = 1000;

/**
 * Whether a YAML text may nest so deeply that reading it ends the stack. Only an estimate from above: brackets within
 * texts count too, where they stay open.
 */
export function mayNestDeeply(yaml: string): boolean {
  let open = 0;
  for (const line of yaml.split('\n')) {
    const lead = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0] ?? '';
    if (lead.length > MAX_INDENT) return true;
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if ((character === ']' || character === '}') && open > 0) open -= 1;
      if (open > MAX_OPEN) return true;
    }
  }
  return false;
}
