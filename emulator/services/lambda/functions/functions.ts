import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows } from '../../../state/state.ts';
import type { FunctionVersion } from '../execution/execution.ts';
import { conflict, functionNotFound, revisionMismatch } from '../failures.ts';
import { functionArn } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import type { Deployment, FunctionRecord, FunctionSettings, VersionView } from './record.ts';

/* AWS takes seconds; these are short, and long enough that code which does not wait for them is found out. */
const creationMs = 300;
const updateMs = 150;

/** The functions of every account and region: what is kept, and how their states go on with the clock. */
export class Functions {
  readonly #cloud: Cloud;
  readonly #recycle: (scope: Scope, name: string) => void;
  readonly #table;

  /** @param recycle ends the environments of a function whose update is complete */
  constructor(cloud: Cloud, recycle: (scope: Scope, name: string) => void) {
    this.#cloud = cloud;
    this.#recycle = recycle;
    this.#table = cloud.state.table<FunctionRecord>('lambda.functions');
  }

  /** The function of a name as it is now, or undefined. */
  find(scope: Scope, name: string): FunctionRecord | undefined {
    return this.#settle(scope, this.#rows(scope).get(name));
  }

  /**
   * The function itself, for what versions and aliases have no part in.
   * @throws ServiceFailure `ResourceNotFoundException` where it is not there, or another qualifier than `$LATEST` is given
   */
  get(scope: Scope, reference: FunctionReference): FunctionRecord {
    const record = this.find(scope, reference.name);
    const { qualifier } = reference;
    if (record === undefined || (qualifier !== undefined && qualifier !== '$LATEST')) {
      throw functionNotFound(functionArn(scope, reference.name, qualifier));
    }
    return record;
  }

  /** All functions of an account and region, by name. */
  list(scope: Scope): FunctionRecord[] {
    const records = [...this.#rows(scope).values()].map((row) => this.#settle(scope, row) ?? row);
    return records.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Names and reservations of all functions: asked for at every invocation, so neither sorted nor settled. */
  reservations(scope: Scope): IterableIterator<Pick<FunctionRecord, 'name' | 'reserved'>> {
    return this.#rows(scope).values();
  }

  /** Adds a function in state `Pending`. @throws ServiceFailure `ResourceConflictException` where the name is taken */
  create(
    scope: Scope,
    name: string,
    settings: FunctionSettings,
    tags: Readonly<Record<string, string>>,
  ): FunctionRecord {
    this.checkFree(scope, name);
    const now = this.#cloud.clock.now();
    const record: FunctionRecord = {
      name,
      deployment: { id: randomUUID(), settings },
      phase: { is: 'pending', until: now + creationMs },
      revisionId: randomUUID(),
      lastModified: now,
      tags,
      statements: [],
    };
    this.#rows(scope).set(name, record);
    this.#settleLater(scope, name, now + creationMs);
    return record;
  }

  /** @throws ServiceFailure `ResourceConflictException` where the name is taken */
  checkFree(scope: Scope, name: string): void {
    if (this.find(scope, name) !== undefined) throw conflict(`Function already exist: ${name}`);
  }

  /**
   * Puts new settings in place; until they are ready, invocations run on the ones before.
   * @param expected the settings that the new ones were made from
   * @throws ServiceFailure `ResourceConflictException` where another change came between
   */
  update(scope: Scope, expected: FunctionRecord, settings: FunctionSettings): FunctionRecord {
    const record = this.get(scope, { name: expected.name, qualifier: undefined });
    checkChangeable(scope, record);
    if (record.deployment.id !== expected.deployment.id) throw inProgress(scope, record.name);
    const now = this.#cloud.clock.now();
    const updated: FunctionRecord = {
      ...record,
      deployment: { id: randomUUID(), settings },
      phase: { is: 'updating', until: now + updateMs, before: record.deployment },
      revisionId: randomUUID(),
      lastModified: now,
    };
    this.#rows(scope).set(record.name, updated);
    this.#settleLater(scope, record.name, now + updateMs);
    return updated;
  }

  /** Changes what is not part of a deployment. A change of the policy is a new revision; tags and concurrency are not. */
  amend(
    scope: Scope,
    record: FunctionRecord,
    change: Partial<Pick<FunctionRecord, 'tags' | 'statements' | 'published' | 'recursiveLoop'>> & {
      readonly reserved?: number | undefined;
    },
  ): FunctionRecord {
    const { reserved: reservedBefore, ...rest } = record;
    const { reserved = 'reserved' in change ? undefined : reservedBefore, ...others } = change;
    const changed: FunctionRecord = {
      ...rest,
      ...others,
      ...(reserved === undefined ? {} : { reserved }),
      revisionId: 'statements' in change ? randomUUID() : record.revisionId,
    };
    this.#rows(scope).set(record.name, changed);
    return changed;
  }

  /** Removes a function with all that belongs to it. */
  delete(scope: Scope, name: string): void {
    this.#rows(scope).delete(name);
  }

  /** Lets changes that were under way when the cloud ended go on. */
  resume(): void {
    for (const scope of this.#table.scopes()) {
      for (const { name, phase } of this.#rows(scope).values()) {
        if (phase.is !== 'active') this.#settleLater(scope, name, phase.until);
      }
    }
  }

  #rows(scope: Scope): Rows<FunctionRecord> {
    return this.#table.in(scope);
  }

  #settleLater(scope: Scope, name: string, time: number): void {
    this.#cloud.clock.at(time, () => this.find(scope, name));
  }

