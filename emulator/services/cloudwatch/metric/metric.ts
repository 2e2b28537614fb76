import type { Dimension } from '@aws-sdk/client-cloudwatch';
import type { MetricDimensions } from '../port.ts';

/** What a metric is known by. Dimensions are in order of name, so that equal metrics are written equally. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
}

/** A text that equal metrics, and only they, have. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, ...dimensions.flat()]);
}

const byName = (a: readonly [string, string], b: readonly [string, string]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

/** A metric of a service's own, its dimensions given by name. */
export function metricOf(namespace: string, name: string, dimensions: MetricDimensions): Metric {
  return { namespace, name, dimensions: Object.entries(dimensions).sort(byName) };
}

/** A metric of a request. */
export function requestedMetric(
  namespace: string,
  name: string,
  dimensions: readonly Dimension[] | undefined,
): Metric {
  const pairs = (dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value] as const);
  return { namespace, name, dimensions: pairs.sort(byName) };
}

/** As answers write dimensions. */
export function dimensionsOf({ dimensions }: Metric): Dimension[] {
  return dimensions.map(([Name, Value]) => ({ Name, Value }));
}
