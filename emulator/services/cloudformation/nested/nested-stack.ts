import type { Capability, CreateStackInput } from '@aws-sdk/client-cloudformation';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Json } from '../../../state/state.ts';
import {
  ResourceFailure,
  type Physical,
  type Properties,
  type ResourceType,
  type ResourceWork,
} from '../resources/resource-type.ts';
import type { StackRow } from '../rows.ts';
import type { StackStore } from '../store.ts';

/** How long a stack may take inside another, in seconds. */
const LONGEST = 24 * 3600;

/** A stack inside another: it is made, changed and removed as any stack is, and the outer one waits for it. */
export function nestedStack(store: StackStore): ResourceType {
  const settled = async (work: ResourceWork, id: string): Promise<StackRow> =>
    await work.until(LONGEST, `Stack ${id} did not stabilize.`, async () => {
      const stack = store.stack(work.scope, id);
      return await Promise.resolve(
        stack === undefined || store.operation(work.scope, id) !== undefined ? undefined : stack,
      );
    });
  const removed = async (work: ResourceWork, id: string): Promise<void> => {
    const stack = store.stack(work.scope, id);
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return;
    // One that was begun before the cloud ended is waited for.
    if (stack.status !== 'DELETE_IN_PROGRESS')
      await work.call('cloudformation', 'DeleteStack', { StackName: id });
    const { status, reason = '' } = await settled(work, id);
    if (status !== 'DELETE_COMPLETE')
      throw new ResourceFailure(`Embedded stack ${id} was not successfully deleted: ${reason}`);
  };
  return {
    async create(properties, work) {
      const StackName = work.name(128);
      const there = store.named(work.scope, StackName);
      const id = there?.id ?? (await begun(store, work, StackName, properties));
      const stack = await settled(work, id);
      if (stack.status !== 'CREATE_COMPLETE') {
        await removed(work, id);
        throw new ResourceFailure(
          `Embedded stack ${id} was not successfully created: ${stack.reason ?? firstReason(store, work, id)}`,
        );
      }
      return physical(stack);
    },
    async update(kept, wanted, work) {
      if (store.operation(work.scope, kept.id) === undefined) {
        try {
          await work.call('cloudformation', 'UpdateStack', {
            StackName: kept.id,
            ...asked(store, work, wanted),
          });
        } catch (error) {
          if (!(error instanceof ServiceFailure) || !error.message.startsWith('No updates')) throw error;
        }
      }
      const stack = await settled(work, kept.id);
      if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status))
        throw new ResourceFailure(
          `Embedded stack ${kept.id} was not successfully updated: ${stack.reason ?? firstReason(store, work, kept.id)}`,
        );
      return physical(stack);
    },
    delete: async (kept, work) => {
      await removed(work, kept.id);
    },
  };
}

/* The nested stack is its parent's from the moment that there is a row of it. */
async function begun(
  store: StackStore,
  work: ResourceWork,
  StackName: string,
  properties: Properties,
): Promise<string> {
  const { TimeoutInMinutes: minutes } = properties;
  const { StackId: id = '' } = await work.call('cloudformation', 'CreateStack', {
    StackName,
    ...asked(store, work, properties),
    ...(minutes !== undefined && { TimeoutInMinutes: Number(minutes) }),
  });
  const stack = store.stack(work.scope, id);
  const parent = store.stack(work.scope, work.stackId);
  if (stack !== undefined)
    store.setStack(work.scope, {
      ...stack,
      parentId: work.stackId,
      rootId: parent?.rootId ?? work.stackId,
    });
  return id;
}

function asked(
  store: StackStore,
  work: ResourceWork,
  properties: Properties,
): Omit<CreateStackInput, 'StackName'> {
  const parent = store.stack(work.scope, work.stackId);
  const { TemplateURL, Parameters = {}, Tags = [], NotificationARNs = [] } = properties;
  return {
    TemplateURL: textOf(TemplateURL),
    Parameters: Object.entries(Parameters as Readonly<Record<string, Json>>).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: Array.isArray(value) ? value.map(textOf).join(',') : textOf(value),
    })),
    Tags: [
      ...(Tags as readonly { readonly Key: string; readonly Value: string }[]),
      ...Object.entries(parent?.goal.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    ],
    NotificationARNs: (NotificationARNs as readonly string[]).map(String),
    Capabilities: [...(parent?.goal.capabilities ?? [])] as Capability[],
  };
}

function physical({ id, outputs }: StackRow): Physical {
  return { id, attributes: Object.fromEntries(outputs.map(({ key, value }) => [`Outputs.${key}`, value])) };
}

/* Why the stack was rolled back: its own row says only that it was. */
function firstReason(store: StackStore, work: ResourceWork, id: string): string {
  const began = store
    .events(work.scope, id)
    .findLast(
      ({ status, type }) => type === 'AWS::CloudFormation::Stack' && /ROLLBACK_IN_PROGRESS$/.test(status),
    );
  return began?.reason ?? '';
}

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');
