import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import { noSuch } from '../../../gateway/failures.ts';
import type { Tags } from '../../../gateway/tags.ts';

/** An API key as it is kept. */
export interface KeyRow {
  readonly id: string;
  readonly value: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly customerId?: string | undefined;
  readonly enabled: boolean;
  /** `apiId/stage`: what came before usage plans; shown again, and without effect on AWS too once there are plans. */
  readonly stageKeys: readonly string[];
  readonly tags?: Tags | undefined;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** API keys, found by id and by value. */
export class KeyStore {
  readonly cloud: Cloud;
  readonly #keys: Table<KeyRow>;
  /** Scope and value → id. */
  readonly #byValue = new Map<string, string>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#keys = cloud.state.table<KeyRow>('apigateway.keys');
    for (const scope of this.#keys.scopes())
      for (const { id, value } of this.#keys.in(scope).values()) this.#byValue.set(place(scope, value), id);
  }

  get(scope: Scope, id: string): KeyRow | undefined {
    return this.#keys.in(scope).get(id);
  }

  /** @throws NotFoundException */
  named(scope: Scope, id: string | undefined = ''): KeyRow {
    const key = this.get(scope, id);
    if (key === undefined) throw noSuch('API Key');
    return key;
  }

  byValue(scope: Scope, value: string): KeyRow | undefined {
    const id = this.#byValue.get(place(scope, value));
    return id === undefined ? undefined : this.get(scope, id);
  }

  /** Recorded: the newest first. */
  all(scope: Scope): KeyRow[] {
    return [...this.#keys.in(scope).values()].reverse();
  }

  /** A key's value never changes. */
  set(scope: Scope, key: KeyRow): void {
    this.#keys.in(scope).set(key.id, key);
    this.#byValue.set(place(scope, key.value), key.id);
  }

  delete(scope: Scope, { id, value }: KeyRow): void {
    this.#keys.in(scope).delete(id);
    this.#byValue.delete(place(scope, value));
  }
}

const place = ({ account, region }: Scope, value: string): string => `${account}/${region}/${value}`;
