import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeMetricFilters, type MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import { names } from '../names.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';
import { groupOf } from './function.ts';
import { checkPattern, declinedLive } from './pattern.ts';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
}

/** The metric that counts declined payments. */
export const metricOf = (context: Context): Metric => ({
  namespace: context.name(names.namespace),
  name: names.metric,
});

const minute = 60_000;

const metric: LabCheck = {
  id: 'metric',
  title: (text) => text.metric.title,
  points: 10,
  needs: ['pattern', 'levels', 'line'],
  verifiedOn: ['embedded'],
  requires: ['metricFilters'],
  hints: (text) => text.metric.hints,
  async run(context) {
    const { text } = context;
    const filter = await findFilter(context);
    const pattern = filter.filterPattern ?? '';
    await checkPattern(context, pattern, text.metric.filter(filter.filterName ?? ''));
    const declined = declinedLive(context);
    const counted = await count(context, declined.length);
    if (counted < declined.length)
      context.fail({
        ...text.metric.notCounted(declined.length, counted),
        expected: `≥ ${declined.length}`,
        actual: String(counted),
        evidence: [{ label: 'DescribeMetricFilters', value: shown(filter) }],
      });
  },
  async configuration(context) {
    await findFilter(context);
  },
};

/** The filter of the function's group that feeds the metric, or the end of the check. */
async function findFilter(context: Context): Promise<MetricFilter> {
  const { text, clients } = context;
  const group = groupOf(context);
  const { namespace, name } = metricOf(context);
  const feeds = ({ metricTransformations = [] }: MetricFilter) =>
    metricTransformations.find((each) => each.metricNamespace === namespace && each.metricName === name);
  const all: MetricFilter[] = [];
  for await (const page of paginateDescribeMetricFilters({ client: clients.logs }, {}))
    all.push(...(page.metricFilters ?? []));
  const own = all.filter(({ logGroupName }) => logGroupName === group);
  const evidence = own.map((filter) => ({ label: 'DescribeMetricFilters', value: shown(filter) }));
  const expected = `${namespace} / ${name}`;
  const found = own.find(feeds);
  if (found === undefined) {
    const elsewhere = all.find(feeds)?.logGroupName;
    if (elsewhere !== undefined)
      return context.fail({
        ...text.metric.otherGroup(elsewhere, group),
        expected: group,
        actual: elsewhere,
      });
    const sentence = own.length === 0 ? text.metric.none(group) : text.metric.otherMetric(group, expected);
    return context.fail({ ...sentence, expected, evidence });
  }
  const { metricValue = '', dimensions = {} } = feeds(found) ?? {};
  if (Number(metricValue) !== 1)
    context.fail({ ...text.metric.value(metricValue), expected: '1', actual: metricValue, evidence });
  if (Object.keys(dimensions).length > 0)
    context.fail({ ...text.metric.dimensions(Object.keys(dimensions).join(', ')), evidence });
  return found;
}

/** How many the metric counts in the minutes of this run's declined payments. */
async function count(context: Context, wanted: number): Promise<number> {
  const { namespace, name } = metricOf(context);
  // In the cloud's time, which the log lines carry.
  const times = declinedLive(context).map(({ timestamp }) => timestamp);
  const start = Math.floor(Math.min(...times) / minute) * minute;
  const end = (Math.floor(Math.max(...times) / minute) + 1) * minute;
  let sum = 0;
  await context.until('metrics', async () => {
    const { Datapoints = [] } = await context.clients.cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: namespace,
        MetricName: name,
        StartTime: new Date(start),
        EndTime: new Date(end),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    sum = Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
    return sum >= wanted ? true : undefined;
  });
  return sum;
}

export const metricChecks = { metric };
