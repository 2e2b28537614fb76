import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { invalid } from '../failures.ts';
import type { StackRow } from '../rows.ts';
import { makerOf } from './acting.ts';
import { beginRollback } from './begin.ts';
import { changeable } from './found.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** How updates that are under way, or have failed, are undone. */
export function rollbackOperations(engine: Engine) {
  const { cloud, store } = engine.parts;
  const whose = async (call: Call, stack: StackRow, roleArn: string | undefined) => ({
    principal: await makerOf(cloud, call, roleArn ?? stack.goal.roleArn),
    cause: call.trail,
  });
  return {
    CancelUpdateStack(input: Input<'CancelUpdateStack'>, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      if (stack.status !== 'UPDATE_IN_PROGRESS')
        throw invalid('CancelUpdateStack cannot be called from current stack status');
      engine.cancelUpdate(call, stack.id);
      return {};
    },
    async ContinueUpdateRollback(input: Input<'ContinueUpdateRollback'>, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      checkStatus(stack, ['UPDATE_ROLLBACK_FAILED']);
      const skip = input.ResourcesToSkip ?? [];
      for (const logicalId of skip)
        if (store.resource(call, stack.id, logicalId)?.status !== 'UPDATE_FAILED')
          throw invalid(
            `Invalid logical ID ${logicalId}. Ensure all the resources in ResourcesToSkip are in UPDATE_FAILED state`,
          );
      const how = await whose(call, stack, input.RoleARN);
      checkStatus(store.stack(call, stack.id) ?? stack, ['UPDATE_ROLLBACK_FAILED']);
      beginRollback(engine, call, stack, 'CONTINUE_ROLLBACK', {
        ...how,
        skip,
        clientToken: input.ClientRequestToken,
      });
      return {};
    },
    async RollbackStack(input: Input<'RollbackStack'>, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      checkStatus(stack, ['CREATE_FAILED', 'UPDATE_FAILED']);
      const how = await whose(call, stack, input.RoleARN);
      checkStatus(store.stack(call, stack.id) ?? stack, ['CREATE_FAILED', 'UPDATE_FAILED']);
      beginRollback(engine, call, stack, 'ROLLBACK', {
        ...how,
        clientToken: input.ClientRequestToken,
        retainExceptOnCreate: input.RetainExceptOnCreate,
      });
      return { StackId: stack.id, OperationId: store.operation(call, stack.id)?.id };
    },
  } satisfies CloudFormationOperations;
}

function checkStatus(stack: StackRow, statuses: readonly string[]): void {
  if (!statuses.includes(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
}
