import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import type { Json } from '../../../../state/state.ts';
import { lowerFirst } from '../translate/letters.ts';
import { listOf, membersOf, shaped, text } from '../translate/shaped.ts';
import { filterType } from './filter.ts';

/** `AWS::Logs::MetricFilter`. */
export const metricFilter = filterType({
  put: async ({ MetricTransformations, FilterPattern, LogGroupName }, filterName, work) =>
    await work.call('logs', 'PutMetricFilter', {
      logGroupName: text(LogGroupName),
      filterName,
      filterPattern: text(FilterPattern),
      metricTransformations: listOf(MetricTransformations).map(transformation),
    }),
  list: async (logGroupName, filterNamePrefix, work) => {
    const asked = { logGroupName, filterNamePrefix };
    const { metricFilters = [] } = await work.call('logs', 'DescribeMetricFilters', asked);
    return metricFilters.map((one) => ({
      ...one,
      metricTransformations: one.metricTransformations?.map(told),
    }));
  },
  remove: async (logGroupName, filterName, work) =>
    await work.call('logs', 'DeleteMetricFilter', { logGroupName, filterName }),
});

/* CloudFormation has a list of dimensions, the operation a map. */
function transformation(given: Json): MetricTransformation {
  const { Dimensions, ...rest } = membersOf(given);
  const pairs = listOf(Dimensions).map((one) => {
    const { Key, Value } = membersOf(one);
    return [text(Key) ?? '', text(Value) ?? ''] as const;
  });
  const input = shaped<MetricTransformation>(lowerFirst(rest));
  return { ...input, ...(pairs.length > 0 && { dimensions: Object.fromEntries(pairs) }) };
}

const told = ({ dimensions, ...rest }: MetricTransformation): object => ({
  ...rest,
  ...(dimensions !== undefined && {
    dimensions: Object.entries(dimensions).map(([Key, Value]) => ({ Key, Value })),
  }),
});
