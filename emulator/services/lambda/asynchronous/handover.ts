import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { LambdaContext } from '../context.ts';
import { roleNameOf } from '../destinations/check.ts';
import { invocationRecord } from '../destinations/record.ts';
import { NotSent } from '../destinations/sender.ts';
import type { Parcel, Sender } from '../destinations/sender.ts';
import type { Executed } from '../invocation/invoker.ts';
import { metricsOf } from '../metrics/metrics.ts';
import type { EventConfigs } from './configs.ts';
import type { Conclusion, QueuedEvent } from './event.ts';

/** What became of an event's record. */
export interface Handed {
  /** ARNs that took it. */
  readonly taken: readonly string[];
  /** Why others did not. */
  readonly refused: readonly string[];
}

/** Gives an event that is done with to its dead-letter queue and destination. */
export class Handover {
  readonly #context: LambdaContext;
  readonly #configs: EventConfigs;
  readonly #sender: Sender;

  constructor(context: LambdaContext, configs: EventConfigs, sender: Sender) {
    this.#context = context;
    this.#configs = configs;
    this.#sender = sender;
  }

  /** Makes ready; what is returned sends in one piece with what its caller changes. */
  async prepare(
    scope: Scope,
    event: QueuedEvent,
    conclusion: Conclusion,
    outcome: Executed | undefined,
  ): Promise<() => Handed> {
    const refused: string[] = [];
    const ready: { readonly to: string; readonly failure: Failure; readonly send: () => void }[] = [];
    for (const { parcel, failure } of await this.#parcels(scope, event, conclusion, outcome)) {
      try {
        const send = await this.#sender.prepare(scope, parcel);
        ready.push({ to: parcel.to, failure, send });
      } catch (error) {
        if (!(error instanceof NotSent)) throw error;
        refused.push(error.message);
        this.#count(scope, event, failure);
      }
    }
    return () => {
      const taken: string[] = [];
      for (const { to, failure, send } of ready) {
        try {
          send();
          taken.push(to);
        } catch (error) {
          if (!(error instanceof NotSent)) throw error;
          refused.push(error.message);
          this.#count(scope, event, failure);
        }
      }
      return { taken, refused };
    };
  }

  async #parcels(
    scope: Scope,
    event: QueuedEvent,
    conclusion: Conclusion,
    outcome: Executed | undefined,
  ): Promise<{ readonly parcel: Parcel; readonly failure: Failure }[]> {
    const reference = { name: event.functionName, qualifier: event.qualifier };
    const config = this.#configs.find(scope, reference);
    const settings = this.#settings(scope, reference);
    const destination = conclusion === 'Success' ? config?.onSuccess : config?.onFailure;
    const deadLetter = conclusion === 'Success' ? undefined : settings?.deadLetter;
    if (settings === undefined || (destination === undefined && deadLetter === undefined)) return [];
    const payload = await this.#context.cloud.blobs.get(event.payload);
    const common = {
      roleName: roleNameOf(settings.role),
      cause: event.cause as TrailId | undefined,
      traceHeader: event.traceHeader,
    };
    const parcels: { parcel: Parcel; failure: Failure }[] = [];
    if (deadLetter !== undefined) {
      const body = new TextDecoder().decode(payload);
      const attributes = deadLetterAttributes(event, conclusion, outcome);
      parcels.push({ parcel: { ...common, to: deadLetter, body, attributes }, failure: 'DeadLetterErrors' });
    }
    if (destination !== undefined) {
      const now = this.#context.cloud.clock.now();
      const record = invocationRecord(scope, event, payload, conclusion, outcome, now);
      const parcel = {
        ...common,
        to: destination,
        body: JSON.stringify(record),
        folder: `aws/lambda/async/${event.functionName}/`,
        event: {
          detailType: `Lambda Function Invocation Result - ${conclusion === 'Success' ? 'Success' : 'Failure'}`,
          resources: [(record as { requestContext: { functionArn: string } }).requestContext.functionArn],
        },
      };
      parcels.push({ parcel, failure: 'DestinationDeliveryFailures' });
    }
    return parcels;
  }

  /* Of an event for a version or an alias that was deleted meanwhile nobody knows the role. */
  #settings(scope: Scope, reference: { readonly name: string; readonly qualifier: string | undefined }) {
    try {
      return this.#context.versions.resolve(scope, reference).view.deployment.settings;
    } catch {
      return undefined;
    }
  }

  #count(scope: Scope, event: QueuedEvent, failure: Failure): void {
    const reference = { name: event.functionName, qualifier: event.qualifier };
    metricsOf(this.#context.cloud).count(scope, reference, failure);
  }
}

type Failure = 'DeadLetterErrors' | 'DestinationDeliveryFailures';

/* Recorded: test_dead_letter_queue. The message is cut to its first KB (Lambda Developer Guide, "Dead-letter queues"). */
function deadLetterAttributes(
  event: QueuedEvent,
  conclusion: Conclusion,
  outcome: Executed | undefined,
): NonNullable<Parcel['attributes']> {
  const message = outcome === undefined ? conclusion : errorMessageOf(outcome.payload);
  return {
    RequestID: { dataType: 'String', stringValue: event.requestId },
    ErrorCode: { dataType: 'Number', stringValue: outcome === undefined ? '429' : '200' },
    ErrorMessage: { dataType: 'String', stringValue: message.slice(0, 1024) || conclusion },
  };
}

function errorMessageOf(payload: Uint8Array): string {
  const text = new TextDecoder().decode(payload);
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && 'errorMessage' in read) return String(read.errorMessage);
  } catch {
    // A custom runtime may fail with anything.
  }
  return text;
}
