import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { functionNotFound } from '../failures.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionRecord, FunctionSettings, VersionView } from '../functions/record.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import type { AliasRecord, VersionRecord } from './record.ts';

/** What a qualifier stands for. */
export interface Resolved {
  readonly record: FunctionRecord;
  /** `$LATEST` or a published version as it is now. */
  readonly view: VersionView;
  /** Where the qualifier is an alias. */
  readonly alias: AliasRecord | undefined;
}

/** Published versions and aliases of every function. */
export class Versions {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #versions;
  readonly #aliases;

  constructor(cloud: Cloud, functions: Functions) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#versions = cloud.state.table<VersionRecord>('lambda.versions');
    this.#aliases = cloud.state.table<AliasRecord>('lambda.aliases');
  }

  find(scope: Scope, name: string, version: string): VersionRecord | undefined {
    return this.#versions.in(scope).get(`${name}:${version}`);
  }

  /** A function's versions, oldest first. */
  list(scope: Scope, name: string): VersionRecord[] {
    const own = [...this.#versions.in(scope).values()].filter((version) => version.name === name);
    return own.sort((a, b) => Number(a.version) - Number(b.version));
  }

  /** All versions of an account and region, for what they weigh. */
  all(scope: Scope): IterableIterator<VersionRecord> {
    return this.#versions.in(scope).values();
  }

  findAlias(scope: Scope, name: string, alias: string): AliasRecord | undefined {
    return this.#aliases.in(scope).get(`${name}:${alias}`);
  }

  /** A function's aliases by name. */
  listAliases(scope: Scope, name: string): AliasRecord[] {
    const own = [...this.#aliases.in(scope).values()].filter((alias) => alias.functionName === name);
    return own.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * What a reference names. An alias stands for the version that it points at, not for one of its weighted ones.
   * @throws ServiceFailure `ResourceNotFoundException`
   */
  resolve(scope: Scope, reference: FunctionReference): Resolved {
    const { name, qualifier } = reference;
    const record = this.#functions.find(scope, name);
    const missing = () => functionNotFound(functionArn(scope, name, qualifier));
    if (record === undefined) throw missing();
    if (qualifier === undefined || qualifier === '$LATEST') return { record, view: record, alias: undefined };
    const alias = this.findAlias(scope, name, qualifier);
    const view = this.view(scope, record, alias?.version ?? qualifier);
    if (view === undefined) throw missing();
    return { record, view, alias };
  }

  /**
   * As {@link resolve}, for an invocation: of an alias with weights one version is drawn.
   * @param draw from 0 to below 1
   */
  draw(scope: Scope, reference: FunctionReference, draw: number): Resolved {
    const resolved = this.resolve(scope, reference);
    const [further] = Object.entries(resolved.alias?.weights ?? {});
    if (further === undefined || draw >= further[1]) return resolved;
    const view = this.view(scope, resolved.record, further[0]);
    return view === undefined ? resolved : { ...resolved, view };
  }

  /** A version as answers and execution see it. @param version `$LATEST` or a number */
  view(scope: Scope, record: FunctionRecord, version: string): VersionView | undefined {
    if (version === '$LATEST') return record;
    const found = this.find(scope, record.name, version);
    return found === undefined ? undefined : this.viewOf(found);
  }

  viewOf(version: VersionRecord): VersionView {
    const pending = version.readyAt > this.#cloud.clock.now();
    return { ...version, phase: pending ? { is: 'pending', until: version.readyAt } : { is: 'active' } };
  }

  /**
   * Publishes `$LATEST`, or answers the version before where nothing has changed since (Lambda Developer Guide,
   * "Manage Lambda function versions").
   * @param description instead of the function's own
   * @param always publish though nothing has changed: a new function's first version
   */
  publish(scope: Scope, record: FunctionRecord, description: string | undefined): VersionRecord {
    const before = this.list(scope, record.name).at(-1);
    const { settings } = record.deployment;
    if (before !== undefined && sameSettings(before.deployment.settings, settings)) return before;
    const version = String((record.published ?? 0) + 1);
    const own = description === undefined ? settings : { ...settings, description };
    const published: VersionRecord = {
      name: record.name,
      version,
      deployment: { id: randomUUID(), settings: own },
      readyAt: record.phase.is === 'active' ? 0 : record.phase.until,
      revisionId: randomUUID(),
      lastModified: this.#cloud.clock.now(),
      statements: [],
    };
    this.#functions.amend(scope, record, { published: Number(version) });
    this.#versions.in(scope).set(`${record.name}:${version}`, published);
    return published;
  }

  /** Replaces a version's policy: all that can change of it. */
  setStatements(scope: Scope, version: VersionRecord, statements: VersionRecord['statements']): void {
    const row: VersionRecord = { ...version, statements, revisionId: randomUUID() };
    this.#versions.in(scope).set(`${version.name}:${version.version}`, row);
  }

  setAlias(scope: Scope, alias: Omit<AliasRecord, 'revisionId'>): AliasRecord {
    const row: AliasRecord = { ...alias, revisionId: randomUUID() };
    this.#aliases.in(scope).set(`${alias.functionName}:${alias.name}`, row);
    return row;
  }

  deleteAlias(scope: Scope, name: string, alias: string): void {
    this.#aliases.in(scope).delete(`${name}:${alias}`);
  }

  delete(scope: Scope, name: string, version: string): void {
    this.#versions.in(scope).delete(`${name}:${version}`);
  }

  /** Removes all that belongs to a function. */
  deleteAll(scope: Scope, name: string): void {
    for (const { version } of this.list(scope, name)) this.delete(scope, name, version);
    for (const alias of this.listAliases(scope, name)) this.deleteAlias(scope, name, alias.name);
  }
}

/* A version may have a description of its own: it says nothing of a change. */
function sameSettings(a: FunctionSettings, b: FunctionSettings): boolean {
  const compared = (settings: FunctionSettings): string =>
    JSON.stringify(
      Object.entries({ ...settings, description: '', code: settings.code.sha256 }).sort(([x], [y]) =>
        x < y ? -1 : 1,
      ),
    );
  return compared(a) === compared(b);
}
