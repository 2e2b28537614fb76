import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import { invalid } from '../failures.ts';
import { checkPolicy } from '../policy/stack-policy.ts';
import { objectText } from '../preparing/source.ts';
import type { StackStore } from '../store.ts';
import { callerOf } from './acting.ts';
import { changeable } from './found.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** What keeps a stack from being changed or deleted: its policy, and its protection. */
export function settingOperations(store: StackStore) {
  return {
    async SetStackPolicy(input: Input<'SetStackPolicy'>, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      const { StackPolicyBody: body, StackPolicyURL: url } = input;
      if (body !== undefined && url !== undefined)
        throw invalid('You cannot specify both StackPolicyURL and StackPolicyBody');
      const policy =
        url === undefined ? body : await objectText(store.cloud, callerOf(call), url, 'StackPolicyURL');
      if (policy === undefined) throw invalid('You must specify either StackPolicyURL or StackPolicyBody');
      checkPolicy(policy);
      const now = store.stack(call, stack.id) ?? stack;
      store.setStack(call, { ...now, policy });
      return {};
    },
    GetStackPolicy(input: Input<'GetStackPolicy'>, call: Call) {
      const { policy } = changeable(store, call, required(input.StackName, 'StackName'));
      return policy === undefined ? {} : { StackPolicyBody: policy };
    },
    UpdateTerminationProtection(input: Input<'UpdateTerminationProtection'>, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      if (stack.parentId !== undefined)
        throw invalid(
          `Cannot modify TerminationProtection on nested stacks. Modify it on the root stack instead.`,
        );
      store.setStack(call, { ...stack, protected: input.EnableTerminationProtection ?? false });
      return { StackId: stack.id };
    },
  } satisfies CloudFormationOperations;
}
