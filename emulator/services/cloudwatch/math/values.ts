/** Values by time in ms, in order of time. */
export interface TimeSeries {
  readonly label: string;
  /** ms */
  readonly period: number;
  readonly points: ReadonlyMap<number, number>;
}

export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'series'; readonly series: TimeSeries }
  | { readonly kind: 'array'; readonly series: readonly TimeSeries[] };

export const scalar = (value: number): MathValue => ({ kind: 'scalar', value });
export const one = (series: TimeSeries): MathValue => ({ kind: 'series', series });
export const many = (series: readonly TimeSeries[]): MathValue => ({ kind: 'array', series });

/** Values that are no numbers (a division by zero) are missing points. */
export function seriesOf(like: TimeSeries, points: Iterable<readonly [number, number]>): TimeSeries {
  const kept = new Map<number, number>();
  for (const [time, value] of points) if (Number.isFinite(value)) kept.set(time, value);
  return { label: like.label, period: like.period, points: kept };
}

export function mapped(series: TimeSeries, change: (value: number, time: number) => number): TimeSeries {
  return seriesOf(
    series,
    [...series.points].map(([time, value]) => [time, change(value, time)] as const),
  );
}

/** Every time at which one of several series has a value, in order. */
export function allTimes(series: readonly TimeSeries[]): number[] {
  return [...new Set(series.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
}
