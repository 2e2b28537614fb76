import type { StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../service/call.ts';

/** By name, for example `{ FunctionName: 'hello' }`. None: `{}`. */
export type MetricDimensions = Readonly<Record<string, string>>;

/** What other services ask of CloudWatch. */
export interface CloudWatchPort {
  /**
   * Counts one value of a metric. Cheap: it touches memory only, and what was counted is written to the state a
   * moment later, all values of a minute as one row. Points of the last seconds may be lost by kill -9, as
   * metrics are not promised on AWS either.
   * @param dimensions not kept: one object may be used for many calls
   * @param timestamp ms since 1970, cloud time; now where none is given
   */
  record(
    scope: Scope,
    namespace: string,
    metric: string,
    dimensions: MetricDimensions,
    value: number,
    unit: StandardUnit,
    timestamp?: number,
  ): void;
}
