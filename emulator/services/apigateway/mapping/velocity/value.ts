/**
 * What a template works with: the Java objects that API Gateway's templates see, as far as a template can tell them
 * apart. Integers are `number` or `bigint`, a `double` is a `Double`, so that `1.0` stays `1.0`.
 */
export type Value = null | boolean | number | bigint | string | Double | List | Table | Entry | Host;

/** A Java map that keeps its order. */
export type Table = Map<string, Value>;

export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A Java list; one that came out of JSON writes itself as JSON (recorded: `[{"foo":"bar"}]`, where a map is `{foo=bar}`). */
export class List {
  readonly items: Value[];
  readonly json: boolean;
  constructor(items: Value[], json = false) {
    this.items = items;
    this.json = json;
  }
}

/** One of `$map.entrySet()`. */
export class Entry {
  readonly key: string;
  readonly value: Value;
  constructor(key: string, value: Value) {
    this.key = key;
    this.value = value;
  }
}

/** An object of API Gateway: `$input`, `$util`, `$foreach`. */
export class Host {
  readonly properties: (name: string) => Value;
  readonly methods: Readonly<Record<string, (args: readonly Value[]) => Value>>;
  constructor(
    methods: Readonly<Record<string, (args: readonly Value[]) => Value>>,
    properties: (name: string) => Value = () => null,
  ) {
    this.methods = methods;
    this.properties = properties;
  }
}

/** Any number as JavaScript's; `undefined` where the value is none. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof Double ? value.value : undefined;
}

/** An integer as small as it goes. */
export const integer = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
