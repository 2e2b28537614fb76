import type { Cloud } from '../../../cloud.ts';
import { DueWork } from '../../../due-work/due-work.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaPort } from '../../lambda/port.ts';
import type { QueueCaller, QueueMessage, SqsPort } from '../../sqs/port.ts';
import type { DeliveryRow } from '../rows.ts';
import { lambdaEvent, notification } from './envelope.ts';
import { delayAfter } from './retry.ts';

/** Deliveries that are at work at the same time. */
const MOST_AT_WORK = 20;

/** A failure that trying again does not mend: the subscriber is gone, or does not let SNS. */
class Hopeless extends Error {}

/** Messages on their way to subscribers. What was accepted is in the state until it was delivered or given up. */
export class Deliveries {
  readonly #cloud: Cloud;
  readonly #rows;
  readonly #work: DueWork;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#rows = cloud.state.table<DeliveryRow>('sns.deliveries');
    this.#work = new DueWork(cloud.clock, MOST_AT_WORK, (scope, id) => this.#attempt(scope, id));
  }

  /** Keeps a delivery; it is tried soon. */
  add(scope: Scope, delivery: DeliveryRow): void {
    const place = { account: scope.account, region: scope.region };
    this.#rows.in(place).set(delivery.id, delivery);
    this.#work.schedule(place, delivery.id, delivery.dueAt);
  }

  /** Takes up what was on its way when the cloud ended. */
  resume(): void {
    for (const scope of this.#rows.scopes())
      for (const delivery of this.#rows.in(scope).values())
        this.#work.schedule(scope, delivery.id, delivery.dueAt);
  }

  /** Starts nothing more and waits for what is at work. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  async #attempt(scope: Scope, id: string): Promise<void> {
    const delivery = this.#rows.in(scope).get(id);
    if (delivery === undefined) return;
    try {
      await this.#deliver(scope, delivery);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await this.#failed(scope, delivery, why, error instanceof Hopeless).catch((later: unknown) =>
        this.#tell(scope, delivery, 'failed', String(later)),
      );
    }
  }

  async #deliver(scope: Scope, delivery: DeliveryRow): Promise<void> {
    if (delivery.protocol === 'sqs') {
      const sqs = await this.#cloud.port('sqs');
      // At once and together: the queue has the message exactly when the delivery is done.
      this.#send(sqs, scope, delivery.endpoint, delivery, delivery.raw);
      this.#rows.in(scope).delete(delivery.id);
      return;
    }
    await this.#invoke(await this.#cloud.port('lambda'), scope, delivery);
    this.#rows.in(scope).delete(delivery.id);
  }

  #send(sqs: SqsPort, scope: Scope, queueArn: string, delivery: DeliveryRow, raw: boolean): void {
    const fifo = queueArn.endsWith('.fifo');
    const message: QueueMessage = {
      body: raw ? delivery.message : notification(delivery),
      ...(raw && { messageAttributes: delivery.attributes }),
      ...(delivery.group !== undefined && { groupId: delivery.group }),
      ...(fifo && delivery.deduplication !== undefined && { deduplicationId: delivery.deduplication }),
      // AWS shows an id of SNS's own.
      senderId: 'AIDAIT2UOQQY3AUEKVGXU',
    };
    if (raw && Object.keys(delivery.attributes).length > 10) {
      throw new Hopeless('A raw message for a queue has more than 10 attributes.');
    }
    try {
      sqs.send(scope, queueArn, message, causeOf(delivery), callerOf(delivery));
    } catch (error) {
      // The queue's own refusals: it is gone, its policy does not let SNS, or it does not take such a message.
      if (error instanceof ServiceFailure) throw new Hopeless(`${error.code}: ${error.message}`);
      throw error;
    }
  }

  async #invoke(lambda: LambdaPort, scope: Scope, delivery: DeliveryRow): Promise<void> {
    const { endpoint } = delivery;
    const [, , , region = scope.region, account = scope.account] = endpoint.split(':');
    const place = { account, region };
    if (!lambda.permits(place, endpoint, callerOf(delivery))) {
      throw new Hopeless(
        `${endpoint} is not there, or no statement of its resource-based policy lets sns.amazonaws.com invoke it for ${delivery.topicArn}.`,
      );
    }
    const cause = causeOf(delivery);
    try {
      await lambda.enqueue(place, {
        functionName: endpoint,
        payload: Buffer.from(lambdaEvent(delivery)),
        ...(cause !== undefined && { cause }),
      });
    } catch (error) {
      const gone = error instanceof ServiceFailure && error.code === 'ResourceNotFoundException';
      if (gone) throw new Hopeless(`${error.code}: ${error.message}`);
      throw error;
    }
  }

  async #failed(scope: Scope, delivery: DeliveryRow, why: string, hopeless: boolean): Promise<void> {
    const attempts = delivery.attempts + 1;
    const delay = hopeless ? undefined : delayAfter(attempts);
    if (delay !== undefined) {
      this.#tell(scope, delivery, 'retried', why);
      const next = { ...delivery, attempts, dueAt: this.#cloud.clock.now() + delay };
      this.#rows.in(scope).set(delivery.id, next);
      this.#work.schedule(scope, next.id, next.dueAt);
      return;
    }
    const { deadLetters } = delivery;
    if (deadLetters === undefined) {
      this.#rows.in(scope).delete(delivery.id);
      this.#tell(scope, delivery, 'dropped', `${why} The subscription has no dead-letter queue.`);
      return;
    }
    const sqs = await this.#cloud.port('sqs');
    try {
      this.#send(sqs, scope, deadLetters, delivery, delivery.protocol === 'sqs' && delivery.raw);
      this.#tell(scope, delivery, 'dead-lettered', `${why} The message went to ${deadLetters}.`);
    } catch (error) {
      if (!(error instanceof Hopeless)) throw error;
      this.#tell(scope, delivery, 'dropped', `${why} Nor could ${deadLetters} take it: ${error.message}`);
    }
    this.#rows.in(scope).delete(delivery.id);
  }

  #tell(scope: Scope, delivery: DeliveryRow, outcome: string, why: string): void {
    const facts = {
      by: delivery.subscriptionArn,
      outcome,
      why: `Message ${delivery.messageId} to ${delivery.endpoint}: ${why}`,
    };
    this.#cloud.trail.record(scope, 'decision', facts, causeOf(delivery));
  }
}

function callerOf({ topicArn }: DeliveryRow): QueueCaller {
  return {
    service: 'sns.amazonaws.com',
    sourceArn: topicArn,
    sourceAccount: topicArn.split(':')[4] ?? '',
  };
}

/* Of an earlier run of the cloud the trail knows nothing, and minds no id of it. */
function causeOf({ cause }: DeliveryRow): TrailId | undefined {
  return cause as TrailId | undefined;
}
