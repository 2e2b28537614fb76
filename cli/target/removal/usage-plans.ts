import {
  DeleteUsagePlanCommand,
  UpdateUsagePlanCommand,
  paginateGetUsagePlans,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { ifThere, type Removal } from './removal.ts';

/** A name may stand for several plans. */
async function plansOf(pool: Pool, name: string): Promise<UsagePlan[]> {
  const client = await pool.load('apigateway');
  const plans: UsagePlan[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client, pageSize: 500 }, {}))
    plans.push(...items.filter((plan) => plan.name === name));
  return plans;
}

/** Usage plans: one that still covers a stage cannot be deleted. AWS changes one plan in twenty seconds: the client tries again by itself. */
export const removal: Removal = {
  there: async (pool, name) => (await plansOf(pool, name)).length > 0,
  async remove(pool, name) {
    const client = await pool.load('apigateway');
    for (const { id: usagePlanId, apiStages = [] } of await plansOf(pool, name)) {
      const patchOperations = apiStages.map(({ apiId = '', stage = '' }) => ({
        op: 'remove' as const,
        path: '/apiStages',
        value: `${apiId}:${stage}`,
      }));
      if (patchOperations.length > 0)
        await ifThere(client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations })));
      await ifThere(client.send(new DeleteUsagePlanCommand({ usagePlanId })));
    }
  },
  async *list(pool) {
    for await (const page of paginateGetUsagePlans({ client: await pool.load('apigateway') }, {}))
      for (const { name } of page.items ?? []) yield name;
  },
};
