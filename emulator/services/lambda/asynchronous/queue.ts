import type { ClockTimer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { Functions } from '../functions/functions.ts';
import type { Executed, Invoker, Request } from '../invocation/invoker.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { functionArn, scopeOf } from '../names/name.ts';
import type { FunctionReference } from '../names/name.ts';
import type { EventConfigs } from './configs.ts';
import type { Conclusion, QueuedEvent } from './event.ts';
import type { Handed, Handover } from './handover.ts';
import { afterAttempt } from './retry.ts';
import type { Attempt } from './retry.ts';

/** Events that were accepted and are delivered later, retried and at last given up. */
export class EventQueue {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #invoker: Invoker;
  readonly #table;
  readonly #timers = new Map<string, ClockTimer>();
  readonly #running = new Set<Promise<void>>();
  readonly #configs: EventConfigs;
  readonly #handover: Handover;
  #stopped = false;

  constructor(
    cloud: Cloud,
    functions: Functions,
    invoker: Invoker,
    configs: EventConfigs,
    handover: Handover,
  ) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#invoker = invoker;
    this.#configs = configs;
    this.#handover = handover;
    this.#table = cloud.state.table<QueuedEvent>('lambda.events');
  }

  /** Keeps an event, so that it will be delivered. Resolves when it is safe. */
  async accept(scope: Scope, request: Request): Promise<void> {
    const payload = await this.#cloud.blobs.put(request.payload);
    const now = this.#cloud.clock.now();
    const { qualifier } = request.reference;
    this.#keep(scopeOf(scope), {
      requestId: request.requestId,
      functionName: request.reference.name,
      ...(qualifier === undefined ? {} : { qualifier }),
      payload,
      ...(request.cause === undefined ? {} : { cause: request.cause }),
      ...(request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader }),
      acceptedAt: now,
      dueAt: now,
      invocations: 0,
      postponed: 0,
    });
    this.#cloud.state.commit();
    metricsOf(this.#cloud).count(scope, request.reference, 'AsyncEventsReceived');
  }

  /** Takes up events that waited when the cloud ended. */
  resume(): void {
    for (const scope of this.#table.scopes()) {
      for (const event of this.#table.in(scope).values()) this.#schedule(scope, event);
    }
  }

  /**
   * Starts nothing more, from the moment of the call on, and waits for the attempts that run. Events whose
   * attempt is cut off stay.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  #keep(scope: Scope, event: QueuedEvent): void {
    this.#table.in(scope).set(event.requestId, event);
    this.#schedule(scope, event);
  }

  #schedule(scope: Scope, event: QueuedEvent): void {
    if (this.#stopped) return;
    const key = `${scope.account}/${scope.region}/${event.requestId}`;
    this.#timers.get(key)?.cancel();
    const timer = this.#cloud.clock.at(event.dueAt, () => {
      this.#timers.delete(key);
      const attempt = this.#attempt(scope, event.requestId).finally(() => this.#running.delete(attempt));
      this.#running.add(attempt);
    });
    this.#timers.set(key, timer);
  }

  async #attempt(scope: Scope, requestId: string): Promise<void> {
    const event = this.#table.in(scope).get(requestId);
    if (event === undefined || this.#stopped) return;
    const record = this.#functions.find(scope, event.functionName);
    if (record === undefined) {
      // Its function was deleted: AWS drops what still waits for it.
      this.#table.in(scope).delete(requestId);
      return;
    }
    const rule = this.#configs.ruleOf(this.#configs.find(scope, referenceOf(event)));
    if (event.invocations === 0 && ageOf(this.#cloud, event) > rule.mostAgeMs) {
      await this.#conclude(scope, event, 'EventAgeExceeded', undefined);
      return;
    }
    const [attempt, outcome] =
      record.reserved === 0 ? (['switched off', undefined] as const) : await this.#run(scope, event);
    // Cut off by the end of the cloud, not by the function: made again after the next start.
    if (this.#hasStopped() && attempt !== 'succeeded') return;
    const next = afterAttempt(event, attempt, this.#cloud.clock.now(), rule);
    if ('conclusion' in next) await this.#conclude(scope, next.event, next.conclusion, outcome);
    else this.#keep(scope, next.event);
  }

  async #run(scope: Scope, event: QueuedEvent): Promise<readonly [Attempt, Executed | undefined]> {
    try {
      metricsOf(this.#cloud).timed(scope, referenceOf(event), 'AsyncEventAge', ageOf(this.#cloud, event));
      const outcome = await this.#invoker.run(scope, {
        reference: referenceOf(event),
        requestId: event.requestId,
        payload: await this.#cloud.blobs.get(event.payload),
        // AWS passes a client context on in synchronous invocations only.
        clientContext: undefined,
        cause: causeOf(event),
        ...(event.traceHeader === undefined ? {} : { traceHeader: event.traceHeader }),
      });
      return [outcome.functionError === undefined ? 'succeeded' : 'failed', outcome];
    } catch (error) {
      if (error instanceof ServiceFailure && error.code === 'RecursiveInvocationException') {
        return ['recursive', undefined];
      }
      // Throttled, still pending, or no runtime on this machine: what AWS retries with a growing delay.
      const why = error instanceof ServiceFailure ? `${error.code}: ${error.message}` : String(error);
      this.#decided(scope, event, 'postponed', why);
      return ['postponed', undefined];
    }
  }

  /* A success whose record cannot be sent any more is kept as done all the same: the function has run. */
  async #conclude(
    scope: Scope,
    event: QueuedEvent,
    conclusion: Conclusion,
    outcome: Executed | undefined,
  ): Promise<void> {
    let hand: () => Handed = () => ({ taken: [], refused: [] });
    try {
      hand = await this.#handover.prepare(scope, event, conclusion, outcome);
    } catch (error) {
      // The services that would take it are ending: the event stays, and its attempt is made again.
      if (this.#hasStopped() && conclusion !== 'Success') return;
      this.#decided(scope, event, 'not delivered', String(error));
    }
    // From here to the end nothing is waited for: the record is sent and the event forgotten, or neither.
    this.#table.in(scope).delete(event.requestId);
    const { taken, refused } = hand();
    for (const why of refused) this.#decided(scope, event, 'not delivered', why);
    if (conclusion === 'Success') return;
    const reference = referenceOf(event);
    if (conclusion === 'RecursiveInvocationsDropped') {
      metricsOf(this.#cloud).count(scope, reference, 'RecursiveInvocationsDropped');
    }
    const after = `${conclusion} after ${event.invocations} invocations`;
    if (taken.length > 0) {
      this.#decided(scope, event, 'handed over', `${after}; sent to ${taken.join(' and ')}`);
      return;
    }
    metricsOf(this.#cloud).count(scope, reference, 'AsyncEventsDropped');
    this.#decided(scope, event, 'dropped', `${after}; no dead-letter queue or destination takes it`);
  }

  #decided(scope: Scope, event: QueuedEvent, outcome: string, why: string): void {
    const by = functionArn(scope, event.functionName);
    const facts = { by, outcome, why: `Event ${event.requestId}: ${why}` };
    this.#cloud.trail.record(scope, 'decision', facts, causeOf(event));
  }
}

/* Of an earlier run of the cloud the trail knows nothing, and minds no id of it. */
const causeOf = ({ cause }: QueuedEvent): TrailId | undefined => cause as TrailId | undefined;
const ageOf = (cloud: Cloud, { acceptedAt }: QueuedEvent): number => cloud.clock.now() - acceptedAt;
const referenceOf = (event: QueuedEvent): FunctionReference => ({
  name: event.functionName,
  qualifier: event.qualifier,
});
