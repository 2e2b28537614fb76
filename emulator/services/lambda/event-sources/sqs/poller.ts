import type { ClockTimer } from '../../../../clock/clock.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { TrailId } from '../../../../trail/trail.ts';
import type { ReceivedMessage, SqsPort } from '../../../sqs/port.ts';
import { metricsOf } from '../../metrics/metrics.ts';
import { referenceOf } from '../invoking.ts';
import type { Target } from '../invoking.ts';
import { mappingArn } from '../mappings/answer.ts';
import type { QueueSettings } from '../mappings/record.ts';
import { recheckMs } from '../poller.ts';
import type { Poller, PollerSetting } from '../poller.ts';
import { readReport } from '../report.ts';
import { filterOf, seen } from '../settings/filters.ts';
import { missingAction } from '../settings/source.ts';
import { eventOf, Gathering } from './gathering.ts';
import type { Batch, Gathered } from './gathering.ts';
import { deepest } from './lineage.ts';
import { recordOf, traceAttribute } from './record.ts';
import { growthMs, Scale } from './scale.ts';

/* As many as AWS's own ReceiveMessage gives. */
const messagesAtATime = 10;
/* So many messages without a batch, and other work has its turn. */
const mostDiscarded = 1_000;
/* ms: how long a throttled batch waits, the first time and at most. */
const firstDelay = 1_000;
const longestDelay = 30_000;

/**
 * Brings the messages of a queue to a function. What goes wrong needs nothing done: messages that are not deleted
 * come back when their visibility timeout is over, and the queue's redrive policy counts them.
 */
