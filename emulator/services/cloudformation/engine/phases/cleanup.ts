import { randomUUID } from 'node:crypto';
import type { Live, ResourceRow } from '../../rows.ts';
import { inOrderOf, turned } from '../in-order.ts';
import type { Run } from '../run.ts';
import { Interrupted, removeThing } from '../steps.ts';
import { failureReason } from '../wording.ts';
import { MOST_STEPS } from './apply.ts';
import { ended } from './outcome.ts';

/** How often something is tried to be removed before it is left alone. */
const ATTEMPTS = 3;

/** Removes what an update, or its undoing, has left over. What cannot be removed is left alone. */
export async function cleanup(run: Run): Promise<void> {
  run.renew();
  const rows = run.resources().filter(({ doomed = [] }) => doomed.length > 0);
  const graph = new Map(
    rows.map(({ logicalId, doomed = [] }) => [logicalId, doomed.flatMap(({ needs }) => needs)]),
  );
  await inOrderOf(
    turned(graph),
    async (logicalId) => {
      const row = run.resource(logicalId);
      for (const thing of row?.doomed ?? []) if (!(await cleaned(run, logicalId, thing))) return false;
      return true;
    },
    { most: MOST_STEPS, goOn: () => !run.ended },
  );
  if (run.ended) return;
  ended(
    run,
    run.stack.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
      ? 'UPDATE_COMPLETE'
      : 'UPDATE_ROLLBACK_COMPLETE',
  );
}

/* False: the cloud has ended meanwhile. */
async function cleaned(run: Run, logicalId: string, thing: Live): Promise<boolean> {
  const row = run.resource(logicalId);
  if (row === undefined) return true;
  const { ledger } = run.parts;
  const told = { physicalId: thing.id };
  const of = { ...row, type: thing.type };
  const undone = run.stack.status === 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
  if (isKept(run, row, thing, undone)) {
    ledger.happened(run.scope, of, 'DELETE_SKIPPED', told);
    forget(run, row, thing);
    return true;
  }
  ledger.happened(run.scope, of, 'DELETE_IN_PROGRESS', told);
  const token = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await removeThing(run, logicalId, thing, token);
      ledger.happened(run.scope, of, 'DELETE_COMPLETE', told);
      break;
    } catch (error) {
      if (error instanceof Interrupted) return false;
      if (attempt < ATTEMPTS) continue;
      ledger.happened(run.scope, of, 'DELETE_FAILED', { ...told, reason: failureReason(error, token) });
      break;
    }
  }
  forget(run, row, thing);
  return true;
}

function forget(run: Run, row: ResourceRow, thing: Live): void {
  const { doomed = [], ...rest } = run.resource(row.logicalId) ?? row;
  const left = doomed.filter(({ id }) => id !== thing.id);
  if (rest.live === undefined && left.length === 0)
    run.parts.store.deleteResource(run.scope, row.stackId, row.logicalId);
  else run.setResource({ ...rest, ...(left.length > 0 && { doomed: left }) });
}

/* What replaced another, or was made, in an update that is undone goes in any case but that of `Retain`. */
function isKept(run: Run, row: ResourceRow, thing: Live, undone: boolean): boolean {
  if (undone)
    return (
      row.live === undefined && thing.whenDeleted === 'Retain' && run.operation.retainExceptOnCreate !== true
    );
  return (row.live === undefined ? thing.whenDeleted : thing.whenReplaced).startsWith('Retain');
}
