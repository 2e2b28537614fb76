/** A path into an event: `$.detail.items[0].name`, `$['detail-type']`. `*`: every member. */
export type JsonPath = readonly (string | number)[];

/** Reads a path, or answers undefined where the text is none. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]'"()\s]+)|\[(\d+)\]|\[\*\]|\['([^']+)'\]|\["([^"]+)"\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return undefined;
    const [whole, name, index, quoted, doubleQuoted] = found;
    if (index !== undefined) steps.push(Number(index));
    else if (whole === '[*]') steps.push('*');
    else steps.push(name ?? quoted ?? doubleQuoted ?? '');
  }
  return steps;
}

/** What lies at a path, or undefined where nothing does. */
export function valueAt(path: JsonPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (step === '*' && Array.isArray(value))
    return value.map((one: unknown) => valueAt(rest, one)).filter((found) => found !== undefined);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return valueAt(rest, (value as Readonly<Record<string | number, unknown>>)[step]);
}
