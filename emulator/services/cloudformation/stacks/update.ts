import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { invalid } from '../failures.ts';
import { isNothing } from '../planning/changes.ts';
import { checkPolicy } from '../policy/stack-policy.ts';
import { checkCapabilities, prepare, type Asked } from '../preparing/prepare.ts';
import { objectText, templateText } from '../preparing/source.ts';
import type { StackRow } from '../rows.ts';
import { callerOf, makerOf } from './acting.ts';
import { beginUpdate } from './begin.ts';
import { changeable, checkUpdatable } from './found.ts';

type UpdateInput = Parameters<NonNullable<CloudFormationOperations['UpdateStack']>>[0];

/** What a request says of an existing stack; what it does not say stays. */
export type AskedAnew = Pick<
  UpdateInput,
  | 'TemplateBody'
  | 'TemplateURL'
  | 'UsePreviousTemplate'
  | 'Parameters'
  | 'Tags'
  | 'Capabilities'
  | 'NotificationARNs'
  | 'RoleARN'
>;

/** What a stack is asked to be, in place of what it is. @throws ValidationError */
export async function askedAnew(
  engine: Engine,
  call: Call,
  stack: StackRow,
  input: AskedAnew,
): Promise<Asked> {
  const { cloud, store } = engine.parts;
  const { goal } = stack;
  const text =
    input.UsePreviousTemplate === true
      ? store.template(call, goal.template).original
      : await templateText(cloud, callerOf(call), { body: input.TemplateBody, url: input.TemplateURL });
  return {
    text,
    parameters: input.Parameters ?? [],
    tags: input.Tags ?? Object.entries(goal.tags).map(([Key, Value]) => ({ Key, Value })),
    capabilities: input.Capabilities ?? [],
    notifications: input.NotificationARNs ?? goal.notifications,
    roleArn: input.RoleARN ?? goal.roleArn,
    previous: goal,
  };
}

/** `UpdateStack`. */
export function updateOperations(engine: Engine) {
  const { cloud, store } = engine.parts;
  const policyText = async (
    call: Call,
    body: string | undefined,
    url: string | undefined,
    member: string,
  ) => {
    const text = url === undefined ? body : await objectText(cloud, callerOf(call), url, member);
    if (text !== undefined) checkPolicy(text);
    return text;
  };
  return {
    async UpdateStack(input: UpdateInput, call: Call) {
      const stack = changeable(store, call, required(input.StackName, 'StackName'));
      checkUpdatable(stack);
      const asked = await askedAnew(engine, call, stack, input);
      const policy = await policyText(call, input.StackPolicyBody, input.StackPolicyURL, 'StackPolicyURL');
      const once = await policyText(
        call,
        input.StackPolicyDuringUpdateBody,
        input.StackPolicyDuringUpdateURL,
        'StackPolicyDuringUpdateURL',
      );
      const principal = await makerOf(cloud, call, asked.roleArn);
      const prepared = await prepare(engine.parts, call, callerOf(call), stack, asked);
      checkCapabilities(prepared);
      const now = store.stack(call, stack.id) ?? stack;
      checkUpdatable(now);
      if (!now.status.endsWith('FAILED') && isNothing(engine.parts, call, now, prepared))
        throw invalid('No updates are to be performed.');
      const goal = { ...prepared.goal, template: store.addTemplate(call, prepared.row) };
      beginUpdate(engine, call, { ...now, ...(policy !== undefined && { policy }) }, goal, {
        principal,
        cause: call.trail,
        clientToken: input.ClientRequestToken,
        onFailure: input.DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK',
        retainExceptOnCreate: input.RetainExceptOnCreate,
        policy: once,
      });
      return { StackId: stack.id, OperationId: store.operation(call, stack.id)?.id };
    },
  } satisfies CloudFormationOperations;
}
