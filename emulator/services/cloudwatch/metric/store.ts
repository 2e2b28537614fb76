import { randomBytes } from 'node:crypto';
import type { ClockTimer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import { addValue, fromRow, merge, toRow, type Bucket, type BucketRow } from './bucket.ts';
import { metricKey, type KeyedMetric, type Metric } from './metric.ts';
import { Series } from './series.ts';

interface SeriesRow {
  readonly metric: Metric;
  readonly unit: string;
}

/** A metric with its points by unit. */
export interface KnownMetric {
  readonly metric: Metric;
  readonly units: ReadonlyMap<string, Series>;
}

/** Told that points of a metric came in. */
export type MetricListener = (scope: Scope, key: string) => void;

/** What is put: single values, or what a statistic set tells. */
export type Measured =
  | { readonly values: readonly (readonly [value: number, count: number])[] }
  | { readonly count: number; readonly sum: number; readonly least: number; readonly most: number };

/** How much is kept before the oldest points are dropped: an embedded cloud must not grow with what it measures. */
const MOST_BUCKETS = 150_000;
const SLACK = 0.9;
/** How long values may wait in memory before they are written to the state, in ms. */
const WRITE_AFTER = 200;

export const SECOND = 1_000;
export const MINUTE = 60_000;

/** Metrics and their points, of every account and region. */
export class MetricStore {
  readonly cloud: Cloud;
  readonly #most: number;
  readonly #series: Table<SeriesRow>;
  readonly #points: Table<BucketRow>;
  readonly #scopes = new Map<string, { scope: Scope; metrics: Map<string, MutableMetric> }>();
  readonly #listeners = new Set<MetricListener>();
  readonly #unwritten = new Map<Bucket, { scope: Scope; series: Series }>();
  #writing: ClockTimer | undefined;
  #buckets = 0;

  constructor(cloud: Cloud, most = MOST_BUCKETS) {
    this.cloud = cloud;
    this.#most = most;
    this.#series = cloud.state.table<SeriesRow>('cloudwatch.series');
    this.#points = cloud.state.table<BucketRow>('cloudwatch.points');
    for (const scope of this.#series.scopes()) {
      const byId = new Map<string, Series>();
      for (const [id, row] of this.#series.in(scope).entries()) byId.set(id, this.#open(scope, row, id));
      for (const [key, row] of this.#points.in(scope).entries()) {
        const [id = '', start] = key.split(' ');
        byId.get(id)?.restore(fromRow(Number(start), row));
        this.#buckets += 1;
      }
    }
  }

  /** The metric, or undefined where nothing was ever measured of it. */
  find(scope: Scope, metric: Metric): KnownMetric | undefined {
    return this.#scopes.get(textOf(scope))?.metrics.get(metricKey(metric));
  }

  metrics(scope: Scope): Iterable<KnownMetric> {
    return this.#scopes.get(textOf(scope))?.metrics.values() ?? [];
  }

  /** Calls `listener` for everything that comes in from now on; returns the way to stop. */
  listen(listener: MetricListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** @param width of the buckets, in ms: {@link SECOND} for high resolution, or {@link MINUTE} */
  put(scope: Scope, metric: Metric, unit: string, time: number, measured: Measured, width = MINUTE): void {
    this.putKeyed(scope, { metric, key: metricKey(metric) }, unit, time, measured, width);
  }

  /** As {@link put}, for a metric whose key is known. */
  putKeyed(
    scope: Scope,
    { metric, key }: KeyedMetric,
    unit: string,
    time: number,
    measured: Measured,
    width = MINUTE,
  ): void {
    const series = this.#seriesFor(scope, metric, key, unit);
    const { bucket, isNew } = series.at(time, width);
    if (isNew) this.#buckets += 1;
    if ('values' in measured) for (const [value, count] of measured.values) addValue(bucket, value, count);
    // Where all values are the same a statistic set tells each of them.
    else
      merge(bucket, {
        ...measured,
        values: measured.least === measured.most ? new Map([[measured.least, measured.count]]) : null,
      });
    this.#unwritten.set(bucket, { scope, series });
    this.#writing ??= this.cloud.clock.after(WRITE_AFTER, () => this.write());
    for (const listener of this.#listeners) listener(scope, key);
    if (this.#buckets > this.#most) this.#makeRoom();
  }

  /** Writes what only memory has to the state. */
  write(): void {
    this.#writing?.cancel();
    this.#writing = undefined;
    for (const [bucket, { scope, series }] of this.#unwritten) this.#keep(scope, series, bucket);
    this.#unwritten.clear();
  }

  /** Rolls up and drops what is old, as {@link TIERS} says. */
  sweep(): void {
    this.write();
    const now = this.cloud.clock.now();
    for (const { scope, metrics } of this.#scopes.values())
      for (const [key, known] of metrics) {
        for (const series of known.units.values()) {
          for (const { age, width } of TIERS) {
            if ((series.oldest ?? now) >= now - age) continue;
            const { gone, kept } =
              width === undefined
                ? { gone: series.dropBefore(now - age), kept: [] }
                : series.rollUp(Math.floor((now - age) / width) * width, width);
            this.#replaced(scope, series, gone, kept);
          }
          if (series.size === 0) {
            this.#series.in(scope).delete(series.id);
            known.units.delete(series.unit);
          }
        }
        if (known.units.size === 0) metrics.delete(key);
      }
  }

  #replaced(scope: Scope, series: Series, gone: readonly Bucket[], kept: readonly Bucket[]): void {
    const before = this.#points.in(scope);
    for (const bucket of gone) before.delete(pointKey(series, bucket));
    for (const bucket of kept) {
      if (!before.has(pointKey(series, bucket))) this.#buckets += 1;
      this.#keep(scope, series, bucket);
    }
    this.#buckets -= gone.length;
  }

  #keep(scope: Scope, series: Series, bucket: Bucket): void {
    this.#points.in(scope).set(pointKey(series, bucket), toRow(bucket));
  }

  #seriesFor(scope: Scope, metric: Metric, key: string, unit: string): Series {
    const known = this.#scopes.get(textOf(scope))?.metrics.get(key)?.units.get(unit);
    if (known !== undefined) return known;
    const row = { metric, unit };
    const id = randomBytes(9).toString('base64url');
    this.#series.in(scope).set(id, row);
    return this.#open(scope, row, id);
  }

  #open({ account, region }: Scope, { metric, unit }: SeriesRow, id: string): Series {
    const scope = { account, region };
    const where = textOf(scope);
    const known = this.#scopes.get(where) ?? { scope, metrics: new Map<string, MutableMetric>() };
    this.#scopes.set(where, known);
    const key = metricKey(metric);
    const entry = known.metrics.get(key) ?? { metric, units: new Map<string, Series>() };
    known.metrics.set(key, entry);
    const series = new Series(id, unit);
    entry.units.set(unit, series);
    return series;
  }

  /** Drops the oldest points of all, until there is some room again. */
  #makeRoom(): void {
    this.write();
    const starts: number[] = [];
    const all: { scope: Scope; series: Series }[] = [];
    for (const { scope, metrics } of this.#scopes.values())
      for (const { units } of metrics.values())
        for (const series of units.values()) {
          all.push({ scope, series });
          for (const { start } of series.between(-Infinity, Infinity)) starts.push(start);
        }
    starts.sort((a, b) => a - b);
    const limit = starts[Math.ceil(starts.length * (1 - SLACK))] ?? Infinity;
    for (const { scope, series } of all) this.#replaced(scope, series, series.dropBefore(limit), []);
    const [first] = all;
    if (first === undefined) return;
    this.cloud.trail.record(first.scope, 'decision', {
      by: 'cloudwatch',
      outcome: `dropped metric data from before ${new Date(limit).toISOString()}`,
      why: `the embedded cloud keeps at most ${this.#most} points of metrics`,
    });
  }
}

interface MutableMetric extends KnownMetric {
  readonly units: Map<string, Series>;
}

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/**
 * How long points are kept at which resolution, in ms: CloudWatch User Guide, "Metrics concepts", retention. A tier
 * without a width is the end.
 */
export const TIERS: readonly { readonly age: number; readonly width?: number }[] = [
  { age: 3 * HOUR, width: MINUTE },
  { age: 15 * DAY, width: 5 * MINUTE },
  { age: 63 * DAY, width: HOUR },
  { age: 455 * DAY },
];

function pointKey(series: Series, { start, width }: Bucket): string {
  return `${series.id} ${start} ${width}`;
}
function textOf({ account, region }: Scope): string {
  return `${account}/${region}`;
}
