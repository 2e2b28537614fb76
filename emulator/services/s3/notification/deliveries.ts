import type { Cloud } from '../../../cloud.ts';
import { DueWork } from '../../../due-work/due-work.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { busEvent, message } from './record.ts';
import type { DeliveryRow } from './rows.ts';

/** Deliveries that are at work at the same time. */
const mostAtWork = 20;
/** AWS does not say how often it tries; here a destination that cannot be reached is tried for a day. */
const firstDelay = 1_000;
const longestDelay = 300_000;
const longest = 86_400_000;

/** A failure that trying again does not mend: the destination is gone, or does not let S3. */
class Hopeless extends Error {}

/** Events on their way to functions, queues, topics and buses. Each is in the state until it was handed over or given up. */
export class Deliveries {
  readonly #cloud: Cloud;
  readonly #table;
  readonly #work: DueWork;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#table = cloud.state.table<DeliveryRow>('s3.deliveries');
    this.#work = new DueWork(cloud.clock, mostAtWork, ({ account }, id) => this.#attempt(account, id));
  }

  /** Keeps a delivery; it is made soon. */
  add(delivery: DeliveryRow): void {
    this.#rows(delivery.event.account).set(delivery.id, delivery);
    this.#schedule(delivery);
  }

  /** Takes up what was on its way when the cloud ended. */
  resume(): void {
    for (const { account } of this.#table.scopes())
      for (const delivery of this.#rows(account).values()) this.#schedule(delivery);
  }

  /** Starts nothing more and waits for what is at work. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  #rows(account: string) {
    return this.#table.in(placeOf(account));
  }

  #schedule({ id, dueAt, event: { account } }: DeliveryRow): void {
    this.#work.schedule(placeOf(account), id, dueAt);
  }

  async #attempt(account: string, id: string): Promise<void> {
    const delivery = this.#rows(account).get(id);
    if (delivery === undefined) return;
    try {
      await this.#deliver(delivery);
    } catch (error) {
      this.#failed(delivery, error);
    }
  }

  async #deliver(delivery: DeliveryRow): Promise<void> {
    const { to, event } = delivery;
    const scope = { account: event.account, region: event.region };
    const cause = causeOf(delivery);
    const done = (): boolean => this.#rows(event.account).delete(delivery.id);
    if (to.kind === 'bus') {
      const events = await this.#cloud.port('events');
      orHopeless(() => events.put(scope, 'default', [busEvent(event)], cause));
      done();
      return;
    }
    const text = message(event, to.configurationId, await this.#roleId(delivery));
    const caller = callerOf(delivery);
    const { traceHeader } = delivery;
    // A queue or a topic has the message exactly when the delivery is done; a function may be told twice.
    if (to.kind === 'queue') {
      const sqs = await this.#cloud.port('sqs');
      const body = { body: text, ...(traceHeader !== undefined && { traceHeader }) };
      orHopeless(() => sqs.send(scope, to.arn, body, cause, caller));
    } else if (to.kind === 'topic') {
      const sns = await this.#cloud.port('sns');
      const body = { message: text, subject: 'Amazon S3 Notification' };
      orHopeless(() => sns.publish(scope, to.arn, body, cause, caller));
    } else {
      await this.#invoke(scope, to.arn, text, delivery);
    }
    done();
  }

  async #invoke(scope: Scope, arn: string, text: string, delivery: DeliveryRow): Promise<void> {
    const lambda = await this.#cloud.port('lambda');
    if (!lambda.permits(scope, arn, callerOf(delivery))) {
      throw new Hopeless(
        `${arn} is not there, or no statement of its resource-based policy lets s3.amazonaws.com invoke it for arn:aws:s3:::${delivery.event.bucket}.`,
      );
    }
    const cause = causeOf(delivery);
    const { traceHeader } = delivery;
    try {
      await lambda.enqueue(scope, {
        functionName: arn,
        payload: Buffer.from(text),
        ...(cause !== undefined && { cause }),
        ...(traceHeader !== undefined && { traceHeader }),
      });
    } catch (error) {
      const gone = error instanceof ServiceFailure && error.code === 'ResourceNotFoundException';
      throw gone ? new Hopeless(error.message) : error;
    }
  }

  async #roleId({ event: { requester } }: DeliveryRow): Promise<string | undefined> {
    if (requester.kind !== 'role') return undefined;
    return (await this.#cloud.port('iam')).role(requester.account, requester.roleName)?.roleId;
  }

  #failed(delivery: DeliveryRow, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const { event, id } = delivery;
    const now = this.#cloud.clock.now();
    if (error instanceof Hopeless || now - event.at > longest) {
      this.#rows(event.account).delete(id);
      this.#tell(delivery, 'dropped', why);
      return;
    }
    this.#tell(delivery, 'retried', why);
    const delay = Math.min(longestDelay, firstDelay * 2 ** delivery.attempts);
    const next = { ...delivery, attempts: delivery.attempts + 1, dueAt: now + delay };
    this.#rows(event.account).set(id, next);
    this.#schedule(next);
  }

  #tell(delivery: DeliveryRow, outcome: string, why: string): void {
    const { to, event } = delivery;
    const facts = {
      by: `arn:aws:s3:::${event.bucket}`,
      outcome,
      why: `${event.name} of ${event.key} to ${to.kind === 'bus' ? 'EventBridge' : to.arn}: ${why}`,
    };
    this.#cloud.trail.record(
      { account: event.account, region: event.region },
      'decision',
      facts,
      causeOf(delivery),
    );
  }
}

/* Buckets belong to no region. */
const placeOf = (account: string): Scope => ({ account, region: 'aws-global' });

function callerOf({ event: { bucket, account } }: DeliveryRow) {
  return { service: 's3.amazonaws.com', sourceArn: `arn:aws:s3:::${bucket}`, sourceAccount: account };
}

/* Of an earlier run of the cloud the trail knows nothing, and minds no id of it. */
function causeOf({ cause }: DeliveryRow): TrailId | undefined {
  return cause as TrailId | undefined;
}

/* The destination's own refusals: it is gone, its policy does not let S3, or it does not take such a message. */
function orHopeless(send: () => unknown): void {
  try {
    send();
  } catch (error) {
    if (error instanceof ServiceFailure) throw new Hopeless(`${error.code}: ${error.message}`);
    throw error;
  }
}
