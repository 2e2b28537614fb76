import type { Datapoint, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { required } from '../../../service/required.ts';
import type { CloudWatchOperations } from '../client.ts';
import { invalidCombination, invalidValue, missingParameter } from '../failures.ts';
import { requestedMetric } from '../metric/metric.ts';
import { MINUTE, type MetricStore } from '../metric/store.ts';
import { byPeriod } from './periods.ts';
import { needsValues, statisticOf } from './statistic.ts';

const MOST_POINTS = 1_440;
const SHORT_PERIODS = [1, 5, 10, 20, 30];

/** Whether metrics can be aggregated to a period of so many seconds. */
export function isPeriod(seconds: number): boolean {
  return SHORT_PERIODS.includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
}

/** GetMetricStatistics. */
export function statisticsOperations(store: MetricStore) {
  return {
    GetMetricStatistics(input, call) {
      const {
        Namespace = '',
        MetricName = '',
        Dimensions,
        Unit,
        Statistics = [],
        ExtendedStatistics = [],
      } = input;
      const seconds = required(input.Period, 'Period');
      const from = required(input.StartTime, 'StartTime').getTime();
      const end = required(input.EndTime, 'EndTime').getTime();
      if (Statistics.length === 0 && ExtendedStatistics.length === 0)
        throw missingParameter('Must specify either Statistics or ExtendedStatistics');
      if (!isPeriod(seconds))
        throw invalidValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
      // The two texts that follow are as recorded on AWS.
      if (from >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
      const points = Math.ceil((end - from) / 1000 / seconds);
      if (points > MOST_POINTS)
        throw invalidCombination(
          `You have requested up to ${points} datapoints, which exceeds the limit of ${MOST_POINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
        );
      const extended = ExtendedStatistics.map((name) => {
        const statistic = needsValues(name) ? statisticOf(name) : undefined;
        if (statistic === undefined)
          throw invalidValue(`The value ${name} for parameter ExtendedStatistics is not supported.`);
        return [name, statistic] as const;
      });
      const period = seconds * 1000;
      const start = beginning(from, store.cloud.clock.now(), period);
      const known = store.find(call, requestedMetric(Namespace, MetricName, Dimensions));
      const datapoints: Datapoint[] = [];
      // One datapoint a unit: values of different units are never mixed.
      for (const series of known?.units.values() ?? []) {
        if (Unit !== undefined && series.unit !== Unit) continue;
        const span = { start, end, period, origin: start };
        for (const bucket of byPeriod([series], span, extended.length > 0)) {
          const point: Datapoint = { Timestamp: new Date(bucket.start), Unit: series.unit as StandardUnit };
          for (const name of Statistics) point[name] = statisticOf(name)?.(bucket);
          for (const [name, statistic] of extended) {
            const value = statistic(bucket);
            if (value !== undefined)
              point.ExtendedStatistics = { ...point.ExtendedStatistics, [name]: value };
          }
          datapoints.push(point);
        }
      }
      return { Label: MetricName, Datapoints: datapoints };
    },
  } satisfies CloudWatchOperations;
}

const DAY = 86_400_000;

/**
 * "CloudWatch rounds the specified time stamp": to the minute in the last 15 days, to five minutes up to 63 days,
 * then to the hour, and with short periods to a multiple of them.
 */
function beginning(from: number, now: number, period: number): number {
  const age = now - from;
  const step = age < 15 * DAY ? Math.min(period, MINUTE) : age < 63 * DAY ? 5 * MINUTE : 60 * MINUTE;
  return Math.floor(from / step) * step;
}
