/** The range of a field, and its names. */
export interface FieldRange {
  readonly min: number;
  readonly max: number;
  /** `JAN` → 1 */
  readonly names?: readonly string[];
}

/**
 * Reads a field of lists, ranges, steps and `*`: `0/15`, `MON-FRI`, `1,8-10`. A range may go past the end:
 * `FRI-MON`.
 * @returns the values, or undefined where the text is no such field
 */
export function readField(text: string, range: FieldRange): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [span = '', step, ...more] = item.split('/');
    if (more.length > 0) return undefined;
    const by = step === undefined ? 1 : number(step);
    if (by === undefined || by < 1) return undefined;
    const ends = readSpan(span, range, step !== undefined);
    if (ends === undefined) return undefined;
    const [first, last] = ends;
    const size = range.max - range.min + 1;
    const length = last >= first ? last - first : last - first + size;
    for (let at = 0; at <= length; at += by) values.add(range.min + ((first - range.min + at) % size));
  }
  return values;
}

function readSpan(span: string, range: FieldRange, stepped: boolean): [number, number] | undefined {
  if (span === '*') return [range.min, range.max];
  const [from = '', to, ...more] = span.split('-');
  const first = readValue(from, range);
  if (more.length > 0 || first === undefined) return undefined;
  // `5/10` begins at 5 and goes to the end.
  if (to === undefined) return [first, stepped ? range.max : first];
  const last = readValue(to, range);
  return last === undefined ? undefined : [first, last];
}

/** A value by number or name, within the range. */
export function readValue(text: string, { min, max, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + 1 : number(text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function number(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
