import { randomUUID } from 'node:crypto';
import type { OperationType } from '@aws-sdk/client-cloudformation';
import type { Principal, Scope } from '../../../service/call.ts';
import type { Engine } from '../engine/engine.ts';
import type { Goal, OperationRow, StackRow } from '../rows.ts';
import { stackArn } from '../rows.ts';

/** Who begins an operation, and what follows from how it was asked for. */
export interface Beginning {
  readonly principal: Principal;
  readonly cause: string;
  readonly clientToken?: string | undefined;
  readonly onFailure?: OperationRow['onFailure'];
  readonly retain?: readonly string[];
  readonly skip?: readonly string[];
  readonly retainExceptOnCreate?: boolean | undefined;
  readonly policy?: string | undefined;
}

/** Stacks that were deleted are remembered for 90 days, as on AWS, in ms. */
const REMEMBERED = 90 * 24 * 3_600_000;

/** A stack that nothing has been made of yet. Nothing is kept. */
export function newStack(
  engine: Engine,
  scope: Scope,
  name: string,
  goal: Goal,
  more: Partial<StackRow> = {},
): StackRow {
  return {
    id: stackArn(scope, name, randomUUID()),
    name,
    created: engine.parts.cloud.clock.now(),
    status: 'CREATE_IN_PROGRESS',
    goal,
    outputs: [],
    imports: [],
    disableRollback: false,
    protected: false,
    ...more,
  };
}

/** Begins to make what a stack is to have. */
export function beginCreate(engine: Engine, scope: Scope, stack: StackRow, how: Beginning): void {
  const { cloud, ledger } = engine.parts;
  forgetOld(engine, scope);
  dropChangeSets(engine, scope, stack);
  ledger.store.setStack(scope, stack);
  const deadline =
    stack.timeoutMinutes === undefined ? undefined : cloud.clock.now() + stack.timeoutMinutes * 60_000;
  engine.begin(scope, {
    ...operation(stack, 'CREATE_STACK', 'apply', how),
    ...(deadline !== undefined && { deadline }),
  });
  ledger.stack(
    scope,
    engine.parts.store.stack(scope, stack.id) ?? stack,
    'CREATE_IN_PROGRESS',
    'User Initiated',
  );
}

/** Begins to make a stack what its new goal is. */
export function beginUpdate(engine: Engine, scope: Scope, stack: StackRow, goal: Goal, how: Beginning): void {
  const { cloud, ledger, store } = engine.parts;
  dropChangeSets(engine, scope, stack);
  store.setStack(scope, {
    ...stack,
    goal,
    stable: stack.stable ?? stack.goal,
    updated: cloud.clock.now(),
    disableRollback: how.onFailure === 'DO_NOTHING',
  });
  engine.begin(scope, operation(stack, 'UPDATE_STACK', 'apply', how));
  ledger.stack(scope, store.stack(scope, stack.id) ?? stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
}

/** Begins to remove a stack. */
export function beginDelete(engine: Engine, scope: Scope, stack: StackRow, how: Beginning): void {
  const { ledger, store } = engine.parts;
  engine.begin(scope, operation(stack, 'DELETE_STACK', 'remove', how));
  ledger.stack(scope, store.stack(scope, stack.id) ?? stack, 'DELETE_IN_PROGRESS', 'User Initiated');
}

/** Begins to undo what a failed update has changed, or a failed creation has made. */
export function beginRollback(
  engine: Engine,
  scope: Scope,
  stack: StackRow,
  type: 'ROLLBACK' | 'CONTINUE_ROLLBACK',
  how: Beginning,
): void {
  const { ledger, store } = engine.parts;
  const created = stack.status === 'CREATE_FAILED';
  engine.begin(scope, operation(stack, type, created ? 'remove' : 'revert', how));
  const now = store.stack(scope, stack.id) ?? stack;
  ledger.stack(
    scope,
    now,
    created ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
    'User Initiated',
    {
      goal: now.stable ?? now.goal,
    },
  );
}

function operation(
  stack: StackRow,
  type: OperationType,
  phase: OperationRow['phase'],
  { principal, cause, clientToken, policy, retainExceptOnCreate, ...how }: Beginning,
): OperationRow {
  return {
    id: randomUUID(),
    stackId: stack.id,
    type,
    phase,
    principal,
    cause,
    onFailure: how.onFailure ?? 'ROLLBACK',
    retain: how.retain ?? [],
    skip: how.skip ?? [],
    ...(clientToken !== undefined && { clientToken }),
    ...(policy !== undefined && { policy }),
    ...(retainExceptOnCreate !== undefined && { retainExceptOnCreate }),
  };
}

/* Change sets are of the stack as it was; the one that is executed is remembered. */
function dropChangeSets({ parts: { store } }: Engine, scope: Scope, { id, changeSetId }: StackRow): void {
  for (const row of store.changeSets(scope, id))
    if (row.id !== changeSetId || row.execution !== 'AVAILABLE') store.deleteChangeSet(scope, row.id);
}

function forgetOld({ parts: { store, cloud } }: Engine, scope: Scope): void {
  const now = cloud.clock.now();
  for (const { id, status, deleted = now } of store.stacks(scope))
    if (status === 'DELETE_COMPLETE' && now - deleted > REMEMBERED) store.dropStack(scope, id);
}
