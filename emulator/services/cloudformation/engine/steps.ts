import { randomUUID } from 'node:crypto';
import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { Wanted } from '../planning/wanted.ts';
import type { Kept, Physical, Properties, ResourceType, ResourceWork } from '../resources/resource-type.ts';
import { isCustom } from '../resources/schema/schema.ts';
import type { Live, ResourceRow } from '../rows.ts';
import type { Run } from './run.ts';
import { failureReason } from './wording.ts';
import { without } from '../../../state/without.ts';

/** A step that could not be done; it is written down already. */
export class StepFailed extends Error {}
/** The cloud ends, or the operation: what was begun stays begun. */
export class Interrupted extends Error {}

/** Other stacks, and what functions make: they cannot be ended in the middle. */
const isPatient = (type: string): boolean => isCustom(type) || type === 'AWS::CloudFormation::Stack';

/** The statuses that a step goes through. */
interface Statuses {
  readonly begun: ResourceStatus;
  readonly done: ResourceStatus;
  readonly failed: ResourceStatus;
}
const CREATE: Statuses = {
  begun: 'CREATE_IN_PROGRESS',
  done: 'CREATE_COMPLETE',
  failed: 'CREATE_FAILED',
};
const UPDATE: Statuses = {
  begun: 'UPDATE_IN_PROGRESS',
  done: 'UPDATE_COMPLETE',
  failed: 'UPDATE_FAILED',
};
const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.';

/** Makes a resource that is not there, or one that takes another's place. @throws StepFailed, Interrupted */
export async function create(run: Run, row: ResourceRow, wanted: Wanted): Promise<void> {
  const { ledger } = run.parts;
  const type = typeOf(run, wanted.type);
  const statuses = row.live === undefined ? CREATE : UPDATE;
  const again = row.step?.kind === 'create' ? row.step : undefined;
  const token = again?.token ?? randomUUID();
  const work = run.work(row.logicalId, token, wanted.tags, isPatient(wanted.type));
  let here = row;
  if (again === undefined) {
    const reason = row.live === undefined ? undefined : REPLACES;
    here = { ...row, type: wanted.type, step: { kind: 'create', token, properties: wanted.properties } };
    here = ledger.resource(run.scope, here, statuses.begun, { reason, properties: wanted.properties });
  }
  const made = await attempted(run, here, statuses, async () => {
    if (again !== undefined) await clearAway(type, here, work);
    else if (await isForeign(type, here, wanted, work)) {
      here = { ...here, step: { kind: 'create', token, properties: wanted.properties, foreign: true } };
      run.setResource(here);
    }
    try {
      return await type.create(wanted.properties, work);
    } catch (error) {
      // What was cancelled in the middle may have made something.
      if (run.cancelled && !run.ended)
        await clearAway(type, here, run.work(row.logicalId, token, wanted.tags, true));
      throw error;
    }
  });
  const rest = without(here, 'step');
  const live: Live = { ...wanted, id: made.id, attributes: made.attributes };
  const after: ResourceRow = {
    ...rest,
    live,
    before: row.before === undefined ? (row.live ?? null) : row.before,
  };
  const said = { physicalId: made.id, properties: wanted.properties };
  const initiated = ledger.resource(run.scope, after, statuses.begun, {
    ...said,
    reason: 'Resource creation Initiated',
  });
  finished(run, initiated, statuses, said);
}

/** Changes a resource in place. @throws StepFailed, Interrupted */
export async function update(run: Run, row: ResourceRow, live: Live, wanted: Wanted): Promise<void> {
  const { ledger } = run.parts;
  const type = typeOf(run, wanted.type);
  const token = row.step?.token ?? randomUUID();
  const said = { physicalId: live.id, properties: wanted.properties };
  const here: ResourceRow = {
    ...row,
    step: { kind: 'update', token, properties: wanted.properties },
    before: row.before === undefined ? live : row.before,
  };
  const begun = row.step === undefined ? ledger.resource(run.scope, here, UPDATE.begun, said) : row;
  const work = run.work(row.logicalId, token, wanted.tags, isPatient(wanted.type));
  const made = await attempted(run, begun, UPDATE, async () => {
    if (type.update === undefined) throw new Error(`${wanted.type} cannot be changed in place.`);
    return await type.update(live, wanted.properties, work);
  });
  const rest = without(begun, 'step');
  const after: ResourceRow = {
    ...rest,
    live: { ...wanted, id: made.id, attributes: made.attributes },
  };
  finished(run, after, UPDATE, { ...said, physicalId: made.id });
}

