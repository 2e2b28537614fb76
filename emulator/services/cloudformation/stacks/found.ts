import type { Scope } from '../../../service/call.ts';
import { invalid, noStackNamed, noSuchStack } from '../failures.ts';
import type { StackRow } from '../rows.ts';
import type { StackStore } from '../store.ts';

/** The stack that a name or an id means. One that is deleted goes by its id alone. */
export function find(store: StackStore, scope: Scope, nameOrId: string): StackRow | undefined {
  return nameOrId.startsWith('arn:') ? store.stack(scope, nameOrId) : store.named(scope, nameOrId);
}

/** For what only looks. @throws ValidationError */
export function seen(store: StackStore, scope: Scope, nameOrId: string): StackRow {
  const stack = find(store, scope, nameOrId);
  if (stack === undefined) throw noSuchStack(nameOrId);
  return stack;
}

/** For what changes it. @throws ValidationError where there is none, or it is deleted */
export function changeable(store: StackStore, scope: Scope, nameOrId: string): StackRow {
  const stack = find(store, scope, nameOrId);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') throw noStackNamed(nameOrId);
  return stack;
}

const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'];
/** A failed operation that was not rolled back may be tried again. */
const RETRIABLE = ['CREATE_FAILED', 'UPDATE_FAILED'];

/** @throws ValidationError where the stack is in a state that no update begins in */
export function checkUpdatable(stack: StackRow): void {
  if (UPDATABLE.includes(stack.status) || RETRIABLE.includes(stack.status)) return;
  throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

export function isUnderWay({ status }: StackRow): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
