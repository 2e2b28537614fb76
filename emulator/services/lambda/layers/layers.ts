import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { PackageReference } from '../functions/record.ts';
import type { Statement } from '../permissions/statement.ts';

/** A version of a layer as it is kept: never changed but for its policy. */
export interface LayerVersionRecord {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly code: PackageReference;
  readonly runtimes: readonly string[] | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly license: string | undefined;
  /** ms since 1970 in the cloud's time. */
  readonly created: number;
  readonly revisionId: string;
  readonly statements: readonly Statement[];
}

/** Layers of every account and region. */
export class Layers {
  readonly #cloud: Cloud;
  readonly #versions;
  /* Layer → the number of the version that was published last: none is given twice. */
  readonly #published;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#versions = cloud.state.table<LayerVersionRecord>('lambda.layer-versions');
    this.#published = cloud.state.table<number>('lambda.layers');
  }

  find(scope: Scope, name: string, version: number): LayerVersionRecord | undefined {
    return this.#versions.in(scope).get(keyOf(name, version));
  }

  /** A layer's versions, newest first. */
  list(scope: Scope, name: string): LayerVersionRecord[] {
    return this.all(scope)
      .filter((layer) => layer.name === name)
      .sort((a, b) => b.version - a.version);
  }

  all(scope: Scope): LayerVersionRecord[] {
    return [...this.#versions.in(scope).values()];
  }

  publish(
    scope: Scope,
    layer: Omit<LayerVersionRecord, 'version' | 'created' | 'revisionId' | 'statements'>,
  ): LayerVersionRecord {
    const version = (this.#published.in(scope).get(layer.name) ?? 0) + 1;
    const created = this.#cloud.clock.now();
    const record: LayerVersionRecord = {
      ...layer,
      version,
      created,
      revisionId: randomUUID(),
      statements: [],
    };
    this.#published.in(scope).set(layer.name, version);
    this.#versions.in(scope).set(keyOf(layer.name, version), record);
    return record;
  }

  setStatements(
    scope: Scope,
    layer: LayerVersionRecord,
    statements: readonly Statement[],
  ): LayerVersionRecord {
    const record = { ...layer, statements, revisionId: randomUUID() };
    this.#versions.in(scope).set(keyOf(layer.name, layer.version), record);
    return record;
  }

  /** Functions that use it keep its package. */
  delete(scope: Scope, name: string, version: number): void {
    this.#versions.in(scope).delete(keyOf(name, version));
  }
}

const keyOf = (name: string, version: number): string => `${name}:${version}`;

/** A layer's ARN, or that of one of its versions. */
export function layerArn(scope: Scope, name: string, version?: number): string {
  const arn = `arn:aws:lambda:${scope.region}:${scope.account}:layer:${name}`;
  return version === undefined ? arn : `${arn}:${version}`;
}

/** The parts of a layer version's ARN. */
export function readLayerVersionArn(
  arn: string,
): { readonly scope: Scope; readonly name: string; readonly version: number } | undefined {
  const match = /^arn:aws[a-zA-Z-]*:lambda:([a-z0-9-]+):(\d{12}):layer:([a-zA-Z0-9_-]+):(\d+)$/.exec(arn);
  const [, region, account, name, version] = match ?? [];
  if (region === undefined || account === undefined || name === undefined) return undefined;
  return { scope: { account, region }, name, version: Number(version) };
}
