import { DeleteTopicCommand, paginateListTopics } from '@aws-sdk/client-sns';
import type { Pool } from '../../../grader/targets/clients/pool.ts';
import { ifThere, type Removal } from './removal.ts';

async function arnOf(pool: Pool, name: string): Promise<string | undefined> {
  const client = await pool.load('sns');
  for await (const { Topics = [] } of paginateListTopics({ client }, {})) {
    const found = Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${name}`));
    if (found !== undefined) return found.TopicArn;
  }
  return undefined;
}

/** A topic with its subscriptions. */
export const removal: Removal = {
  there: async (pool, name) => (await arnOf(pool, name)) !== undefined,
  async remove(pool, name) {
    const sns = await pool.load('sns');
    const TopicArn = await arnOf(pool, name);
    if (TopicArn !== undefined) await ifThere(sns.send(new DeleteTopicCommand({ TopicArn })));
  },
  async *list(pool) {
    for await (const page of paginateListTopics({ client: await pool.load('sns') }, {}))
      for (const { TopicArn } of page.Topics ?? []) yield TopicArn?.split(':').at(-1);
  },
};