/* A step that ended well although another had failed meanwhile counts as cancelled; what it made is known. */
function finished(
  run: Run,
  row: ResourceRow,
  statuses: Statuses,
  said: { readonly physicalId: string; readonly properties: unknown },
): void {
  if (!run.cancelled) {
    run.parts.ledger.resource(run.scope, row, statuses.done, said);
    return;
  }
  run.parts.ledger.resource(run.scope, row, statuses.failed, { ...said, reason: cancelledReason(statuses) });
  throw new StepFailed();
}

const cancelledReason = ({ failed }: Statuses): string =>
  failed === 'CREATE_FAILED' ? 'Resource creation cancelled' : 'Resource update cancelled';

/* Does a step, and writes down that it failed where it did. */
async function attempted(
  run: Run,
  row: ResourceRow,
  statuses: Statuses,
  work: () => Promise<Physical>,
): Promise<Physical> {
  try {
    return await work();
  } catch (error) {
    if (run.ended) throw new Interrupted();
    const { step, ...rest } = row;
    const reason = run.cancelled ? cancelledReason(statuses) : failureReason(error, step?.token ?? '');
    run.parts.ledger.resource(run.scope, rest, statuses.failed, { reason, properties: step?.properties });
    throw new StepFailed();
  }
}

/** Whether what is to be made has a name that its author gave, and something has that name already. */
async function isForeign(
  type: ResourceType,
  row: ResourceRow,
  wanted: Wanted,
  work: ResourceWork,
): Promise<boolean> {
  // Nothing has been made yet: what is found nevertheless is not this step's.
  if (type.find !== undefined) return (await strange(type, row, wanted.properties, work)) !== undefined;
  if (type.nameOf === undefined || type.read === undefined) return false;
  const seen = { drawn: false };
  const watching: ResourceWork = {
    ...work,
    name: (most, form) => {
      seen.drawn = true;
      return work.name(most, form);
    },
  };
  const id = type.nameOf(wanted.properties, watching);
  if (id === undefined || seen.drawn) return false;
  return (await type.read({ id, attributes: {}, properties: wanted.properties }, work)) !== undefined;
}

/* Removes what an attempt with the same token may have made before the cloud ended. */
async function clearAway(type: ResourceType, row: ResourceRow, work: ResourceWork): Promise<void> {
  const { properties, foreign } = row.step ?? {};
  if (properties === undefined || foreign === true) return;
  if (type.find !== undefined) {
    const found = await strange(type, row, properties, work);
    if (found !== undefined) await type.delete({ ...found, properties }, work);
    return;
  }
  const id = type.nameOf?.(properties, work);
  if (id !== undefined && !knownIds(row).has(id)) await type.delete({ id, attributes: {}, properties }, work);
}

/* What is found of a resource that the stack does not know of. */
async function strange(
  type: ResourceType,
  row: ResourceRow,
  properties: Properties,
  work: ResourceWork,
): Promise<Physical | undefined> {
  const known = knownIds(row);
  const found = await type.find?.(properties, work, known);
  return found === undefined || known.has(found.id) ? undefined : found;
}

/* What it is, was before, and is to be removed: none of that is what a step has left behind. */
function knownIds({ live, before, doomed = [] }: ResourceRow): ReadonlySet<string> {
  return new Set([live, before, ...doomed].flatMap((one) => (one ? [one.id] : [])));
}

/** Removes something that is there. @throws the type's failure, Interrupted */
export async function removeThing(run: Run, logicalId: string, thing: Live, token: string): Promise<void> {
  const kept: Kept = { id: thing.id, attributes: thing.attributes, properties: thing.properties };
  try {
    await typeOf(run, thing.type).delete(kept, run.work(logicalId, token, thing.tags));
  } catch (error) {
    if (run.ended) throw new Interrupted();
    throw error;
  }
}

export function typeOf(run: Run, name: string): ResourceType {
  const type = run.parts.types(name);
  if (type === undefined) throw new Error(`The cloud has no resources of type ${name}.`);
  return type;
}
