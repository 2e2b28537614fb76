import {
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  StartQueryCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Throwaway } from './throwaway.ts';
import { unlessRefused, type Trial } from './trial.ts';

const line = (mark: string) => JSON.stringify({ coldstart: { mark } });
const [one, other] = [line('one'), line('one-more')];
const pattern = '{ $.coldstart.mark = "one" }';
const minute = 60_000;

async function put({ clients: { logs } }: Throwaway, group: string, at: number): Promise<void> {
  await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 'trial' }));
  await logs.send(
    new PutLogEventsCommand({
      logGroupName: group,
      logStreamName: 'trial',
      logEvents: [one, other].map((message) => ({ message, timestamp: at })),
    }),
  );
}

/** Whether log groups answer questions, count and raise an alarm. */
export const signalTrials = {
  filterPatterns: unlessRefused(async ({ clients }) => {
    const { matches = [] } = await clients.logs.send(
      new TestMetricFilterCommand({ filterPattern: pattern, logEventMessages: [other, one] }),
    );
    return matches.length === 1 && matches[0]?.eventNumber === 2;
  }),

  logInsights: unlessRefused(async (place) => {
    const { logs } = place.clients;
    const { name, made } = await place.group();
    await put(place, name, made);
    const seen = await place.until('logs', async () => {
      const { queryId } = await logs.send(
        new StartQueryCommand({
          logGroupName: name,
          queryString: 'filter coldstart.mark = "one" | fields coldstart.mark',
          startTime: Math.floor((made - minute) / 1000),
          endTime: Math.ceil((made + minute) / 1000),
        }),
      );
      const ended = await place.until('logs', async () => {
        const answer = await logs.send(new GetQueryResultsCommand({ queryId }));
        return answer.status === 'Running' || answer.status === 'Scheduled' ? undefined : answer;
      });
      return ended?.results?.length === 1 ? true : undefined;
    });
    return seen === true;
  }),

  metricFilters: unlessRefused(async (place) => {
    const { logs, cloudwatch } = place.clients;
    const { name, made } = await place.group();
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: name,
        filterName: 'trial',
        filterPattern: pattern,
        metricTransformations: [{ metricNamespace: name, metricName: 'trial', metricValue: '1' }],
      }),
    );
    await put(place, name, made);
    const seen = await place.until('metrics', async () => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: name,
          MetricName: 'trial',
          StartTime: new Date(made - minute),
          EndTime: new Date(made + minute),
          Period: 60,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.some(({ Sum = 0 }) => Sum >= 1) ? true : undefined;
    });
    return seen === true;
  }),

  metricAlarms: unlessRefused(async (place) => {
    const { cloudwatch } = place.clients;
    const name = place.alarmName();
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: name,
        MetricName: 'trial',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
      }),
    );
    await cloudwatch.send(
      new PutMetricDataCommand({ Namespace: name, MetricData: [{ MetricName: 'trial', Value: 1 }] }),
    );
    const seen = await place.until('metrics', async () => {
      const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
      return MetricAlarms[0]?.StateValue === 'ALARM' ? true : undefined;
    });
    return seen === true;
  }),
} as const satisfies Readonly<Record<string, Trial>>;