  /* States go on when their time has come, whether the timer or a reader is first to see it. */
  #settle(scope: Scope, record: FunctionRecord | undefined): FunctionRecord | undefined {
    if (record === undefined || record.phase.is === 'active') return record;
    if (this.#cloud.clock.now() < record.phase.until) return record;
    const settled: FunctionRecord = { ...record, phase: { is: 'active' }, revisionId: randomUUID() };
    this.#rows(scope).set(record.name, settled);
    if (record.phase.is === 'updating') this.#recycle(scope, record.name);
    return settled;
  }
}

/** @throws ServiceFailure `ResourceConflictException` while a function is being created or updated */
export function checkChangeable(scope: Scope, record: FunctionRecord): void {
  if (record.phase.is === 'pending') throw stillPending();
  if (record.phase.is === 'updating') throw inProgress(scope, record.name);
}

/** @throws ServiceFailure `PreconditionFailedException` where a revision was given that is not the latest */
export function checkRevision(
  record: Pick<FunctionRecord, 'revisionId'>,
  revisionId: string | undefined,
): void {
  if (revisionId !== undefined && revisionId !== record.revisionId) throw revisionMismatch();
}

/** What execution runs for a function now. @throws ServiceFailure `ResourceConflictException` while it is being created */
export function runnable(scope: Scope, record: VersionView): FunctionVersion {
  if (record.phase.is === 'pending') throw stillPending();
  const deployment: Deployment = record.phase.is === 'updating' ? record.phase.before : record.deployment;
  const { settings } = deployment;
  return {
    scope,
    name: record.name,
    version: record.version ?? '$LATEST',
    arn: functionArn(scope, record.name, record.version),
    revision: deployment.id,
    code: settings.code.blob,
    handler: settings.handler,
    runtime: settings.runtime,
    roleName: settings.role.slice(settings.role.lastIndexOf('/') + 1),
    memoryMB: settings.memoryMB,
    timeoutSeconds: settings.timeoutSeconds,
    ephemeralStorageMB: settings.ephemeralStorageMB,
    environment: settings.environment ?? {},
    layers: settings.layers?.map(({ blob }) => blob) ?? [],
    logging: settings.logging,
  };
}

const stillPending = () =>
  conflict(
    'The operation cannot be performed at this time. The function is currently in the following state: Pending',
  );
const inProgress = (scope: Scope, name: string) =>
  conflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${functionArn(scope, name)}`,
  );
