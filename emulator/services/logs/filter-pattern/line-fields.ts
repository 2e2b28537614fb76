/** A field of a line: its text, and where it stands. */
export interface LineField {
  readonly text: string;
  readonly start: number;
}

const SPACE = /\s/;

/**
 * Splits a line at white space; what stands in square brackets or double quotes is one field, without them.
 * Every closing mark is looked for once, so that the time is proportional to the line's length whatever it holds.
 */
export function fieldsOf(line: string): readonly LineField[] {
  const fields: LineField[] = [];
  const bracket = closing(line, ']');
  const quote = closing(line, '"');
  const endsField = (at: number): boolean => at + 1 >= line.length || SPACE.test(line.charAt(at + 1));
  let at = 0;
  while (at < line.length) {
    const first = line.charAt(at);
    if (SPACE.test(first)) {
      at += 1;
      continue;
    }
    const close = first === '[' ? bracket(at + 1) : first === '"' ? quote(at + 1) : undefined;
    if (close !== undefined && endsField(close)) {
      fields.push({ text: line.slice(at + 1, close), start: at });
      at = close + 1;
      continue;
    }
    let end = at + 1;
    while (end < line.length && !SPACE.test(line.charAt(end))) end += 1;
    fields.push({ text: line.slice(at, end), start: at });
    at = end;
  }
  return fields;
}

/** Finds the next mark that no backslash escapes, at or after a position that only grows. */
function closing(line: string, mark: string): (from: number) => number | undefined {
  let found = -1;
  return (from) => {
    while (found < from && found < line.length) {
      const next = line.indexOf(mark, Math.max(from, found + 1));
      found = next < 0 ? line.length : next;
      let backslashes = 0;
      while (line.charAt(found - 1 - backslashes) === '\\') backslashes += 1;
      if (backslashes % 2 === 1 && found < line.length) from = found + 1;
    }
    return found < line.length ? found : undefined;
  };
}
