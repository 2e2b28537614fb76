import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Principal } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { Writer } from '../port.ts';
import type { BucketRow } from '../rows.ts';
import type { Deliveries } from './deliveries.ts';
import type { NotificationRule } from './configuration.ts';
import { covers } from './events.ts';
import type { EventName } from './events.ts';
import { encodedKey } from './record.ts';
import type { ObjectEvent, Requester } from './record.ts';
import type { Destination } from './rows.ts';

/** What led to an event: a call, or a service of the cloud. */
export interface Origin {
  /** The owner of the bucket. */
  readonly account: string;
  readonly requestId: string;
  readonly requester: Requester;
  readonly cause: TrailId | undefined;
  readonly traceHeader: string | undefined;
}

/** What happened. */
export interface Happening {
  readonly name: EventName;
  readonly key: string;
  readonly size?: number;
  /** With or without its quotes. */
  readonly etag?: string;
  /** Where the bucket has versions. */
  readonly versionId?: string | undefined;
}

/** The origin that a call is. */
export function originOf(call: Call): Origin {
  const { account, requestId, trail, traceHeader } = call;
  return { account, requestId, requester: requesterOf(call.principal), cause: trail, traceHeader };
}

/** The origin that a service of the cloud is, S3 itself where none is named. */
export function serviceOrigin(account: string, by: Writer): Origin {
  const { service = 's3.amazonaws.com', cause, traceHeader } = by;
  return {
    account,
    requestId: randomUUID(),
    requester: { kind: 'service', name: service },
    cause,
    traceHeader,
  };
}

function requesterOf(principal: Principal): Requester {
  const { account } = principal;
  if (principal.kind === 'root') return { kind: 'account', account };
  return { kind: 'role', account, roleName: principal.roleName, sessionName: principal.sessionName };
}

/** Tells of what happens to objects. */
export class Notifier {
  readonly #cloud: Cloud;
  readonly #deliveries: Deliveries;
  #last = 0n;

  constructor(cloud: Cloud, deliveries: Deliveries) {
    this.#cloud = cloud;
    this.#deliveries = deliveries;
  }

  /** Acts at once: what is to be told is kept or lost together with what the caller writes in the same piece of code. */
  tell(origin: Origin, bucket: BucketRow, happening: Happening): void {
    const configured = bucket.notifications;
    if (configured === undefined) return;
    const to: Destination[] = configured.rules
      .filter((rule) => wants(rule, happening))
      .map(({ kind, arn, id }) => ({ kind, arn, configurationId: id }));
    if (configured.eventBridge) to.push({ kind: 'bus' });
    if (to.length === 0) return;
    const { name, key, size, etag, versionId } = happening;
    const event: ObjectEvent = {
      name,
      bucket: bucket.name,
      region: bucket.region,
      account: origin.account,
      key,
      ...(size !== undefined && { size }),
      ...(etag !== undefined && { etag: etag.replaceAll('"', '') }),
      ...(versionId !== undefined && { versionId }),
      ...(!name.startsWith('ObjectTagging') && { sequencer: this.#sequencer() }),
      at: this.#cloud.clock.now(),
      requestId: origin.requestId,
      requester: origin.requester,
    };
    for (const destination of to) {
      this.#deliveries.add({
        id: randomUUID(),
        to: destination,
        event,
        ...(origin.cause !== undefined && { cause: origin.cause }),
        ...(origin.traceHeader !== undefined && { traceHeader: origin.traceHeader }),
        attempts: 0,
        dueAt: event.at,
      });
    }
  }

  /* Greater for what happened later, also after a restart: the clock never runs backwards. */
  #sequencer(): string {
    const now = BigInt(this.#cloud.clock.now()) << 16n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return this.#last.toString(16).toUpperCase().padStart(16, '0');
  }
}

function wants({ events, prefix = '', suffix = '' }: NotificationRule, { name, key }: Happening): boolean {
  if (!events.some((event) => covers(event, name))) return false;
  const encoded = encodedKey(key);
  return encoded.startsWith(prefix) && encoded.endsWith(suffix);
}
