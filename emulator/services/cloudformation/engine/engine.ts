import type { Scope } from '../../../service/call.ts';
import type { OperationRow, Phase } from '../rows.ts';
import { apply, fail } from './phases/apply.ts';
import { cleanup } from './phases/cleanup.ts';
import { ended } from './phases/outcome.ts';
import { remove } from './phases/remove.ts';
import { revert } from './phases/revert.ts';
import { Run, type RunParts } from './run.ts';

const PHASES: Readonly<Record<Phase, (run: Run) => Promise<void>>> = { apply, revert, cleanup, remove };

/** Carries operations on stacks out, each until it is over; those that were under way when the cloud ended, too. */
export class Engine {
  readonly parts: RunParts;
  readonly #runs = new Map<string, { readonly run: Run; readonly over: Promise<void> }>();
  #stopped = false;

  constructor(parts: RunParts) {
    this.parts = parts;
  }

  /** Begins an operation on a stack that has none. It goes on after the caller's turn. */
  begin(scope: Scope, operation: OperationRow): void {
    const { store } = this.parts;
    const stack = store.stack(scope, operation.stackId);
    if (stack !== undefined)
      store.setStack(scope, { ...stack, lastOperation: { type: operation.type, id: operation.id } });
    store.setOperation(scope, operation);
    this.#start(scope, operation.stackId);
  }

  /** Goes on with what was under way when the cloud ended. */
  resume(): void {
    for (const { scope, operation } of [...this.parts.store.operations()])
      this.#start(scope, operation.stackId);
  }

  /** Ends what is under way on a stack, for something else to be done with it. Steps stay as far as they have come. */
  async interrupt(scope: Scope, stackId: string): Promise<void> {
    const at = this.#runs.get(stackId);
    at?.run.end.abort(new Error('Something else is to be done with the stack.'));
    await at?.over;
    this.parts.store.deleteOperation(scope, stackId);
  }

  /** Somebody does not want an update any more: it is undone. */
  cancelUpdate(scope: Scope, stackId: string): void {
    const { store } = this.parts;
    const operation = store.operation(scope, stackId);
    if (operation === undefined) return;
    store.setOperation(scope, { ...operation, cancelled: true });
    const run = this.#runs.get(stackId)?.run;
    if (run !== undefined) fail(run, 'User Initiated');
  }

  /** Resolves when nothing is under way on the stack. */
  async settled(stackId: string): Promise<void> {
    await this.#runs.get(stackId)?.over;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.end.abort(new Error('The cloud is ending.'));
    await Promise.all(runs.map(({ over }) => over));
  }

  #start(scope: Scope, stackId: string): void {
    if (this.#stopped) return;
    const run = new Run(this.parts, scope, stackId);
    const over = this.#carriedOut(run).finally(() => {
      if (this.#runs.get(stackId)?.run === run) this.#runs.delete(stackId);
    });
    this.#runs.set(stackId, { run, over });
  }

  async #carriedOut(run: Run): Promise<void> {
    // The request that began it is answered first.
    await new Promise(setImmediate);
    try {
      for (let now = run.underWay; now !== undefined && !run.ended; now = run.underWay)
        await PHASES[now.phase](run);
    } catch (error) {
      if (run.ended) return;
      // A defect of the cloud: the stack says so, and can be deleted. Where it is stands in the trail.
      const { cloud } = this.parts;
      cloud.trail.record(run.scope, 'decision', {
        by: run.stackId,
        outcome: 'internal failure',
        why: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      const said = error instanceof Error ? error.message : String(error);
      const why = `Internal failure: ${said} This is a defect of the embedded cloud; the stack can be deleted.`;
      ended(
        run,
        run.stack.status.startsWith('DELETE') ? 'DELETE_FAILED' : failedStatus(run),
        {},
        why,
        'keep',
      );
    }
  }
}

const failedStatus = (run: Run) => {
  if (run.underWay?.phase === 'revert') return 'UPDATE_ROLLBACK_FAILED' as const;
  if (run.underWay?.type !== 'CREATE_STACK') return 'UPDATE_FAILED' as const;
  return run.underWay.phase === 'remove' ? ('ROLLBACK_FAILED' as const) : ('CREATE_FAILED' as const);
};
