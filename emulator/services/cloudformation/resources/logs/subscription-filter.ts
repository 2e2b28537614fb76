import { lowerFirst } from '../translate/letters.ts';
import { shaped, text } from '../translate/shaped.ts';
import { filterType } from './filter.ts';

/** `AWS::Logs::SubscriptionFilter`. */
export const subscriptionFilter = filterType({
  put: async ({ LogGroupName, ...rest }, filterName, work) =>
    await work.call('logs', 'PutSubscriptionFilter', {
      ...shaped<{ filterName: string; filterPattern: string; destinationArn: string }>(
        lowerFirst({ ...rest, FilterName: filterName }),
      ),
      logGroupName: text(LogGroupName),
    }),
  list: async (logGroupName, filterNamePrefix, work) => {
    const asked = { logGroupName, filterNamePrefix };
    return (await work.call('logs', 'DescribeSubscriptionFilters', asked)).subscriptionFilters;
  },
  remove: async (logGroupName, filterName, work) =>
    await work.call('logs', 'DeleteSubscriptionFilter', { logGroupName, filterName }),
});
