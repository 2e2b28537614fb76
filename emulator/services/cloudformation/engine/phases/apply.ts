import { TemplateFailure } from '../../template/failure.ts';
import { evaluatedOutput } from '../../values/evaluate.ts';
import { isKnown } from '../../values/unknown.ts';
import { whyNotExported } from '../../exports/exports.ts';
import { courseOf } from '../../planning/difference.ts';
import type { Plan } from '../../planning/plan.ts';
import { whyDenied, type UpdateAction } from '../../policy/stack-policy.ts';
import { ResourceFailure } from '../../resources/resource-type.ts';
import { wantedOf, withReferences, type Wanted } from '../../planning/wanted.ts';
import type { OutputRow, ResourceRow } from '../../rows.ts';
import { inOrderOf } from '../in-order.ts';
import type { Run } from '../run.ts';
import { create, Interrupted, StepFailed, update } from '../steps.ts';
import { failureReason } from '../wording.ts';
import { applied, failed } from './outcome.ts';

/** Resources of a stack that are made or changed at the same time. */
export const MOST_STEPS = 16;

/** Makes and changes the resources of a stack as its goal has them. */
export async function apply(run: Run): Promise<void> {
  run.renew();
  const timer = timed(run);
  try {
    const plan = run.plan(run.stack.goal);
    if (run.operation.cancelled === true) fail(run, 'User Initiated');
    keptByPolicy(run, plan);
    await inOrderOf(plan.needs, async (logicalId) => await brought(run, plan, logicalId), {
      most: MOST_STEPS,
      goOn: () => !run.ended && run.operation.failing === undefined,
    });
    if (run.ended) return;
    await interruptedSteps(run);
    if (run.operation.failing === undefined) await concluded(run, plan);
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    fail(run, error.message);
  } finally {
    timer?.cancel();
  }
  if (!run.ended && run.underWay?.failing !== undefined) failed(run);
}

/* What the template has no more may be kept by the stack's policy: then nothing is changed. */
function keptByPolicy(run: Run, plan: Plan): void {
  const policy = run.operation.policy ?? run.stack.policy;
  if (policy === undefined || run.operation.type !== 'UPDATE_STACK') return;
  for (const { logicalId, type, live } of run.resources()) {
    if (live === undefined || plan.needs.has(logicalId)) continue;
    const why = whyDenied(policy, 'Update:Delete', { logicalId, type });
    if (why !== undefined) fail(run, why);
  }
}

/** Begins no more, and ends what is under way. @param why empty: because of the resources that have failed */
export function fail(run: Run, why: string): void {
  if (run.operation.failing === undefined) run.change({ failing: why });
  run.cancel();
}

function timed(run: Run): { cancel(): void } | undefined {
  const { deadline } = run.operation;
  return deadline === undefined
    ? undefined
    : run.parts.cloud.clock.at(deadline, () => {
        if (run.underWay?.phase === 'apply') fail(run, 'Stack creation time exceeded the specified timeout.');
      });
}

/* One resource made what it is to be. */
async function brought(run: Run, plan: Plan, logicalId: string): Promise<boolean> {
  try {
    await bring(run, plan, logicalId);
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    if (!(error instanceof StepFailed)) notBegun(run, plan, logicalId, error);
    fail(run, '');
    return false;
  }
}

async function bring(run: Run, plan: Plan, logicalId: string): Promise<void> {
  const { tags } = run.stack.goal;
  const wanted = await wantedOf(plan, logicalId, tags, run.context(plan), run.call());
  if (run.ended) throw new Interrupted();
  const row = run.resource(logicalId) ?? fresh(run, logicalId, wanted);
  const { live } = row;
  if (live === undefined || row.step?.kind === 'create') {
    await create(run, row, wanted);
    return;
  }
  const course = courseOf(run.parts.types, live, wanted);
  if (course !== 'nothing') checkPolicy(run, row, course === 'update' ? 'Update:Modify' : 'Update:Replace');
  if (row.step?.kind === 'update' || course === 'update') await update(run, row, live, wanted);
  else if (course === 'replace') await create(run, row, wanted);
  else unchanged(run, row, { ...live, ...wanted });
}

/* @throws ResourceFailure where the stack's policy keeps the resource as it is */
function checkPolicy(run: Run, { logicalId, type, step }: ResourceRow, action: UpdateAction): void {
  const policy = run.operation.policy ?? run.stack.policy;
  const why =
    policy === undefined || step !== undefined ? undefined : whyDenied(policy, action, { logicalId, type });
  if (why !== undefined) throw new ResourceFailure(why);
}

/* What stands beside the properties may have changed: nobody has to be told. */
function unchanged(run: Run, row: ResourceRow, live: NonNullable<ResourceRow['live']>): void {
  const before = row.before === undefined ? (row.live ?? null) : row.before;
  if (JSON.stringify(live) !== JSON.stringify(row.live)) run.setResource({ ...row, live, before });
}

function fresh(run: Run, logicalId: string, { type }: Pick<Wanted, 'type'>): ResourceRow {
  return {
    stackId: run.stackId,
    logicalId,
    type,
    status: 'CREATE_IN_PROGRESS',
    at: run.parts.cloud.clock.now(),
  };
}

/* Its properties could not be worked out, or are not the type's. */
function notBegun(run: Run, plan: Plan, logicalId: string, error: unknown): void {
  const type = plan.declared(logicalId)?.type ?? '';
  const row = run.resource(logicalId) ?? fresh(run, logicalId, { type });
  const begun = row.live === undefined ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  run.parts.ledger.resource(run.scope, row, begun);
  run.parts.ledger.resource(run.scope, row, row.live === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED', {
    reason: failureReason(error, `${run.operation.id} ${logicalId}`),
  });
}

/* Steps that had begun when the cloud ended, in an operation that had failed already. */
async function interruptedSteps(run: Run): Promise<void> {
  for (const row of run.resources()) {
    if (row.step === undefined || row.step.kind === 'delete') continue;
    const { properties } = row.step;
    if (properties === undefined) continue;
    const { live } = row;
    const wanted: Wanted = {
      type: row.type,
      properties,
      tags: run.stack.goal.tags,
      whenDeleted: 'Delete',
      whenReplaced: 'Delete',
      needs: [],
    };
    try {
      if (row.step.kind === 'update' && live !== undefined) await update(run, row, live, wanted);
      else await create(run, row, wanted);
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
    }
  }
}

/* The outputs are worked out; a stack whose exports cannot be as it wants has failed. */
async function concluded(run: Run, plan: Plan): Promise<void> {
  const outputs = await outputsOf(run, plan);
  const why = whyNotExported(run.parts.store, run.scope, run.stack, outputs);
  if (why !== undefined) {
    fail(run, why);
    return;
  }
  applied(run, plan, outputs);
}

async function outputsOf(run: Run, plan: Plan): Promise<OutputRow[]> {
  const context = run.context(plan);
  const outputs: OutputRow[] = [];
  for (const [key, output] of plan.template.outputs) {
    if (output.condition !== undefined && context.conditions.get(output.condition) !== true) continue;
    const { value, exportName } = evaluatedOutput(key, output, context);
    const text = await withReferences(value, run.call());
    if (!isKnown(text)) throw new TemplateFailure(`The output ${key} cannot be worked out.`);
    outputs.push({
      key,
      value: typeof text === 'string' ? text : JSON.stringify(text),
      ...(output.description !== undefined && { description: output.description }),
      ...(exportName !== undefined && { exportName }),
    });
  }
  return outputs;
}