export class QueuePoller implements Poller {
  readonly #setting: PollerSetting<SqsPort, QueueSettings>;
  readonly #filter;
  readonly #gathering: Gathering;
  readonly #scale: Scale;
  readonly #running = new Set<Promise<void>>();
  readonly #unsubscribe: () => void;
  readonly #waits = new Set<() => void>();
  #due: ClockTimer | undefined;
  #growth: ClockTimer | undefined;
  #recheck: ClockTimer | undefined;
  #again: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(setting: PollerSetting<SqsPort, QueueSettings>) {
    this.#setting = setting;
    const { settings } = setting;
    this.#filter = filterOf(settings.filters);
    this.#gathering = new Gathering(settings.batchSize, settings.windowSeconds);
    this.#scale = new Scale(settings.maximumConcurrency);
    this.#unsubscribe = setting.port.subscribe(setting.scope, setting.mapping.sourceArn, () => this.#pump());
    this.#pump();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    for (const timer of [this.#due, this.#growth, this.#recheck]) timer?.cancel();
    clearImmediate(this.#again);
    this.#show(this.#gathering.drop());
    for (const end of [...this.#waits]) end();
    await Promise.all(this.#running);
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  get #now(): number {
    return this.#setting.invoker.context.cloud.clock.now();
  }

  /* Takes what the queue has while there is somebody to give it to. */
  #pump(): void {
    if (this.#stopped || this.#recheck !== undefined) return;
    try {
      while (this.#running.size < this.#scale.limit) {
        const target = this.#target();
        if (target === undefined) return;
        const more = this.#receive();
        const batch = this.#gathering.take(this.#now);
        if (batch !== undefined) this.#launch(batch, target);
        else if (more === 'more') {
          this.#again ??= setImmediate(() => {
            this.#again = undefined;
            this.#pump();
          });
          return;
        } else {
          if (this.#running.size === 0) this.#scale.rest();
          this.#waitForWindow();
          return;
        }
      }
    } catch (error) {
      // A queue that was deleted has nothing to give; if it is made again, its first message wakes us.
      if (!(error instanceof ServiceFailure)) throw error;
      return;
    }
    this.#growLater();
  }

  /* Fills the gathering. `more`: enough was discarded for now. */
  #receive(): 'empty' | 'more' | 'full' {
    const { scope, mapping, port } = this.#setting;
    let discarded = 0;
    while (this.#gathering.room > 0) {
      const wanted = Math.min(messagesAtATime, this.#gathering.room);
      const messages = port.receive(scope, mapping.sourceArn, wanted);
      if (messages.length === 0) return 'empty';
      const unwanted = messages.filter((message) => !this.#add(message));
      if (unwanted.length > 0) this.#delete(unwanted.map(({ receiptHandle }) => receiptHandle));
      discarded += unwanted.length;
      if (discarded >= mostDiscarded) return 'more';
    }
    return 'full';
  }

  /* False for a message that the function shall not get. */
  #add(message: ReceivedMessage): boolean {
    const { scope, mapping, settings, invoker } = this.#setting;
    const record = recordOf(mapping.sourceArn, scope.region, message, settings.windowSeconds > 0);
    if (this.#filter?.({ ...record, body: seen(message.body) }) === false) return false;
    const traceHeader = message.attributes[traceAttribute];
    if (invoker.loops(scope, mapping, traceHeader)) {
      this.#stopLoop(message);
      return false;
    }
    const json = JSON.stringify(record);
    const { messageId: id, receiptHandle: handle, cause } = message;
    this.#gathering.add({ id, handle, json, bytes: Buffer.byteLength(json), cause, traceHeader }, this.#now);
    return true;
  }

  /* Lambda Developer Guide, "recursive loop detection": the message goes to the queue's dead-letter queue, or nowhere. */
  #stopLoop(message: ReceivedMessage): void {
    const { scope, mapping, port, invoker } = this.#setting;
    metricsOf(invoker.context.cloud).count(scope, referenceOf(mapping), 'RecursiveInvocationsDropped');
    const deadLetter = port.attributes(scope, mapping.sourceArn)?.redrive?.deadLetterTargetArn;
    const why = `Message ${message.messageId} has come through the function too often; ${
      deadLetter === undefined ? 'the queue has no dead-letter queue' : `moved to ${deadLetter}`
    }`;
    const cause = this.#decided('stopped', why, message.cause);
    if (deadLetter === undefined) return;
    const { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } = message.attributes;
    try {
      port.send(
        scope,
        deadLetter,
        {
          body: message.body,
          messageAttributes: message.messageAttributes,
          ...(groupId === undefined ? {} : { groupId }),
          ...(deduplicationId === undefined ? {} : { deduplicationId }),
        },
        cause,
      );
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
    }
  }

  /* What is needed to read the queue now; where it is missing it is looked for again later. */
  #target(): Target | undefined {
    const { scope, mapping, invoker, iam } = this.#setting;
    const target = invoker.target(scope, mapping);
    if (target !== undefined) {
      const missing = missingAction(iam, scope.account, target.role, { kind: 'sqs', arn: mapping.sourceArn });
      if (missing === undefined) return target;
      this.#decided('not polled', `the function's role does not allow sqs:${missing}`, undefined);
    } else this.#decided('not polled', 'the function does not exist', undefined);
    this.#recheck = invoker.context.cloud.clock.after(recheckMs, () => {
      this.#recheck = undefined;
      this.#pump();
    });
    return undefined;
  }

  #waitForWindow(): void {
    this.#due?.cancel();
    const { dueAt } = this.#gathering;
    if (dueAt === undefined) return;
    this.#due = this.#setting.invoker.context.cloud.clock.at(dueAt, () => this.#pump());
  }

  #growLater(): void {
    if (this.#growth !== undefined || !this.#scale.mayGrow) return;
    this.#growth = this.#setting.invoker.context.cloud.clock.after(growthMs, () => {
      this.#growth = undefined;
      if (this.#running.size < this.#scale.limit) return;
      this.#scale.grow();
      this.#pump();
    });
  }

  #launch(batch: Batch, target: Target): void {
    const run = this.#run(batch, target).finally(() => {
      this.#running.delete(run);
      this.#pump();
    });
    this.#running.add(run);
  }

  async #run(batch: Batch, target: Target): Promise<void> {
    const { scope, mapping, settings, invoker } = this.#setting;
    const [firstMessage] = batch.messages;
    const what = `${batch.messages.length} of ${mapping.sourceArn}`;
    const cause = this.#decided('polled', `messages: ${what}`, firstMessage?.cause);
    const traceHeader = deepest(
      scope,
      mapping.functionName,
      batch.messages.map((message) => message.traceHeader),
    );
    const event = eventOf(batch);
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, longestDelay)) {
      const attempt = await invoker.attempt(scope, mapping, event, cause, traceHeader);
      if (attempt.is === 'answered') {
        const { functionError, payload } = attempt.outcome;
        // Cut off by the end of the cloud or failed: the messages come back by themselves.
        if (functionError !== undefined) return;
        const ids = new Set(batch.messages.map(({ id }) => id));
        const failed = settings.reportsFailures ? readReport(payload, ids) : new Set();
        if (failed === 'all') return;
        const done = batch.messages.filter(({ id }) => !failed.has(id));
        this.#delete(done.map(({ handle }) => handle));
        return;
      }
      if (attempt.code === 'TooManyRequestsException') this.#scale.shrink();
      // Tried again for as long as it can end before the messages are visible again: they then go back to the queue.
      if (this.#stopped || !this.#fitsInVisibility(batch, delay, target)) {
        this.#decided('returned', `messages: ${what}; ${attempt.code}: ${attempt.why}`, cause);
        return;
      }
      await this.#wait(delay);
      if (this.#hasStopped()) {
        this.#show(batch.messages);
        return;
      }
    }
  }

  #fitsInVisibility({ since }: Batch, delay: number, { timeoutSeconds }: Target): boolean {
    const { scope, mapping, port } = this.#setting;
    const visibility = (port.attributes(scope, mapping.sourceArn)?.visibilityTimeout ?? 0) * 1000;
    return this.#now + delay + timeoutSeconds * 1000 <= since + visibility;
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        timer.cancel();
        this.#waits.delete(end);
        resolve();
      };
      const timer = this.#setting.invoker.context.cloud.clock.after(ms, end);
      this.#waits.add(end);
    });
  }

  /* Gives messages back to the queue at once: whoever reads it next has them. */
  #show(messages: readonly Gathered[]): void {
    const { scope, mapping, port } = this.#setting;
    if (messages.length === 0) return;
    const handles = messages.map(({ handle }) => handle);
    try {
      port.changeVisibility(scope, mapping.sourceArn, handles, 0);
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
    }
  }

  #delete(handles: readonly string[]): void {
    const { scope, mapping, port } = this.#setting;
    try {
      port.delete(scope, mapping.sourceArn, handles);
    } catch (error) {
      // The queue was deleted meanwhile, and its messages with it.
      if (!(error instanceof ServiceFailure)) throw error;
    }
  }

  #decided(outcome: string, why: string, cause: TrailId | undefined): TrailId {
    const { scope, mapping, invoker } = this.#setting;
    const by = mappingArn(scope, mapping.uuid);
    return invoker.context.cloud.trail.record(scope, 'decision', { by, outcome, why }, cause);
  }
}
