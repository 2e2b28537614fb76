import { mayDo } from '../../role-policies/may.ts';
import type { Context } from '../checks/context.ts';
import { ofType, type FoundStack } from './stack.ts';

/** Whether any role of a stack allows one of these actions on a resource, whichever function has the role. */
export async function stackMay(
  context: Context,
  stack: FoundStack,
  actions: readonly string[],
  resourceArn: string,
): Promise<boolean> {
  for (const { physicalId } of ofType(stack, 'AWS::IAM::Role'))
    if (await mayDo(context, physicalId, actions, resourceArn)) return true;
  return false;
}
