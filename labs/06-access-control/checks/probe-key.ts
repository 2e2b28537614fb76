import {
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  NotFoundException,
  UpdateApiKeyCommand,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import type { probeKeys } from '../names.ts';
import type { Context } from './context.ts';
import { planOf } from './plan.ts';
import { tidying } from '../../tidying/tidying.ts';

/*
 * What a plan does to a key shows only when the key is used up, switched off or too fast. The student's own key must
 * keep what it has, so the check makes a key of its own, puts it into the student's plan, and deletes it. One that a
 * killed run left is replaced.
 */
export interface ProbeKey {
  readonly id: string;
  readonly value: string;
  /** Puts it into the student's plan. */
  join(): Promise<void>;
  disable(): Promise<void>;
}

/** Runs `use` with a key that is in no plan yet, and deletes the key whatever happens. */
export async function withProbeKey<T>(
  context: Context,
  resource: (typeof probeKeys)[keyof typeof probeKeys],
  use: (key: ProbeKey) => Promise<T>,
): Promise<T> {
  const { apigateway } = context.clients;
  const name = context.name(resource);
  for await (const { items = [] } of paginateGetApiKeys({ client: apigateway }, { nameQuery: name }))
    for (const left of items) if (left.name === name && left.id !== undefined) await remove(context, left.id);
  const { id, value } = await apigateway.send(
    new CreateApiKeyCommand({
      name,
      enabled: true,
      description: 'Made by the Coldstart grader, and deleted by it',
    }),
  );
  if (id === undefined || value === undefined) throw new Error('CreateApiKey answered without id or value.');
  try {
    return await use({
      id,
      value,
      async join() {
        const usagePlanId = planOf(context).id;
        await apigateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' }));
      },
      async disable() {
        const off = { op: 'replace' as const, path: '/enabled', value: 'false' };
        await apigateway.send(new UpdateApiKeyCommand({ apiKey: id, patchOperations: [off] }));
      },
    });
  } finally {
    await remove(context, id);
  }
}

async function remove({ clients }: Context, apiKey: string): Promise<void> {
  try {
    await clients.apigateway.send(new DeleteApiKeyCommand({ apiKey }), tidying());
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}
