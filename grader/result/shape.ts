/** A piece of JSON Schema (draft 2020-12). */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * One declaration from which the TypeScript type, the JSON Schema and the reader of a document are taken, so that
 * the three cannot disagree.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** @throws Mismatch where the value is not of this shape */
  read(value: unknown, at: string): T;
}
/** A member that may be absent. */
export interface Optional<T> extends Shape<T> {
  readonly optional: true;
}
export type Of<S> = S extends Shape<infer T> ? T : never;

/** Where a document departs from its shape, and how. */
export class Mismatch extends Error {
  constructor(at: string, wanted: string) {
    super(`${at === '' ? 'the document' : at} is not ${wanted}`);
    this.name = 'Mismatch';
  }
}

export const text = (detail: { pattern?: string; minLength?: number } = {}): Shape<string> => ({
  schema: { type: 'string', ...detail },
  read(value, at) {
    const right =
      typeof value === 'string' &&
      value.length >= (detail.minLength ?? 0) &&
      (detail.pattern === undefined || new RegExp(detail.pattern, 'u').test(value));
    if (!right) throw new Mismatch(at, `a text${detail.pattern ? ` like ${detail.pattern}` : ''}`);
    return value;
  },
});

export const whole = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Shape<number> => ({
  schema: { type: 'integer', minimum, maximum },
  read(value, at) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum)
      throw new Mismatch(at, `a whole number from ${String(minimum)} to ${String(maximum)}`);
    return value;
  },
});

export const truth: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(value, at) {
    if (typeof value !== 'boolean') throw new Mismatch(at, 'true or false');
    return value;
  },
};

export function choice<const Values extends readonly (string | number)[]>(
  ...values: Values
): Shape<Values[number]> {
  return {
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    read(value, at) {
      const found = values.find((one) => one === value);
      if (found === undefined) throw new Mismatch(at, `one of ${values.join(', ')}`);
      return found;
    },
  };
}

export const list = <T>(of: Shape<T>): Shape<readonly T[]> => ({
  schema: { type: 'array', items: of.schema },
  read(value, at) {
    if (!Array.isArray(value)) throw new Mismatch(at, 'a list');
    return value.map((item, index) => of.read(item, `${at}[${String(index)}]`));
  },
});

export const optional = <T>(of: Shape<T>): Optional<T> => ({
  schema: of.schema,
  optional: true,
  read: (value, at) => of.read(value, at),
});

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Members<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? never : K]: Of<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: Of<F[K]>;
};
/** Written out, so that an editor shows members rather than an intersection. */
type Flat<T> = { readonly [K in keyof T]: T[K] };

const isOptional = (shape: Shape<unknown>): shape is Optional<unknown> => 'optional' in shape;

/** An object with these members and no others. */
export function record<F extends Fields>(fields: F): Shape<Flat<Members<F>>> {
  const entries = Object.entries(fields);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, shape]) => [name, shape.schema])),
      required: entries.filter(([, shape]) => !isOptional(shape)).map(([name]) => name),
      additionalProperties: false,
    },
    read(value, at) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Mismatch(at, 'an object');
      const given = new Map<string, unknown>(Object.entries(value));
      const read: Record<string, unknown> = {};
      for (const [name, shape] of entries) {
        const here = at === '' ? name : `${at}.${name}`;
        if (given.has(name)) read[name] = shape.read(given.get(name), here);
        else if (!isOptional(shape)) throw new Mismatch(here, 'there');
        given.delete(name);
      }
      for (const name of given.keys()) throw new Mismatch(`${at}.${name}`, 'a member that is known');
      // Every member was read by its own shape just now.
      return read as Flat<Members<F>>;
    },
  };
}

/** One of several objects, told apart by a member that each declares with `choice`. */
export function either<V extends Readonly<Record<string, Shape<object>>>>(
  tag: string,
  variants: V,
): Shape<Of<V[keyof V]>> {
  return {
    schema: { oneOf: Object.values(variants).map((variant) => variant.schema) },
    read(value, at) {
      const said: unknown =
        typeof value === 'object' && value !== null && Object.hasOwn(value, tag)
          ? (value as Record<string, unknown>)[tag]
          : undefined;
      const variant = typeof said === 'string' && Object.hasOwn(variants, said) ? variants[said] : undefined;
      if (variant === undefined)
        throw new Mismatch(`${at}.${tag}`, `one of ${Object.keys(variants).join(', ')}`);
      // The variant was chosen by the tag that its own shape demands.
      return variant.read(value, at) as Of<V[keyof V]>;
    },
  };
}
