import type { StoredEvent } from '../../rows.ts';
import type { LogStream } from '../../stream.ts';
import { Instant, type Value } from '../value.ts';
import { messageJson, valueAt } from './json-fields.ts';
import { lambdaFieldNames, lambdaFields, type LambdaFields } from './lambda-fields.ts';

/** An event that a query reads, and where it lies. */
export interface SourceEvent {
  readonly event: StoredEvent;
  readonly stream: LogStream;
  readonly position: number;
  readonly account: string;
  readonly region: string;
}

/** A row on its way through the commands of a query: an event with what commands have added, or what `stats` made. */
export class Row {
  readonly source: SourceEvent | undefined;
  #made: Map<string, Value> | undefined;
  #json: object | null | undefined;
  #lambda: LambdaFields | undefined;

  constructor(source: SourceEvent | undefined, made?: Map<string, Value>) {
    this.source = source;
    this.#made = made;
  }

  set(name: string, value: Value): void {
    (this.#made ??= new Map<string, Value>()).set(name, value);
  }

  /** A field of the event, or one that a command made. Made ones go before. */
  get(name: string): Value {
    const made = this.#made?.get(name);
    if (made !== undefined) return made;
    if (this.#made !== undefined) {
      const inside = this.#inside(name);
      if (inside !== undefined) return inside;
    }
    const { source } = this;
    if (source === undefined) return null;
    if (name.charCodeAt(0) === 64) {
      const own = this.#own(source, name);
      if (own !== undefined) return own;
    }
    const json = (this.#json ??= messageJson(source.event.m) ?? null);
    return json === null ? null : valueAt(json, name);
  }

  /** Names of what the message's JSON and Lambda's lines have, for GetLogRecord. */
  discovered(): ReadonlyMap<string, Value> {
    const found = new Map<string, Value>();
    if (this.source === undefined) return found;
    for (const [name, value] of Object.entries((this.#lambda ??= lambdaFields(this.source.event.m))))
      found.set(name, value);
    const json = (this.#json ??= messageJson(this.source.event.m) ?? null);
    if (json !== null) flatten(json, '', found);
    return found;
  }

  /** A member of an object that a command made: `jsonParse(x) as obj`, then `obj.a`. */
  #inside(name: string): Value | undefined {
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const outer = this.#made?.get(name.slice(0, dot));
      if (typeof outer === 'object' && outer !== null && !(outer instanceof Instant))
        return valueAt(outer, name.slice(dot + 1));
    }
    return undefined;
  }

  #own(source: SourceEvent, name: string): Value | undefined {
    switch (name) {
      case '@timestamp':
        return new Instant(source.event.t);
      case '@ingestionTime':
        return new Instant(source.event.i);
      case '@message':
        return source.event.m;
      case '@logStream':
        return source.stream.row.name;
      case '@log':
        return `${source.account}:${source.stream.row.group}`;
      case '@aws.account':
        return source.account;
      case '@aws.region':
        return source.region;
      case '@ptr':
        return pointer(source);
    }
    if (!lambdaFieldNames.has(name)) return undefined;
    return (this.#lambda ??= lambdaFields(source.event.m))[name] ?? null;
  }
}

/** What GetLogRecord is asked with. */
export function pointer({ stream, position }: SourceEvent): string {
  return Buffer.from(JSON.stringify([stream.row.group, stream.row.name, stream.row.id, position])).toString(
    'base64',
  );
}

const MOST_FIELDS = 200;

function flatten(value: object, prefix: string, into: Map<string, Value>): void {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (into.size >= MOST_FIELDS) return;
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof inner === 'object' && inner !== null) flatten(inner, path, into);
    else if (inner !== null)
      into.set(path, typeof inner === 'boolean' ? Number(inner) : (inner as string | number));
  }
}
