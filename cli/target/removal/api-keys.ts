import { DeleteApiKeyCommand, paginateGetApiKeys } from '@aws-sdk/client-api-gateway';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { ifThere, type Removal } from './removal.ts';

/** A name may stand for several keys; AWS finds those whose name begins with it. */
async function idsOf(pool: Pool, name: string): Promise<string[]> {
  const client = await pool.load('apigateway');
  const ids: string[] = [];
  for await (const { items = [] } of paginateGetApiKeys({ client, pageSize: 500 }, { nameQuery: name }))
    for (const key of items) if (key.name === name && key.id !== undefined) ids.push(key.id);
  return ids;
}

/** API keys, with their places in usage plans. */
export const removal: Removal = {
  there: async (pool, name) => (await idsOf(pool, name)).length > 0,
  async remove(pool, name) {
    const client = await pool.load('apigateway');
    for (const apiKey of await idsOf(pool, name))
      await ifThere(client.send(new DeleteApiKeyCommand({ apiKey })));
  },
  async *list(pool, nameQuery) {
    for await (const page of paginateGetApiKeys({ client: await pool.load('apigateway') }, { nameQuery }))
      for (const { name } of page.items ?? []) yield name;
  },
};
