import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { CloudWatchPort, MetricDimensions } from '../../cloudwatch/port.ts';
import type { Outcome } from '../execution/execution.ts';
import type { FunctionReference } from '../names/name.ts';

const NAMESPACE = 'AWS/Lambda';
type Unit = Parameters<CloudWatchPort['record']>[5];

/** Metrics of asynchronous invocation and of event sources, counted one by one: Lambda Developer Guide, "Types of metrics". */
export type CountedMetric =
  | 'AsyncEventsReceived'
  | 'AsyncEventsDropped'
  | 'DeadLetterErrors'
  | 'DestinationDeliveryFailures'
  | 'RecursiveInvocationsDropped'
  | 'OversizedRecordCount'
  | 'ProvisionedConcurrencyInvocations'
  | 'ProvisionedConcurrencySpilloverInvocations';
/** Metrics in milliseconds. */
export type TimedMetric = 'AsyncEventAge' | 'IteratorAge' | 'PostRuntimeExtensionsDuration';
/** Metrics that say how many there are at a moment. */
export type LevelMetric =
  | 'ConcurrentExecutions'
  | 'UnreservedConcurrentExecutions'
  | 'ClaimedAccountConcurrency'
  | 'ProvisionedConcurrentExecutions'
  | 'ProvisionedConcurrencyUtilization';

type Value = readonly [
  scope: Scope,
  metric: string,
  dimensions: MetricDimensions,
  value: number,
  unit: Unit,
  time: number,
];

/** What may wait until CloudWatch is loaded. */
const MOST_WAITING = 20_000;

const ofClouds = new WeakMap<Cloud, LambdaMetrics>();

/** The metrics of a cloud's Lambda: one for each cloud, so that every part of the service counts in the same place. */
export function metricsOf(cloud: Cloud): LambdaMetrics {
  const known = ofClouds.get(cloud);
  if (known !== undefined) return known;
  const made = new LambdaMetrics(cloud);
  ofClouds.set(cloud, made);
  return made;
}

/** Emits the metrics of `AWS/Lambda`, each for the function, the resource that was invoked, and the region as a whole. */
export class LambdaMetrics {
  readonly #cloud: Cloud;
  #port: CloudWatchPort | undefined;
  #opening = false;
  #waiting: Value[] = [];
  /* Scope and name, or scope alone → invocations at work. */
  readonly #atWork = new Map<string, number>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /**
   * Runs one invocation and measures it. All its metrics carry the time at which it began.
   * @param executedVersion where an alias was invoked
   */
  async measure(
    scope: Scope,
    reference: FunctionReference,
    work: () => Promise<Outcome>,
    executedVersion?: string,
  ): Promise<Outcome> {
    const time = this.#cloud.clock.now();
    const region = `${scope.account}/${scope.region}`;
    const own = `${region}/${reference.name}`;
    const [all, ofFunction] = [this.#enter(region), this.#enter(own)];
    const emit = (metric: string, value: number, unit: Unit): void => {
      for (const dimensions of dimensionsOf(reference, executedVersion))
        this.#record([scope, metric, dimensions, value, unit, time]);
    };
    try {
      const outcome = await work();
      emit('Invocations', 1, 'Count');
      emit('Errors', outcome.functionError === undefined ? 0 : 1, 'Count');
      emit('Throttles', 0, 'Count');
      emit('Duration', outcome.durationMs, 'Milliseconds');
      this.#record([scope, 'ConcurrentExecutions', {}, all, 'Count', time]);
      this.#record([
        scope,
        'ConcurrentExecutions',
        { FunctionName: reference.name },
        ofFunction,
        'Count',
        time,
      ]);
      return outcome;
    } catch (error) {
      // "Throttled requests … don't count as either Invocations or Errors."
      if (error instanceof ServiceFailure && error.code === 'TooManyRequestsException')
        emit('Throttles', 1, 'Count');
      throw error;
    } finally {
      this.#leave(region);
      this.#leave(own);
    }
  }

  /** Counts something that happened to a function, now unless a time (ms since 1970) is given. */
  count(scope: Scope, reference: FunctionReference, metric: CountedMetric, value = 1, time?: number): void {
    this.#each(scope, reference, metric, value, 'Count', time);
  }

  /** @param ms how long it was */
  timed(scope: Scope, reference: FunctionReference, metric: TimedMetric, ms: number, time?: number): void {
    this.#each(scope, reference, metric, ms, 'Milliseconds', time);
  }

  /** @param reference undefined for a metric of the whole region */
  level(scope: Scope, reference: FunctionReference | undefined, metric: LevelMetric, value: number): void {
    const time = this.#cloud.clock.now();
    if (reference === undefined) this.#record([scope, metric, {}, value, 'Count', time]);
    else this.#each(scope, reference, metric, value, 'Count', time);
  }

  #each(
    scope: Scope,
    reference: FunctionReference,
    metric: string,
    value: number,
    unit: Unit,
    time?: number,
  ): void {
    const at = time ?? this.#cloud.clock.now();
    for (const dimensions of dimensionsOf(reference, undefined))
      this.#record([scope, metric, dimensions, value, unit, at]);
  }

  #record(value: Value): void {
    if (this.#port !== undefined) {
      send(this.#port, value);
      return;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(value);
    if (this.#opening) return;
    this.#opening = true;
    void this.#open();
  }

  async #open(): Promise<void> {
    try {
      const port = await this.#cloud.port('cloudwatch');
      this.#port = port;
      for (const each of this.#waiting.splice(0)) send(port, each);
    } catch {
      // A cloud without CloudWatch, or one that is ending, measures nothing.
      this.#waiting = [];
    }
  }

  #enter(key: string): number {
    const count = (this.#atWork.get(key) ?? 0) + 1;
    this.#atWork.set(key, count);
    return count;
  }

  #leave(key: string): void {
    const left = (this.#atWork.get(key) ?? 1) - 1;
    if (left === 0) this.#atWork.delete(key);
    else this.#atWork.set(key, left);
  }
}

function send(port: CloudWatchPort, [scope, metric, dimensions, value, unit, time]: Value): void {
  port.record(scope, NAMESPACE, metric, dimensions, value, unit, time);
}

/** `Resource` is the name, with the qualifier where one was given. */
function dimensionsOf(
  { name, qualifier }: FunctionReference,
  executedVersion: string | undefined,
): MetricDimensions[] {
  const resource = qualifier === undefined || qualifier === '$LATEST' ? name : `${name}:${qualifier}`;
  const all: MetricDimensions[] = [{}, { FunctionName: name }, { FunctionName: name, Resource: resource }];
  if (executedVersion !== undefined)
    all.push({ FunctionName: name, Resource: resource, ExecutedVersion: executedVersion });
  return all;
}
