import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Plan } from '../../planning/plan.ts';
import type { OutputRow, ResourceRow, StackRow } from '../../rows.ts';
import type { Run } from '../run.ts';
import { without } from '../../../../state/without.ts';

/** Every resource is as it is to be: what is left over is removed next, or nothing is left to do. */
export function applied(run: Run, plan: Plan, outputs: readonly OutputRow[]): void {
  const imports = importsLeft(run, plan);
  if (run.operation.type === 'CREATE_STACK') {
    ended(run, 'CREATE_COMPLETE', { outputs, imports });
    return;
  }
  for (const row of run.resources()) leaveOver(run, row, plan.needs.has(row.logicalId) ? 'replaced' : 'gone');
  cleaning(run, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', { outputs, imports });
}

/* Exports that the stack does not use any more may be deleted. */
function importsLeft(run: Run, plan: Plan): string[] {
  const text = JSON.stringify([
    [...plan.template.resources.values()].map(({ properties, metadata }) => [properties, metadata]),
    [...plan.template.outputs.values()],
  ]);
  return text.includes('Fn::ImportValue') ? [...run.stack.imports] : [];
}

/* What is to be removed of a resource that has been replaced, or is in the template no more. */
function leaveOver(run: Run, row: ResourceRow, what: 'replaced' | 'gone'): void {
  const { before, ...rest } = row;
  const { live, ...bare } = rest;
  const doomed = [...(row.doomed ?? [])];
  if (before !== undefined && before !== null && before.id !== live?.id) doomed.push(before);
  if (what === 'gone' && live !== undefined) doomed.push(live);
  if (what === 'gone' && doomed.length === 0) {
    run.parts.store.deleteResource(run.scope, row.stackId, row.logicalId);
    return;
  }
  if (before === undefined && doomed.length === 0) return;
  run.setResource({ ...(what === 'gone' ? bare : rest), ...(doomed.length > 0 && { doomed }) });
}

/** What a failed operation does next. */
export function failed(run: Run): void {
  const { type, onFailure, failing = '' } = run.operation;
  const reason = failing === '' ? failedResources(run) : failing;
  if (type === 'CREATE_STACK') {
    if (onFailure === 'DO_NOTHING') ended(run, 'CREATE_FAILED', {}, reason.trim());
    else rolledBack(run, onFailure, reason);
    return;
  }
  if (onFailure === 'DO_NOTHING') {
    // What had not changed yet is still as it was before: the next operation needs to know.
    ended(run, 'UPDATE_FAILED', {}, reason.trim(), 'keep');
    return;
  }
  reverting(run, reason);
}

function rolledBack(run: Run, how: 'ROLLBACK' | 'DELETE', reason: string): void {
  run.change({ phase: 'remove' });
  const why = reason.trim();
  const [status, what] =
    how === 'DELETE'
      ? (['DELETE_IN_PROGRESS', 'Delete'] as const)
      : (['ROLLBACK_IN_PROGRESS', 'Rollback'] as const);
  const full = `${why}${why.endsWith('.') ? '' : '.'} ${what} requested by user.`;
  run.parts.ledger.stack(run.scope, run.stack, status, full);
}

/** An update is undone: the goal is what it was before. */
export function reverting(run: Run, reason: string | undefined): void {
  const rest = without(run.operation, 'failing', 'cancelled');
  run.parts.store.setOperation(run.scope, { ...rest, phase: 'revert' });
  const { stack } = run;
  run.parts.ledger.stack(run.scope, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason, {
    goal: stack.stable ?? stack.goal,
  });
}

/** What is left over is removed next. */
export function cleaning(run: Run, status: StackStatus, changes: Partial<StackRow> = {}): void {
  run.change({ phase: 'cleanup' });
  run.parts.ledger.stack(run.scope, run.stack, status, undefined, changes);
}

/**
 * The operation is over.
 * @param before whether what resources were before it is still needed, where a failed update stays as it is
 */
export function ended(
  run: Run,
  status: StackStatus,
  changes: Partial<StackRow> = {},
  reason?: string,
  before: 'keep' | 'forget' = 'forget',
): void {
  const { store, ledger } = run.parts;
  if (before === 'forget') for (const row of run.resources()) forgetBefore(run, row);
  const { stable, ...rest } = run.stack;
  const stack = before === 'keep' && stable !== undefined ? { ...rest, stable } : rest;
  store.setStack(run.scope, { ...stack, ...changes });
  ledger.stack(run.scope, { ...stack, ...changes }, status, reason);
  const executed = store.changeSet(run.scope, stack.changeSetId ?? '');
  if (executed?.execution === 'EXECUTE_IN_PROGRESS')
    store.setChangeSet(run.scope, {
      ...executed,
      execution: /^(CREATE|UPDATE)_COMPLETE$/.test(status) ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED',
    });
  store.deleteOperation(run.scope, run.stackId);
  store.sweepTemplates(run.scope);
}

function forgetBefore(run: Run, row: ResourceRow): void {
  if (row.before === undefined && row.step === undefined) return;
  run.setResource(without(row, 'before', 'step'));
}

/** The resources that failed, as the stack's reason names them. */
function failedResources(run: Run): string {
  const named = (status: string): string[] =>
    run.resources().flatMap((row) => (row.status === status ? [row.logicalId] : []));
  const sentences = (['create', 'update'] as const).flatMap((verb) => {
    const ids = named(`${verb.toUpperCase()}_FAILED`);
    return ids.length === 0 ? [] : [`The following resource(s) failed to ${verb}: [${ids.join(', ')}]. `];
  });
  return sentences.join('');
}
