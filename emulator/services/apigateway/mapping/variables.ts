import type { RequestContext, Values } from '../execution/exchange.ts';

/** What templates, parameter mappings and gateway responses may read of one request. */
export interface Variables {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The method's request, as the client sent it. */
  readonly request: RequestValues;
}

export interface RequestValues {
  readonly headers: Values;
  /** Decoded. */
  readonly query: Values;
  /** What stood where the resource's path has `{name}`; decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of a header's or a query parameter's values: headers whatever their case, an exact match first. */
export function valuesOf(values: Values, name: string, anyCase: boolean): readonly string[] | undefined {
  if (Object.hasOwn(values, name)) return values[name];
  if (!anyCase) return undefined;
  const wanted = name.toLowerCase();
  return Object.entries(values).find(([key]) => key.toLowerCase() === wanted)?.[1];
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
