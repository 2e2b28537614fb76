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

/** A metric with its {@link metricKey}. */
export interface KeyedMetric {
  readonly metric: Metric;
  readonly key: string;
}

/** So many metrics are kept with their keys: more than a student's services have. */
const MOST_NAMED = 10_000;

/** Metrics of services' own, made once and not for every value: a request to an API puts eight. */
export class NamedMetrics {
  readonly #known = new Map<string, KeyedMetric>();

  of(namespace: string, name: string, dimensions: MetricDimensions): KeyedMetric {
    // Lengths keep what has other parts apart. Another order of dimensions is made again, with the same key.
    let text = `${namespace.length}:${namespace}${name.length}:${name}`;
    for (const one in dimensions) {
      const value = dimensions[one] ?? '';
      text += `/${one.length}:${one}${value.length}:${value}`;
    }
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const metric = metricOf(namespace, name, dimensions);
    const made = { metric, key: metricKey(metric) };
    if (this.#known.size >= MOST_NAMED) this.#known.clear();
    this.#known.set(text, made);
    return made;
  }
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
