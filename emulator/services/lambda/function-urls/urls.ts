import type { Cors } from '@aws-sdk/client-lambda';
import { randomInt } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Changes } from '../changes.ts';

/** A function's own address as it is kept. Times are ms since 1970 in the cloud's time. */
export interface UrlRecord {
  /** 32 letters and digits, unique in the whole cloud. */
  readonly id: string;
  readonly functionName: string;
  /** An alias; undefined: `$LATEST`. */
  readonly qualifier: string | undefined;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly cors: Cors | undefined;
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly created: number;
  readonly modified: number;
}

interface Place {
  readonly scope: Scope;
  readonly key: string;
}

/** Function URLs of every account and region. */
export class FunctionUrls {
  readonly #cloud: Cloud;
  readonly #table;
  /* Id → where its row is. */
  #places: Map<string, Place> | undefined;

  constructor(cloud: Cloud, changes: Changes) {
    this.#cloud = cloud;
    this.#table = cloud.state.table<UrlRecord>('lambda.function-urls');
    changes.follow((change) => {
      if (change.is === 'function deleted') {
        for (const url of this.list(change.scope, change.name)) {
          this.delete(change.scope, change.name, url.qualifier);
        }
      } else if (change.is === 'alias deleted') this.delete(change.scope, change.name, change.qualifier);
    });
  }

  find(scope: Scope, name: string, qualifier: string | undefined): UrlRecord | undefined {
    return this.#table.in(scope).get(keyOf(name, qualifier));
  }

  /** A function's URLs, that of `$LATEST` first. */
  list(scope: Scope, name: string): UrlRecord[] {
    const own = [...this.#table.in(scope).values()].filter(({ functionName }) => functionName === name);
    return own.sort((a, b) => ((a.qualifier ?? '') < (b.qualifier ?? '') ? -1 : 1));
  }

  /** The URL of an id, wherever it is. */
  byId(id: string): { readonly scope: Scope; readonly url: UrlRecord } | undefined {
    const place = this.#index().get(id);
    const url = place === undefined ? undefined : this.#table.in(place.scope).get(place.key);
    return place === undefined || url?.id !== id ? undefined : { scope: place.scope, url };
  }

  create(scope: Scope, made: Omit<UrlRecord, 'id' | 'created' | 'modified'>): UrlRecord {
    const now = this.#cloud.clock.now();
    const record: UrlRecord = { ...made, id: newId(), created: now, modified: now };
    const key = keyOf(made.functionName, made.qualifier);
    this.#index().set(record.id, { scope, key });
    this.#table.in(scope).set(key, record);
    return record;
  }

  update(scope: Scope, changed: UrlRecord): UrlRecord {
    const record = { ...changed, modified: this.#cloud.clock.now() };
    this.#table.in(scope).set(keyOf(record.functionName, record.qualifier), record);
    return record;
  }

  delete(scope: Scope, name: string, qualifier: string | undefined): void {
    const found = this.find(scope, name, qualifier);
    if (found === undefined) return;
    this.#index().delete(found.id);
    this.#table.in(scope).delete(keyOf(name, qualifier));
  }

  #index(): Map<string, Place> {
    if (this.#places !== undefined) return this.#places;
    const places: Map<string, Place> = new Map();
    for (const scope of this.#table.scopes()) {
      for (const [key, { id }] of this.#table.in(scope).entries()) places.set(id, { scope, key });
    }
    return (this.#places = places);
  }
}

const keyOf = (name: string, qualifier: string | undefined): string => `${name}:${qualifier ?? ''}`;

const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const newId = (): string => Array.from({ length: 32 }, () => letters[randomInt(letters.length)]).join('');
