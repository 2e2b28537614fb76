import type { MetricDatum, StatisticSet } from '@aws-sdk/client-cloudwatch';
import { required } from '../../../service/required.ts';
import type { CloudWatchOperations } from '../client.ts';
import { invalidCombination, invalidValue, missingParameter } from '../failures.ts';
import { requestedMetric, type Metric } from './metric.ts';
import { MINUTE, SECOND, type Measured, type MetricStore } from './store.ts';

/* API reference of PutMetricData. */
const MOST_DATA = 1_000;
const MOST_VALUES = 150;
const TOO_OLD = 14 * 86_400_000;
const TOO_NEW = 2 * 3_600_000;
const LARGEST = 2 ** 360;

interface Datum {
  readonly metric: Metric;
  readonly unit: string;
  readonly time: number;
  readonly measured: Measured;
  readonly width: number;
}

/** PutMetricData. */
export function putOperations(store: MetricStore) {
  return {
    PutMetricData({ Namespace = '', MetricData, EntityMetricData = [] }, call) {
      // Datapoints of services' own namespaces are AWS's to put: this is the answer AWS gives.
      if (Namespace.startsWith('AWS/'))
        throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
      const data = [
        ...(MetricData ?? []).map((datum, index) => [datum, `MetricData.member.${index + 1}`] as const),
        ...EntityMetricData.flatMap((entity, outer) =>
          (entity.MetricData ?? []).map(
            (datum, index) =>
              [datum, `EntityMetricData.member.${outer + 1}.MetricData.member.${index + 1}`] as const,
          ),
        ),
      ];
      if (data.length === 0) throw missingParameter('The parameter MetricData is required.');
      if (data.length > MOST_DATA)
        throw invalidValue(`The collection MetricData must not have a size greater than ${MOST_DATA}.`);
      const now = store.cloud.clock.now();
      // All are looked at before any is kept.
      const read = data.map(([datum, at]) => readDatum(Namespace, datum, at, now));
      for (const { metric, unit, time, measured, width } of read)
        store.put(call, metric, unit, time, measured, width);
      // What a caller puts is accepted with the answer, so it is written before it.
      store.write();
      return {};
    },
  } satisfies CloudWatchOperations;
}

function readDatum(namespace: string, datum: MetricDatum, at: string, now: number): Datum {
  const resolution = datum.StorageResolution ?? 60;
  if (resolution !== 1 && resolution !== 60)
    throw invalidValue(`The parameter ${at}.StorageResolution must be 1 or 60.`);
  const time = datum.Timestamp?.getTime() ?? now;
  if (time < now - TOO_OLD)
    throw invalidValue(
      `The parameter ${at}.Timestamp must specify a time no more than two weeks in the past.`,
    );
  if (time > now + TOO_NEW)
    throw invalidValue(
      `The parameter ${at}.Timestamp must specify a time no more than two hours in the future.`,
    );
  return {
    metric: requestedMetric(namespace, datum.MetricName ?? '', checkDimensions(datum.Dimensions ?? [], at)),
    unit: datum.Unit ?? 'None',
    time,
    measured: readMeasured(datum, at),
    width: resolution === 1 ? SECOND : MINUTE,
  };
}

function checkDimensions(dimensions: NonNullable<MetricDatum['Dimensions']>, at: string) {
  const names = new Set<string>();
  dimensions.forEach(({ Name = '', Value = '' }, index) => {
    const member = `${at}.Dimensions.member.${index + 1}`;
    if (Name.trim() === '' || Name.startsWith(':') || !/^[\x20-\x7e]*$/.test(Name))
      throw invalidValue(`The value ${Name} for parameter ${member}.Name is invalid.`);
    if (Value.trim() === '' || !/^[\x20-\x7e]*$/.test(Value))
      throw invalidValue(`The value ${Value} for parameter ${member}.Value is invalid.`);
    if (names.has(Name))
      throw invalidValue(`The parameter ${at}.Dimensions contains the name ${Name} more than once.`);
    names.add(Name);
  });
  return dimensions;
}

function readMeasured(datum: MetricDatum, at: string): Measured {
  const { Value, Values, Counts, StatisticValues } = datum;
  const both = (one: string, other: string) =>
    // As recorded on AWS.
    invalidCombination(
      `The parameters ${at}.${one} and ${at}.${other} are mutually exclusive and you have specified both.`,
    );
  if (Value !== undefined && Values !== undefined && Values.length > 0) throw both('Value', 'Values');
  if (Value !== undefined && StatisticValues !== undefined) throw both('Value', 'StatisticValues');
  if (Values !== undefined && Values.length > 0 && StatisticValues !== undefined)
    throw both('Values', 'StatisticValues');
  if (Value !== undefined) return { values: [[checkNumber(Value, `${at}.Value`), 1]] };
  if (Values !== undefined && Values.length > 0) return readValues(Values, Counts, at);
  if (StatisticValues !== undefined) return readSet(StatisticValues, `${at}.StatisticValues`);
  throw missingParameter(
    `At least one of the parameters must be specified: ${at}.Value, ${at}.Values, ${at}.StatisticValues.`,
  );
}

function readValues(values: readonly number[], counts: readonly number[] | undefined, at: string): Measured {
  if (counts !== undefined && counts.length !== values.length)
    // As recorded on AWS.
    throw invalidValue(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`);
  if (values.length > MOST_VALUES)
    throw invalidValue(`The collection ${at}.Values must not have a size greater than ${MOST_VALUES}.`);
  return {
    values: values.map((value, index) => {
      const count = counts?.[index] ?? 1;
      if (!(count > 0))
        throw invalidValue(`The parameter ${at}.Counts.member.${index + 1} must be greater than 0.`);
      return [checkNumber(value, `${at}.Values.member.${index + 1}`), count] as const;
    }),
  };
}

function readSet(set: StatisticSet, at: string): Measured {
  const count = checkNumber(required(set.SampleCount, 'SampleCount'), `${at}.SampleCount`);
  const sum = checkNumber(required(set.Sum, 'Sum'), `${at}.Sum`);
  const least = checkNumber(required(set.Minimum, 'Minimum'), `${at}.Minimum`);
  const most = checkNumber(required(set.Maximum, 'Maximum'), `${at}.Maximum`);
  if (!(count > 0)) throw invalidValue(`The parameter ${at}.SampleCount must be greater than 0.`);
  if (least > most)
    throw invalidValue(`The parameter ${at}.Maximum must be greater than or equal to ${at}.Minimum.`);
  return { count, sum, least, most };
}

/** "Values must be in the range of -2^360 to 2^360. In addition, special values … are not supported." */
function checkNumber(value: number, at: string): number {
  if (Number.isNaN(value)) throw invalidValue(`The value NaN for parameter ${at} is invalid.`);
  if (Math.abs(value) > LARGEST) throw invalidValue(`The value ${value} for parameter ${at} is invalid.`);
  return value;
}
