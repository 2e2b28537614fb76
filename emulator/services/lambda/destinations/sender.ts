import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { InvokeRequest } from '../port.ts';
import { targetOf } from './target.ts';

/** What is sent, in the forms that its receivers take. */
export interface Parcel {
  /** ARN of the queue, topic, function, bus or bucket. */
  readonly to: string;
  /** The execution role of the function that sends. */
  readonly roleName: string;
  /** JSON. */
  readonly body: string;
  /** Message attributes, of a dead-letter queue. */
  readonly attributes?: Readonly<Record<string, { readonly dataType: string; readonly stringValue: string }>>;
  /** For buses. */
  readonly event?: { readonly detailType: string; readonly resources: readonly string[] };
  /** For buckets: the key before its date. */
  readonly folder?: string;
  readonly cause: TrailId | undefined;
  readonly traceHeader: string | undefined;
}

/** It could not be sent, and will not be sent later either. The message says why. */
export class NotSent extends Error {}

/** Sends what functions leave behind to where it is wanted, with the rights of the function's role. */
export class Sender {
  readonly #cloud: Cloud;
  readonly #enqueue: (scope: Scope, request: InvokeRequest) => Promise<unknown>;

  /** @param enqueue how a function is invoked asynchronously */
  constructor(cloud: Cloud, enqueue: (scope: Scope, request: InvokeRequest) => Promise<unknown>) {
    this.#cloud = cloud;
    this.#enqueue = enqueue;
  }

  /**
   * Makes ready to send. What the returned function does is kept or lost together with what its caller changes in
   * the same piece of code; only to functions and buckets it is sent before it returns, so that a crash may send twice.
   * @throws NotSent where the role may not, or there is no such resource
   */
  async prepare(scope: Scope, parcel: Parcel): Promise<() => void> {
    const target = targetOf(parcel.to);
    if (target === undefined) throw new NotSent(`${parcel.to} is nothing that Lambda sends to`);
    const iam = await this.#cloud.port('iam');
    const { arn, name } = target;
    const resource = target.service === 's3' ? `${arn}/${parcel.folder ?? ''}x` : arn;
    if (!iam.roleAllows(scope.account, parcel.roleName, target.action, resource)) {
      throw new NotSent(`the role ${parcel.roleName} does not allow ${target.action} on ${arn}`);
    }
    switch (target.service) {
      case 'sqs': {
        const sqs = await this.#cloud.port('sqs');
        const { traceHeader, attributes } = parcel;
        const message = {
          body: parcel.body,
          ...(attributes === undefined ? {} : { messageAttributes: attributes }),
          ...(traceHeader === undefined ? {} : { traceHeader }),
        };
        return () => orNotSent(() => sqs.send(scope, arn, message, parcel.cause));
      }
      case 'sns': {
        const sns = await this.#cloud.port('sns');
        const { attributes } = parcel;
        const message = {
          message: parcel.body,
          ...(attributes === undefined ? {} : { messageAttributes: attributes }),
        };
        return () => orNotSent(() => sns.publish(scope, arn, message, parcel.cause));
      }
      case 'events': {
        const events = await this.#cloud.port('events');
        const entry = {
          source: 'lambda',
          detailType: parcel.event?.detailType ?? '',
          detail: parcel.body,
          resources: [arn, ...(parcel.event?.resources ?? [])],
        };
        return () => orNotSent(() => events.put(scope, arn, [entry], parcel.cause));
      }
      case 'lambda': {
        const request = {
          functionName: arn,
          payload: new TextEncoder().encode(parcel.body),
          ...(parcel.cause === undefined ? {} : { cause: parcel.cause }),
          ...(parcel.traceHeader === undefined ? {} : { traceHeader: parcel.traceHeader }),
        };
        await this.#enqueue(scope, request).catch(notSent);
        return () => undefined;
      }
      case 's3': {
        const s3 = await this.#cloud.port('s3');
        const key = `${parcel.folder ?? ''}${datedName(this.#cloud.clock.now())}`;
        const bytes = new TextEncoder().encode(parcel.body);
        await s3.write(scope, name, key, bytes, 'application/json').catch(notSent);
        return () => undefined;
      }
    }
  }
}

/** `YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>` (Lambda Developer Guide, "Capturing records … Amazon S3 destination"). */
function datedName(now: number): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}

function orNotSent(send: () => unknown): void {
  try {
    send();
  } catch (error) {
    notSent(error);
  }
}

function notSent(error: unknown): never {
  throw new NotSent(error instanceof Error ? error.message : String(error));
}
