import type { Scope } from '../../../../service/call.ts';
import type { TrailId } from '../../../../trail/trail.ts';
import { roleNameOf } from '../../destinations/check.ts';
import { NotSent } from '../../destinations/sender.ts';
import type { Sender } from '../../destinations/sender.ts';
import type { Executed } from '../../invocation/invoker.ts';
import { metricsOf } from '../../metrics/metrics.ts';
import { functionArn } from '../../names/name.ts';
import { referenceOf } from '../invoking.ts';
import type { Attempt, BatchInvoker } from '../invoking.ts';
import { mappingArn } from '../mappings/answer.ts';
import type { Mappings } from '../mappings/mappings.ts';
import type { MappingRecord, StreamSettings } from '../mappings/record.ts';
import { readReport } from '../report.ts';
import { discardedRecord } from './discarded.ts';
import type { Discarded } from './discarded.ts';
import type { WindowState } from './positions.ts';
import type { StreamSource } from './source.ts';
import { mostStateBytes, stateOf, windowMembers, windowStartOf } from './tumbling.ts';
import { afterAttempt } from './work.ts';
import type { Next, Waiting, Work } from './work.ts';

/** What a lane gives to the function. */
export interface Batch {
  readonly work: Work;
  readonly window: WindowState | undefined;
  /** The last invocation of its window; it has no records. */
  readonly final: boolean;
}

/** What became of it. */
export interface BatchResult {
  /** The sequence number up to which all was dealt with, where anything was. */
  readonly done: string | undefined;
  /** What is tried again, in order. */
  readonly rest: readonly Work[];
  /** The function failed or was not reached: the next attempt waits. */
  readonly failed: boolean;
  readonly window: WindowState | undefined;
}

export interface ProcessingSetting {
  readonly scope: Scope;
  readonly mapping: MappingRecord;
  readonly settings: StreamSettings;
  readonly source: StreamSource;
  readonly mappings: Mappings;
  readonly invoker: BatchInvoker;
  readonly sender: Sender;
  /** The cloud is ending: a failure says nothing of the function. */
  readonly hasStopped: () => boolean;
}

/** Gives the batches of a stream to the function, and discards what it cannot deal with. */
export class Processing {
  readonly #setting: ProcessingSetting;

  constructor(setting: ProcessingSetting) {
    this.#setting = setting;
  }

