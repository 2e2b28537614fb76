import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Context } from '../checks/context.ts';
import {
  failures,
  findStack,
  resourcesOf,
  settledStack,
  type FoundStack,
  type StackResource,
} from '../found/stack.ts';
import { tidying } from '../../tidying/tidying.ts';

/*
 * What a broken update or a deletion does shows only when it happens. The student's stack must stay as it is, so a copy
 * is made of it, under a name of the grader's: the same template, as SAM has made it, and the same parameters.
 */
export interface Copy {
  readonly stack: Stack;
  readonly id: string;
  readonly resources: readonly StackResource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Updates it to another template, and waits for the end. */
  update(template: object): Promise<Stack | undefined>;
  /** Deletes it, and waits for the end. @returns the stack as it is then */
  remove(): Promise<Stack | undefined>;
}

/** Runs `use` with a copy of a stack, and deletes the copy whatever happens. */
export async function withCopy<T>(
  context: Context,
  of: FoundStack,
  name: string,
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  await removed(context, name);
  try {
    return await use(await created(context, of, name));
  } finally {
    await removed(context, name);
  }
}

const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;

async function created(context: Context, of: FoundStack, name: string): Promise<Copy> {
  const { cloudformation } = context.clients;
  const parameters = Object.entries(of.parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  const settings = { Capabilities: [...capabilities], Parameters: parameters };
  const { StackId: id = name } = await cloudformation.send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(of.processed), ...settings }),
  );
  const stack = await settledStack(context, id);
  if (stack?.StackStatus !== 'CREATE_COMPLETE')
    return context.fail({
      ...context.text.copy.notMade(of.name),
      expected: 'CREATE_COMPLETE',
      actual: stack?.StackStatus ?? '',
      evidence: await failures(context, id),
    });
  const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
    OutputKey,
    OutputValue,
  ]);
  return {
    stack,
    id,
    resources: await resourcesOf(context, id),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
    async update(template) {
      const TemplateBody = JSON.stringify(template);
      await cloudformation.send(new UpdateStackCommand({ StackName: id, TemplateBody, ...settings }));
      return settledStack(context, id);
    },
    async remove() {
      await cloudformation.send(new DeleteStackCommand({ StackName: id }));
      return settledStack(context, id);
    },
  };
}

async function removed(context: Context, name: string): Promise<void> {
  if ((await findStack(context, name)) === undefined) return;
  await context.clients.cloudformation.send(new DeleteStackCommand({ StackName: name }), tidying());
  await settledStack(context, name);
}
