import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { SequenceTable, Table } from '../../state/state.ts';
import {
  resourceKey,
  type ChangeSetRow,
  type EventRow,
  type OperationRow,
  type ResourceRow,
  type StackRow,
  type TemplateRow,
} from './rows.ts';

/** Stacks, their resources, operations, events and change sets, of every account and region. */
export class StackStore {
  readonly cloud: Cloud;
  readonly #stacks: Table<StackRow>;
  readonly #resources: Table<ResourceRow>;
  readonly #operations: Table<OperationRow>;
  readonly #templates: Table<TemplateRow>;
  readonly #changeSets: Table<ChangeSetRow>;
  readonly #events: SequenceTable<EventRow>;
  /** Logical ids by stack: a stack's resources are asked for at every step. */
  readonly #logicalIds = new Map<string, Set<string>>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#stacks = cloud.state.table<StackRow>('cloudformation.stacks');
    this.#resources = cloud.state.table<ResourceRow>('cloudformation.resources');
    this.#operations = cloud.state.table<OperationRow>('cloudformation.operations');
    this.#templates = cloud.state.table<TemplateRow>('cloudformation.templates');
    this.#changeSets = cloud.state.table<ChangeSetRow>('cloudformation.change-sets');
    this.#events = cloud.state.sequences<EventRow>('cloudformation.events');
    for (const scope of this.#resources.scopes())
      for (const row of this.#resources.in(scope).values()) this.#index(row);
  }

  stack(scope: Scope, id: string): StackRow | undefined {
    return this.#stacks.in(scope).get(id);
  }

  /** In order of creation, those that were deleted among them. */
  stacks(scope: Scope): StackRow[] {
    return [...this.#stacks.in(scope).values()];
  }

  /** The stack that has the name now. */
  named(scope: Scope, name: string): StackRow | undefined {
    for (const row of this.#stacks.in(scope).values())
      if (row.name === name && row.status !== 'DELETE_COMPLETE') return row;
    return undefined;
  }

  setStack(scope: Scope, row: StackRow): void {
    this.#stacks.in(scope).set(row.id, row);
  }

  /** Forgets a stack: what is known of it, its events and its change sets. */
  dropStack(scope: Scope, id: string): void {
    for (const { logicalId } of this.resources(scope, id)) this.deleteResource(scope, id, logicalId);
    for (const { id: changeSet } of this.changeSets(scope, id)) this.deleteChangeSet(scope, changeSet);
    this.#events.in(scope, id).delete();
    this.#stacks.in(scope).delete(id);
    this.#logicalIds.delete(id);
  }

  resource(scope: Scope, stackId: string, logicalId: string): ResourceRow | undefined {
    return this.#resources.in(scope).get(resourceKey(stackId, logicalId));
  }

  /** In order of creation. */
  resources(scope: Scope, stackId: string): ResourceRow[] {
    return [...(this.#logicalIds.get(stackId) ?? [])].flatMap(
      (logicalId) => this.resource(scope, stackId, logicalId) ?? [],
    );
  }

  setResource(scope: Scope, row: ResourceRow): void {
    this.#index(row);
    this.#resources.in(scope).set(resourceKey(row.stackId, row.logicalId), row);
  }

  deleteResource(scope: Scope, stackId: string, logicalId: string): void {
    this.#logicalIds.get(stackId)?.delete(logicalId);
    this.#resources.in(scope).delete(resourceKey(stackId, logicalId));
  }

  /** What is under way on a stack. */
  operation(scope: Scope, stackId: string): OperationRow | undefined {
    return this.#operations.in(scope).get(stackId);
  }

  *operations(): IterableIterator<{ readonly scope: Scope; readonly operation: OperationRow }> {
    for (const scope of this.#operations.scopes())
      for (const operation of this.#operations.in(scope).values()) yield { scope, operation };
  }

  setOperation(scope: Scope, row: OperationRow): void {
    this.#operations.in(scope).set(row.stackId, row);
  }

  deleteOperation(scope: Scope, stackId: string): void {
    this.#operations.in(scope).delete(stackId);
  }

  template(scope: Scope, key: string): TemplateRow {
    return this.#templates.in(scope).get(key) ?? { original: '' };
  }

  /** Keeps a template. @returns its key */
  addTemplate(scope: Scope, row: TemplateRow): string {
    const key = randomUUID();
    this.#templates.in(scope).set(key, row);
    return key;
  }

  /** Forgets the templates that no stack and no change set has. */
  sweepTemplates(scope: Scope): void {
    const used = new Set<string>();
    for (const { goal, stable } of this.#stacks.in(scope).values()) {
      used.add(goal.template);
      if (stable !== undefined) used.add(stable.template);
    }
    for (const { goal } of this.#changeSets.in(scope).values()) used.add(goal.template);
    const rows = this.#templates.in(scope);
    for (const [key] of [...rows.entries()]) if (!used.has(key)) rows.delete(key);
  }

  changeSet(scope: Scope, id: string): ChangeSetRow | undefined {
    return this.#changeSets.in(scope).get(id);
  }

  /** In order of creation. */
  changeSets(scope: Scope, stackId: string): ChangeSetRow[] {
    return [...this.#changeSets.in(scope).values()].filter((row) => row.stackId === stackId);
  }

  setChangeSet(scope: Scope, row: ChangeSetRow): void {
    this.#changeSets.in(scope).set(row.id, row);
  }

  deleteChangeSet(scope: Scope, id: string): void {
    this.#changeSets.in(scope).delete(id);
  }

  /** Oldest first. */
  events(scope: Scope, stackId: string): readonly EventRow[] {
    return this.#events.in(scope, stackId).items();
  }

  addEvent(scope: Scope, stackId: string, event: EventRow): void {
    this.#events.in(scope, stackId).append([event]);
  }

  #index({ stackId, logicalId }: ResourceRow): void {
    const ids = this.#logicalIds.get(stackId) ?? new Set();
    ids.add(logicalId);
    this.#logicalIds.set(stackId, ids);
  }
}
