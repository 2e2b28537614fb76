import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { alreadyExists, invalid } from '../failures.ts';
import { checkPolicy } from '../policy/stack-policy.ts';
import { checkCapabilities, prepare } from '../preparing/prepare.ts';
import { objectText, templateText } from '../preparing/source.ts';
import type { OperationRow } from '../rows.ts';
import { callerOf, makerOf } from './acting.ts';
import { beginCreate, newStack } from './begin.ts';

type CreateInput = Parameters<NonNullable<CloudFormationOperations['CreateStack']>>[0];

const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;

/** @throws ValidationError */
export function checkName(name: string): void {
  if (NAME.test(name) && name.length <= 128) return;
  throw invalid(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must ${name.length > 128 ? 'have length less than or equal to 128' : 'satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*'}`,
  );
}

/** `CreateStack`. */
export function createOperations(engine: Engine) {
  const { cloud, store } = engine.parts;
  return {
    async CreateStack(input: CreateInput, call: Call) {
      const name = required(input.StackName, 'StackName');
      checkName(name);
      const same = store.named(call, name);
      if (same !== undefined) {
        const began = store.events(call, same.id)[0];
        const token = input.ClientRequestToken;
        if (token !== undefined && began?.clientToken === token) return { StackId: same.id };
        throw alreadyExists(`Stack [${name}] already exists`);
      }
      const acting = callerOf(call);
      const text = await templateText(cloud, acting, { body: input.TemplateBody, url: input.TemplateURL });
      const policy =
        input.StackPolicyURL === undefined
          ? input.StackPolicyBody
          : await objectText(cloud, acting, input.StackPolicyURL, 'StackPolicyURL');
      if (policy !== undefined) checkPolicy(policy);
      const principal = await makerOf(cloud, call, input.RoleARN);
      const blank = newStack(engine, call, name, {
        template: '',
        parameters: [],
        tags: {},
        capabilities: [],
        notifications: [],
      });
      const prepared = await prepare(engine.parts, call, acting, blank, {
        text,
        parameters: input.Parameters ?? [],
        tags: input.Tags ?? [],
        capabilities: input.Capabilities ?? [],
        notifications: input.NotificationARNs ?? [],
        roleArn: input.RoleARN,
        previous: undefined,
      });
      checkCapabilities(prepared);
      // Somebody may have made it meanwhile.
      if (store.named(call, name) !== undefined) throw alreadyExists(`Stack [${name}] already exists`);
      const onFailure = onFailureOf(input);
      beginCreate(
        engine,
        call,
        {
          ...blank,
          goal: { ...prepared.goal, template: store.addTemplate(call, prepared.row) },
          disableRollback: onFailure === 'DO_NOTHING',
          protected: input.EnableTerminationProtection ?? false,
          ...(input.TimeoutInMinutes !== undefined && { timeoutMinutes: input.TimeoutInMinutes }),
          ...(policy !== undefined && { policy }),
          ...(input.RetainExceptOnCreate !== undefined && {
            retainExceptOnCreate: input.RetainExceptOnCreate,
          }),
        },
        {
          principal,
          cause: call.trail,
          clientToken: input.ClientRequestToken,
          onFailure,
          retainExceptOnCreate: input.RetainExceptOnCreate,
        },
      );
      return { StackId: blank.id, OperationId: store.operation(call, blank.id)?.id };
    },
  } satisfies CloudFormationOperations;
}

function onFailureOf({ OnFailure, DisableRollback }: CreateInput): OperationRow['onFailure'] {
  if (OnFailure !== undefined && DisableRollback !== undefined)
    throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
  return OnFailure ?? (DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK');
}
