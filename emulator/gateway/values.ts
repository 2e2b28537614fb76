/** Names to all their values, in the order they came. Names of headers as the client wrote them. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** Of a header's or a query parameter's values: headers whatever their case, an exact match first. */
export function valuesOf(values: Values, name: string, anyCase: boolean): readonly string[] | undefined {
  if (Object.hasOwn(values, name)) return values[name];
  if (!anyCase) return undefined;
  const wanted = name.toLowerCase();
  for (const key in values)
    if (key.length === wanted.length && key.toLowerCase() === wanted && Object.hasOwn(values, key))
      return values[key];
  return undefined;
}

/**
 * What lies at a dotted path: `authorizer.claims.sub` of a `$context`.
 * @returns `undefined` where a step of the path is not there
 */
export function at(root: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      root,
    );
}

/** Text as it is, anything else as JSON; nothing where there is nothing. */
export function written(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
