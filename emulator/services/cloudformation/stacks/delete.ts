import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { invalid } from '../failures.ts';
import { makerOf } from './acting.ts';
import { beginDelete } from './begin.ts';
import { find } from './found.ts';

type DeleteInput = Parameters<NonNullable<CloudFormationOperations['DeleteStack']>>[0];

/** `DeleteStack`. */
export function deleteOperations(engine: Engine) {
  const { cloud, store, ledger } = engine.parts;
  return {
    async DeleteStack(input: DeleteInput, call: Call) {
      const stack = find(store, call, required(input.StackName, 'StackName'));
      // One that is not there is deleted, as the caller wants it.
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {};
      if (stack.protected)
        throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      const retain = input.RetainResources ?? [];
      if (retain.length > 0 && stack.status !== 'DELETE_FAILED')
        throw invalid(
          `Invalid operation on stack [${stack.id}]. Failed resources can be retained only if the stack is in the DELETE_FAILED state.`,
        );
      if (stack.status === 'DELETE_IN_PROGRESS') return {};
      if (/^(UPDATE|IMPORT)_.*IN_PROGRESS$/.test(stack.status))
        throw invalid(`Stack [${stack.id}] is in ${stack.status} state and can not be deleted.`);
      const principal = await makerOf(cloud, call, input.RoleARN ?? stack.goal.roleArn);
      await engine.interrupt(call, stack.id);
      const now = store.stack(call, stack.id) ?? stack;
      if (now.status === 'REVIEW_IN_PROGRESS') {
        // Nothing was made yet.
        for (const { id } of store.changeSets(call, stack.id)) store.deleteChangeSet(call, id);
        ledger.stack(call, now, 'DELETE_COMPLETE', undefined, { deleted: cloud.clock.now() });
        return {};
      }
      beginDelete(engine, call, now, {
        principal,
        cause: call.trail,
        clientToken: input.ClientRequestToken,
        retain,
      });
      return {};
    },
  } satisfies CloudFormationOperations;
}
