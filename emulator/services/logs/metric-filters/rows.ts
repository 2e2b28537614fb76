import type { StandardUnit } from '@aws-sdk/client-cloudwatch-logs';

/** A metric filter as it is kept. */
export interface MetricFilterRow {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  /** ms since 1970 */
  readonly created: number;
  readonly metric: {
    readonly name: string;
    readonly namespace: string;
    /** A number, or where in the event it stands: `$.latency`, `$size`. */
    readonly value: string;
    readonly defaultValue: number | null;
    readonly unit: StandardUnit | null;
    /** Names with where in the event the value stands. */
    readonly dimensions: Readonly<Record<string, string>>;
  };
}
