import { randomUUID } from 'node:crypto';
import { whyNotExported } from '../../exports/exports.ts';
import type { Live, ResourceRow } from '../../rows.ts';
import { inOrderOf, turned } from '../in-order.ts';
import type { Run } from '../run.ts';
import { Interrupted, removeThing } from '../steps.ts';
import { failureReason } from '../wording.ts';
import { MOST_STEPS } from './apply.ts';
import { ended } from './outcome.ts';
import { without } from '../../../../state/without.ts';

/** Removes everything that a stack has: it is deleted, or its creation is undone. */
export async function remove(run: Run): Promise<void> {
  run.renew();
  const used =
    run.stack.status === 'DELETE_IN_PROGRESS'
      ? whyNotExported(run.parts.store, run.scope, run.stack, [])
      : undefined;
  if (used !== undefined) {
    ended(run, 'DELETE_FAILED', {}, used);
    return;
  }
  const failures: string[] = [];
  const graph = new Map(run.resources().map((row) => [row.logicalId, needsOf(row)]));
  await inOrderOf(
    turned(graph),
    async (logicalId) => {
      const gone = await removed(run, logicalId);
      if (!gone) failures.push(logicalId);
      return gone;
    },
    { most: MOST_STEPS, goOn: () => !run.ended },
  );
  if (run.ended) return;
  const now = run.parts.cloud.clock.now();
  const deleting = run.stack.status === 'DELETE_IN_PROGRESS';
  if (failures.length > 0) {
    const reason = `The following resource(s) failed to delete: [${failures.join(', ')}]. `;
    ended(run, deleting ? 'DELETE_FAILED' : 'ROLLBACK_FAILED', {}, reason);
  } else if (deleting) ended(run, 'DELETE_COMPLETE', { deleted: now, outputs: [], imports: [] });
  else ended(run, 'ROLLBACK_COMPLETE', { outputs: [], imports: [] });
}

/** Everything of a resource that is there: what an unfinished update has replaced, too. */
function thingsOf({ live, before, doomed = [] }: ResourceRow): Live[] {
  const all = [live, before ?? undefined, ...doomed].filter((one) => one !== undefined);
  return all.filter((one, at) => all.findIndex(({ id }) => id === one.id) === at);
}
const needsOf = (row: ResourceRow): string[] => thingsOf(row).flatMap(({ needs }) => needs);

async function removed(run: Run, logicalId: string): Promise<boolean> {
  const { ledger } = run.parts;
  let row = run.resource(logicalId);
  if (row === undefined) return true;
  const things = thingsOf(row);
  if (things.length === 0) {
    // What could not be made is gone at once.
    if (row.status === 'CREATE_FAILED') ledger.resource(run.scope, withoutThings(row), 'DELETE_COMPLETE');
    return true;
  }
  if (things.every((thing) => isKept(run, logicalId, thing))) {
    ledger.resource(run.scope, withoutThings(row), 'DELETE_SKIPPED', { physicalId: row.live?.id });
    return true;
  }
  const token = row.step?.kind === 'delete' ? row.step.token : randomUUID();
  if (row.step?.kind !== 'delete')
    row = ledger.resource(run.scope, { ...row, step: { kind: 'delete', token } }, 'DELETE_IN_PROGRESS');
  try {
    for (const thing of things)
      if (!isKept(run, logicalId, thing)) await removeThing(run, logicalId, thing, token);
  } catch (error) {
    if (error instanceof Interrupted) return false;
    const rest = without(row, 'step');
    ledger.resource(run.scope, rest, 'DELETE_FAILED', { reason: failureReason(error, token) });
    return false;
  }
  ledger.resource(run.scope, withoutThings(row), 'DELETE_COMPLETE');
  return true;
}

function withoutThings(row: ResourceRow): ResourceRow {
  return without(row, 'live', 'before', 'doomed', 'step');
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
function isKept(run: Run, logicalId: string, thing: Live): boolean {
  const { retain, type, retainExceptOnCreate } = run.operation;
  if (retain.includes(logicalId)) return true;
  const undone = type === 'CREATE_STACK' || type === 'ROLLBACK';
  if (thing.whenDeleted === 'RetainExceptOnCreate') return !undone;
  return thing.whenDeleted === 'Retain' && !(undone && retainExceptOnCreate === true);
}
