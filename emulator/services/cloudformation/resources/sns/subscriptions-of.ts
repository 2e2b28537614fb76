import type { Subscription } from '@aws-sdk/client-sns';
import type { ResourceWork } from '../resource-type.ts';

/** All subscriptions of a topic. @throws ServiceFailure where the topic is gone */
export async function subscriptionsOf(TopicArn: string, work: ResourceWork): Promise<Subscription[]> {
  const all: Subscription[] = [];
  let NextToken: string | undefined;
  do {
    const page = await work.call('sns', 'ListSubscriptionsByTopic', {
      TopicArn,
      ...(NextToken !== undefined && { NextToken }),
    });
    all.push(...(page.Subscriptions ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return all;
}
