import type { Values } from '../exchange.ts';

/** What belongs to the connection, or to the gateway, and never reaches a back end (seen on AWS). */
const DROPPED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'proxy-connection',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/** Written so by the gateway, however the client wrote them. */
const CANONICAL: ReadonlyMap<string, string> = new Map([
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
  ['x-amzn-trace-id', 'X-Amzn-Trace-Id'],
  ['x-forwarded-for', 'X-Forwarded-For'],
  ['x-forwarded-port', 'X-Forwarded-Port'],
  ['x-forwarded-proto', 'X-Forwarded-Proto'],
]);

/** Headers whose names differ in nothing but case are one header, named as it came first. */
export class Headers {
  readonly values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  readonly #names = new Map<string, string>();

  /** @param raw names and values in turn */
  constructor(raw: readonly string[]) {
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = raw[at] ?? '';
      const lower = name.toLowerCase();
      if (!DROPPED.has(lower)) this.#add(lower, CANONICAL.get(lower) ?? name, raw[at + 1] ?? '');
    }
  }

  /** The last value of a header, by its name in lower case. */
  get(lower: string): string | undefined {
    const name = this.#names.get(lower);
    return name === undefined ? undefined : this.values[name]?.at(-1);
  }

  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    const known = this.#names.get(lower) ?? name;
    this.#names.set(lower, known);
    this.values[known] = [value];
  }

  #add(lower: string, name: string, value: string): void {
    const known = this.#names.get(lower);
    if (known !== undefined) this.values[known]?.push(value);
    else {
      this.#names.set(lower, name);
      this.values[name] = [value];
    }
  }
}

/** The last value of each name; `null` where there is none, as functions get it. */
export function lastOf(values: Values): Record<string, string> {
  const last: Record<string, string> = {};
  for (const name in values) {
    const all = values[name];
    if (all !== undefined) put(last, name, all.at(-1) ?? '');
  }
  return last;
}

/** Sets a name that a client chose: `__proto__` is a name like any other. */
export function put<T>(target: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}
