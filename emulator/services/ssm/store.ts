import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Table } from '../../state/state.ts';
import { noSuchLabel, noSuchVersion, notFound } from './failures.ts';
import { referenceOf, type Reference } from './names.ts';
import type { ParameterRow, VersionRow } from './rows.ts';

/** A parameter in the version that was asked for. */
export interface Found {
  readonly row: ParameterRow;
  readonly at: VersionRow;
  readonly selector?: string;
}

const versionKey = (name: string, version: number): string => `${name}:${version}`;

/** Parameters of every account and region. A version is a row of its own, so that a change writes no history again. */
export class ParameterStore {
  readonly cloud: Cloud;
  readonly #parameters: Table<ParameterRow>;
  readonly #versions: Table<VersionRow>;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#parameters = cloud.state.table<ParameterRow>('ssm.parameters');
    this.#versions = cloud.state.table<VersionRow>('ssm.versions');
  }

  parameter(scope: Scope, name: string): ParameterRow | undefined {
    return this.#parameters.in(scope).get(name);
  }

  count(scope: Scope): number {
    return this.#parameters.in(scope).size;
  }

  /** In order of their names. */
  all(scope: Scope): ParameterRow[] {
    return [...this.#parameters.in(scope).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Oldest first. */
  versions(scope: Scope, { name, oldest, latest }: ParameterRow): VersionRow[] {
    const rows = this.#versions.in(scope);
    const numbers = Array.from({ length: latest - oldest + 1 }, (_, at) => oldest + at);
    return numbers.flatMap((version) => rows.get(versionKey(name, version)) ?? []);
  }

  latest(scope: Scope, row: ParameterRow): VersionRow {
    const at = this.#versions.in(scope).get(versionKey(row.name, row.latest));
    if (at === undefined) throw new Error(`The parameter ${row.name} has no version ${row.latest}.`);
    return at;
  }

  /** Finds `name`, `name:3`, `name:label` or the same by ARN. @throws ParameterNotFound, ParameterVersionNotFound */
  find(scope: Scope, asked: string): Found {
    const reference = referenceOf(scope, asked);
    const row = this.parameter(scope, reference.name);
    if (row === undefined) throw notFound();
    const { selector } = reference;
    return { row, at: this.#version(scope, row, reference), ...(selector !== undefined && { selector }) };
  }

  #version(scope: Scope, row: ParameterRow, { version, label }: Reference): VersionRow {
    if (version === undefined && label === undefined) return this.latest(scope, row);
    const at = this.versions(scope, row).find((one) =>
      label === undefined ? one.version === version : one.labels.includes(label),
    );
    if (at !== undefined) return at;
    throw label === undefined ? noSuchVersion(row.name, version ?? 0) : noSuchLabel(row.name, label);
  }

  set(scope: Scope, row: ParameterRow): void {
    this.#parameters.in(scope).set(row.name, row);
  }

  setVersion(scope: Scope, name: string, at: VersionRow): void {
    this.#versions.in(scope).set(versionKey(name, at.version), at);
  }

  deleteVersion(scope: Scope, name: string, version: number): void {
    this.#versions.in(scope).delete(versionKey(name, version));
  }

  delete(scope: Scope, row: ParameterRow): void {
    for (let version = row.oldest; version <= row.latest; version += 1)
      this.deleteVersion(scope, row.name, version);
    this.#parameters.in(scope).delete(row.name);
  }
}
