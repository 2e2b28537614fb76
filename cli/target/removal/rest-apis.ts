import { DeleteRestApiCommand, paginateGetRestApis } from '@aws-sdk/client-api-gateway';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { ifThere, type Removal } from './removal.ts';

/** A name may stand for several APIs: nothing keeps a second one from being made. */
async function idsOf(pool: Pool, name: string): Promise<string[]> {
  const client = await pool.load('apigateway');
  const ids: string[] = [];
  for await (const { items = [] } of paginateGetRestApis({ client, pageSize: 500 }, {}))
    for (const api of items) if (api.name === name && api.id !== undefined) ids.push(api.id);
  return ids;
}

/** REST APIs with their stages and deployments. AWS removes one in thirty seconds: the client tries again by itself. */
export const removal: Removal = {
  there: async (pool, name) => (await idsOf(pool, name)).length > 0,
  async remove(pool, name) {
    const client = await pool.load('apigateway');
    for (const restApiId of await idsOf(pool, name))
      await ifThere(client.send(new DeleteRestApiCommand({ restApiId })));
  },
  async *list(pool) {
    for await (const page of paginateGetRestApis({ client: await pool.load('apigateway') }, {}))
      for (const { name } of page.items ?? []) yield name;
  },
};
