import { courseOf } from '../../planning/difference.ts';
import type { Live, ResourceRow } from '../../rows.ts';
import { inOrderOf } from '../in-order.ts';
import type { Run } from '../run.ts';
import { create, Interrupted, StepFailed, update } from '../steps.ts';
import { MOST_STEPS } from './apply.ts';
import { cleaning, ended } from './outcome.ts';
import { without } from '../../../../state/without.ts';

/** Makes the resources what they were before an update: each after those that it needed then. */
export async function revert(run: Run): Promise<void> {
  run.renew();
  const failures: string[] = [];
  const rows = run
    .resources()
    .filter(
      ({ before, status }) =>
        before !== undefined || status === 'CREATE_FAILED' || status === 'UPDATE_FAILED',
    );
  const graph = new Map(rows.map((row) => [row.logicalId, row.before?.needs ?? []]));
  await inOrderOf(
    graph,
    async (logicalId) => {
      const done = await reverted(run, logicalId);
      if (!done) failures.push(logicalId);
      return done;
    },
    { most: MOST_STEPS, goOn: () => !run.ended },
  );
  if (run.ended) return;
  if (failures.length > 0) {
    const reason = `The following resource(s) failed to update: [${failures.join(', ')}]. `;
    ended(run, 'UPDATE_ROLLBACK_FAILED', {}, reason, 'keep');
  } else cleaning(run, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
}

async function reverted(run: Run, logicalId: string): Promise<boolean> {
  const row = run.resource(logicalId);
  if (row === undefined) return true;
  const { before } = row;
  try {
    if (run.operation.skip.includes(logicalId)) skipped(run, row);
    else if (before === undefined && row.live !== undefined) untouched(run, row);
    else if (before === undefined || before === null) undone(run, row);
    else await restored(run, row, before);
    return true;
  } catch (error) {
    if (error instanceof StepFailed || error instanceof Interrupted) return false;
    throw error;
  }
}

/* It was not there before: it goes, once everything else is as it was. */
function undone(run: Run, row: ResourceRow): void {
  const { live, doomed = [] } = row;
  const rest = without(row, 'live', 'step', 'before', 'doomed');
  if (live !== undefined) run.setResource({ ...rest, doomed: [...doomed, live] });
  else {
    run.parts.ledger.resource(run.scope, rest, 'DELETE_COMPLETE');
    run.parts.store.deleteResource(run.scope, row.stackId, row.logicalId);
  }
}

/* What was to be replaced, and could not be, is what it was. */
function untouched(run: Run, row: ResourceRow): void {
  const said = { physicalId: row.live?.id, properties: row.live?.properties };
  const begun = run.parts.ledger.resource(run.scope, row, 'UPDATE_IN_PROGRESS', said);
  run.parts.ledger.resource(run.scope, begun, 'UPDATE_COMPLETE', said);
}

/* https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
function skipped(run: Run, row: ResourceRow): void {
  const { before } = row;
  const rest = without(row, 'step', 'before');
  run.parts.ledger.resource(run.scope, { ...rest, ...(before && { live: before }) }, 'UPDATE_COMPLETE');
}

async function restored(run: Run, row: ResourceRow, before: Live): Promise<void> {
  const { live, doomed = [] } = row;
  const wanted = without(before, 'id', 'attributes');
  if (live === undefined) {
    await create(run, row, wanted);
    return;
  }
  if (live.id !== before.id) {
    // What took its place goes; what it was is still there.
    const rest = without(row, 'step');
    const back: ResourceRow = { ...rest, type: before.type, live: before, doomed: [...doomed, live] };
    const said = { physicalId: before.id, properties: before.properties };
    run.parts.ledger.resource(run.scope, back, 'UPDATE_IN_PROGRESS', said);
    run.parts.ledger.resource(run.scope, run.resource(row.logicalId) ?? back, 'UPDATE_COMPLETE', said);
    return;
  }
  // A step that failed in the middle may have changed a part.
  const touched = row.status === 'UPDATE_FAILED' || row.step !== undefined;
  const course = touched ? 'update' : courseOf(run.parts.types, live, wanted);
  if (course === 'nothing') run.setResource({ ...row, live: before });
  else await update(run, row, live, wanted);
}
