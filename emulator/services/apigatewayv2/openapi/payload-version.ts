/**
 * A version of payloads as text. `2.0` without quotes is a number in YAML, which has lost its zero by the time it is
 * read; AWS keeps it.
 */
export const payloadVersion = (value: unknown): string | undefined =>
  typeof value === 'number' ? value.toFixed(1) : typeof value === 'string' ? value : undefined;