  /** @param keep called in one piece with what was sent to the destination, or not at all where the cloud has ended */
  async process(shardId: string, batch: Batch, keep: (result: BatchResult) => void): Promise<void> {
    const { work, window } = batch;
    const expired = this.#expired(work.waiting);
    if (expired > 0) {
      const old = work.waiting.slice(0, expired);
      const left = work.waiting.slice(expired);
      const hand = await this.#discard(shardId, 'RecordAgeExceeded', { ...work, waiting: old }, undefined);
      hand(() =>
        keep({
          done: sequenceOf(old),
          rest: left.length === 0 ? [] : [{ ...work, waiting: left }],
          failed: false,
          window,
        }),
      );
      return;
    }
    const { invoker, scope, mapping } = this.#setting;
    const own = this.#windowOf(batch);
    const cause = this.#decided('polled', what(shardId, work.waiting), undefined);
    this.#measureAge(work.waiting);
    const attempt = await invoker.attempt(scope, mapping, this.#event(shardId, batch, own), cause);
    if (this.#setting.hasStopped() && !succeeded(attempt)) return;
    this.#setting.mappings.result(
      scope,
      mapping.uuid,
      succeeded(attempt) ? 'OK' : 'PROBLEM: Function call failed',
    );
    if (attempt.is === 'refused') {
      this.#decided('postponed', `${attempt.code}: ${attempt.why}`, cause);
      keep({ done: undefined, rest: work.waiting.length > 0 ? [work] : [], failed: true, window });
      return;
    }
    await this.#conclude(shardId, batch, own, attempt, cause, keep);
  }

  async #conclude(
    shardId: string,
    { work, window, final }: Batch,
    own: WindowState | undefined,
    attempt: Extract<Attempt, { is: 'answered' }>,
    cause: TrailId,
    keep: (result: BatchResult) => void,
  ): Promise<void> {
    const { outcome } = attempt;
    if (final) {
      const again = outcome.functionError !== undefined;
      keep({ done: undefined, rest: [], failed: again, window: again ? window : undefined });
      return;
    }
    const next = this.#next(work, outcome);
    if (!next.exhausted) {
      const failed = next.again.length > 0;
      const state = failed || own === undefined ? window : { ...own, state: stateOf(outcome.payload) };
      keep({ done: sequenceOf(work.waiting.slice(0, next.done)), rest: next.again, failed, window: state });
      return;
    }
    const [last] = next.again;
    const hand = await this.#discard(
      shardId,
      'RetryAttemptsExhausted',
      { ...work, attempts: last?.attempts ?? work.attempts },
      attempt,
      cause,
    );
    hand(() => keep({ done: sequenceOf(work.waiting), rest: [], failed: false, window }));
  }

  #next(work: Work, { functionError, payload }: Executed): Next {
    const { settings } = this.#setting;
    if (functionError !== undefined) return afterAttempt(work, 'all', settings);
    if (!settings.reportsFailures) return afterAttempt(work, new Set(), settings);
    const ids = new Set(work.waiting.map(({ item }) => item.sequence));
    return afterAttempt(work, readReport(payload, ids), settings);
  }

  /* How many of the first records are too old. */
  #expired(waiting: readonly Waiting[]): number {
    const { mostAgeSeconds } = this.#setting.settings;
    if (mostAgeSeconds < 0) return 0;
    const oldest = this.#now() - mostAgeSeconds * 1000;
    const first = waiting.findIndex(({ item }) => item.arrivedAt >= oldest);
    return first < 0 ? waiting.length : first;
  }

  #windowOf({ work, window }: Batch): WindowState | undefined {
    const { tumblingSeconds } = this.#setting.settings;
    if (tumblingSeconds === 0) return undefined;
    const [first] = work.waiting;
    if (window !== undefined || first === undefined) return window;
    return { start: windowStartOf(first.item, tumblingSeconds * 1000), state: '{}' };
  }

  #event(shardId: string, { work, final }: Batch, window: WindowState | undefined): Uint8Array {
    const { settings, mapping } = this.#setting;
    const records = `"Records":[${work.waiting.map(({ json }) => json).join(',')}]`;
    if (window === undefined) return new TextEncoder().encode(`{${records}}`);
    const early = window.state.length > mostStateBytes;
    const of = { shardId, streamArn: mapping.sourceArn };
    const members = windowMembers(of, window, settings.tumblingSeconds * 1000, { final, early });
    return new TextEncoder().encode(`{${records},${members}}`);
  }

  /* "The age of the last record in the event", in ms. */
  #measureAge(waiting: readonly Waiting[]): void {
    const last = waiting.at(-1);
    if (last === undefined) return;
    const { scope, mapping, invoker } = this.#setting;
    const age = Math.max(0, this.#now() - last.item.arrivedAt);
    metricsOf(invoker.context.cloud).timed(scope, referenceOf(mapping), 'IteratorAge', age);
  }

  /* Makes ready to tell the destination; what is returned tells it in one piece with what its caller changes. */
  async #discard(
    shardId: string,
    condition: Discarded['condition'],
    { waiting, attempts }: Work,
    attempt: Extract<Attempt, { is: 'answered' }> | undefined,
    cause?: TrailId,
  ): Promise<(keep: () => void) => void> {
    const { settings, invoker, scope, mapping, sender, source } = this.#setting;
    const target = invoker.target(scope, mapping);
    const { onFailure } = settings;
    const why = `${condition}: ${what(shardId, waiting)}`;
    const drop = (reason: string) => (keep: () => void) => {
      this.#decided('dropped', `${why}; ${reason}`, cause);
      keep();
    };
    if (onFailure === undefined || target === undefined) return drop('no destination takes it');
    const record = discardedRecord(
      source,
      {
        condition,
        items: waiting.map(({ item }) => item),
        shardId,
        streamArn: mapping.sourceArn,
        functionArn: functionArn(scope, mapping.functionName, mapping.qualifier),
        attempts,
        requestId: attempt?.requestId ?? mapping.uuid,
        outcome: attempt?.outcome,
        at: this.#now(),
      },
      onFailure.startsWith('arn:aws:s3:'),
    );
    try {
      const send = await sender.prepare(scope, {
        to: onFailure,
        roleName: roleNameOf(target.role),
        body: JSON.stringify(record),
        folder: `aws/lambda/${mapping.uuid}/${shardId}/`,
        cause,
        traceHeader: undefined,
      });
      return (keep) => {
        this.#decided('handed over', `${why}; sent to ${onFailure}`, cause);
        try {
          send();
        } catch (error) {
          this.#notDelivered(error);
        }
        keep();
      };
    } catch (error) {
      this.#notDelivered(error);
      return drop(String(error));
    }
  }

  #notDelivered(error: unknown): void {
    if (!(error instanceof NotSent)) throw error;
    const { scope, mapping, invoker } = this.#setting;
    metricsOf(invoker.context.cloud).count(scope, referenceOf(mapping), 'DestinationDeliveryFailures');
  }

  #decided(outcome: string, why: string, cause: TrailId | undefined): TrailId {
    const { scope, mapping, invoker } = this.#setting;
    const by = mappingArn(scope, mapping.uuid);
    return invoker.context.cloud.trail.record(scope, 'decision', { by, outcome, why }, cause);
  }

  #now(): number {
    return this.#setting.invoker.context.cloud.clock.now();
  }
}

const succeeded = (attempt: Attempt): boolean =>
  attempt.is === 'answered' && attempt.outcome.functionError === undefined;
const sequenceOf = (waiting: readonly Waiting[]): string | undefined => waiting.at(-1)?.item.sequence;
const what = (shardId: string, waiting: readonly Waiting[]): string =>
  `records: ${waiting.length} of ${shardId} from ${waiting[0]?.item.sequence ?? 'none'}`;
