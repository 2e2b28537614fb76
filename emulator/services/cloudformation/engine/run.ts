import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { exported } from '../exports/exports.ts';
import { planOf, type Plan } from '../planning/plan.ts';
import type { ResourceTypes } from '../planning/resource-types.ts';
import type { ResourceWork } from '../resources/resource-type.ts';
import type { Goal, OperationRow, ResourceRow, StackRow, Tags } from '../rows.ts';
import type { StackStore } from '../store.ts';
import type { Context } from '../values/context.ts';
import type { Ledger } from './ledger.ts';
import { actingCall, resourceWork } from './work.ts';

/** What every run is built on. */
export interface RunParts {
  readonly cloud: Cloud;
  readonly store: StackStore;
  readonly ledger: Ledger;
  readonly types: ResourceTypes;
}

/** One operation under way on one stack. What it has come to is in the store: a run that was lost is begun again. */
export class Run {
  readonly parts: RunParts;
  readonly scope: Scope;
  readonly stackId: string;
  /** Ends what is under way where the cloud ends, or something else is to be done with the stack. */
  readonly end = new AbortController();
  /** Ends the making of resources where one of them has failed. */
  #cancel = new AbortController();

  constructor(parts: RunParts, scope: Scope, stackId: string) {
    this.parts = parts;
    this.scope = scope;
    this.stackId = stackId;
  }

  get stack(): StackRow {
    const row = this.parts.store.stack(this.scope, this.stackId);
    if (row === undefined) throw new Error(`The stack ${this.stackId} is gone under an operation.`);
    return row;
  }

  /** Undefined once it has ended. */
  get underWay(): OperationRow | undefined {
    return this.parts.store.operation(this.scope, this.stackId);
  }

  get operation(): OperationRow {
    const row = this.underWay;
    if (row === undefined) throw new Error(`${this.stackId} has no operation.`);
    return row;
  }

  get ended(): boolean {
    return this.end.signal.aborted;
  }

  get cancelled(): boolean {
    return this.#cancel.signal.aborted;
  }

  /** Ends the steps that are under way; those of the next phase begin anew. */
  cancel(): void {
    this.#cancel.abort(new Error('Resource creation cancelled'));
  }

  /** Before a phase begins its steps. */
  renew(): void {
    this.#cancel = new AbortController();
  }

  change(changes: Partial<OperationRow>): void {
    this.parts.store.setOperation(this.scope, { ...this.operation, ...changes });
  }

  resource(logicalId: string): ResourceRow | undefined {
    return this.parts.store.resource(this.scope, this.stackId, logicalId);
  }

  resources(): ResourceRow[] {
    return this.parts.store.resources(this.scope, this.stackId);
  }

  setResource(row: ResourceRow): void {
    this.parts.store.setResource(this.scope, row);
  }

  plan(goal: Goal): Plan {
    const { store } = this.parts;
    return planOf({
      scope: this.scope,
      stack: this.stack,
      goal,
      template: store.template(this.scope, goal.template),
      exported: (name) => this.#imported(name),
    });
  }

  /** What functions are worked out with now. */
  context(plan: Plan): Context {
    return plan.context((logicalId) => this.resource(logicalId)?.live);
  }

  /**
   * What a step works with.
   * @param patient whether the step goes on though another has failed: what somebody else makes is waited for
   */
  work(logicalId: string, token: string, tags: Tags, patient = false): ResourceWork {
    const signal = patient ? this.end.signal : this.#signal();
    return resourceWork({ ...this.#whose(), signal }, logicalId, token, tags);
  }

  call(): ResourceWork['call'] {
    return actingCall({ ...this.#whose(), signal: this.#signal() });
  }

  #signal(): AbortSignal {
    return AbortSignal.any([this.end.signal, this.#cancel.signal]);
  }

  #whose() {
    return { cloud: this.parts.cloud, scope: this.scope, stack: this.stack, operation: this.operation };
  }

  /** Whoever uses an export keeps it from being deleted, from the moment on. */
  #imported(name: string): string | undefined {
    const { store } = this.parts;
    const value = exported(store, this.scope, name);
    const { stack } = this;
    if (value !== undefined && !stack.imports.includes(name))
      store.setStack(this.scope, { ...stack, imports: [...stack.imports, name] });
    return value;
  }
}
