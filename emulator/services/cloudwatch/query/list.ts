import type { CloudWatchOperations } from '../client.ts';
import { badToken, invalidValue } from '../failures.ts';
import { dimensionsOf, metricKey } from '../metric/metric.ts';
import type { KnownMetric, MetricStore } from '../metric/store.ts';

const PAGE = 500;
/** "Metrics that have had data points published in the past three hours"; a metric is listed for two weeks. In ms. */
const RECENT = 3 * 3_600_000;
const LISTED = 14 * 86_400_000;

/** ListMetrics. */
export function listOperations(store: MetricStore) {
  return {
    ListMetrics({ Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive }, call) {
      if (RecentlyActive !== undefined && (RecentlyActive as string) !== 'PT3H')
        throw invalidValue('The value for parameter RecentlyActive is not supported. It must be PT3H.');
      const now = store.cloud.clock.now();
      const since = now - (RecentlyActive === undefined ? LISTED : RECENT);
      const after = NextToken === undefined ? undefined : readToken(NextToken);
      const found: { key: string; known: KnownMetric }[] = [];
      for (const known of store.metrics(call)) {
        const { metric } = known;
        if (Namespace !== undefined && metric.namespace !== Namespace) continue;
        if (MetricName !== undefined && metric.name !== MetricName) continue;
        const fits = Dimensions.every(({ Name, Value }) =>
          metric.dimensions.some(
            ([name, value]) => name === Name && (Value === undefined || value === Value),
          ),
        );
        if (!fits || latestOf(known) < since) continue;
        const key = metricKey(metric);
        if (after === undefined || key > after) found.push({ key, known });
      }
      found.sort((a, b) => (a.key < b.key ? -1 : 1));
      const page = found.slice(0, PAGE);
      const last = page.at(-1);
      return {
        Metrics: page.map(({ known: { metric } }) => ({
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: dimensionsOf(metric),
        })),
        ...(last !== undefined && found.length > page.length
          ? { NextToken: Buffer.from(last.key).toString('base64url') }
          : {}),
      };
    },
  } satisfies CloudWatchOperations;
}

function latestOf({ units }: KnownMetric): number {
  let latest = -Infinity;
  for (const series of units.values()) latest = Math.max(latest, series.latest ?? -Infinity);
  return latest;
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('[')) throw badToken();
  return text;
}
