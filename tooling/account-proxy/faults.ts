import { createHash } from 'node:crypto';
import { ServiceFailure } from '../../emulator/service/failure.ts';
import type { Call, ServiceId } from './call.ts';

/**
 * A number in [0, 1) that a seed and a text give: the same, in whatever order calls come. What is drawn for one thing
 * is written beside its text, so that two draws of one call are not the same.
 */
export function drawn(seed: string, ...what: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update([seed, ...what].join('\u0000'))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** What names a call among all calls of a run: the same request again has the same. */
export function fingerprint({ service, operation, input, account }: Call): string {
  const text = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value,
  );
  return createHash('sha256').update(`${account} ${service} ${operation} ${text}`).digest('hex');
}

/** Counts how often something has come, so that what is drawn for it does not depend on what came between. */
export class Times {
  readonly #seen = new Map<string, number>();

  /** @returns 1 for the first time */
  of(what: string): number {
    const times = (this.#seen.get(what) ?? 0) + 1;
    this.#seen.set(what, times);
    return times;
  }
}

export interface FaultRates {
  /** Share of calls that are throttled, 0 to 1. */
  readonly throttled: number;
  /** Share of calls that fail with a 5xx. */
  readonly failed: number;
  /** Share of those failing invocations for which the function has run all the same: the answer was lost. None if absent. */
  readonly lost?: number;
}

/** A call that is answered with an error, and whether it is carried out before. */
export interface Fault {
  readonly kind: 'throttled' | 'failed' | 'lost';
  readonly failure: ServiceFailure;
}

/** The same call is never refused more often than this in a row: a client that tries again wins. */
export const mostInARow = 3;

/** Refuses calls by chance, as a busy account does. Nothing of a refused call reaches the cloud, unless it is `lost`. */
export class Faults {
  readonly #seed: string;
  readonly #rates: FaultRates;
  readonly #seen = new Map<string, { times: number; inARow: number }>();

  constructor(seed: string, rates: FaultRates) {
    this.#seed = seed;
    this.#rates = rates;
  }

  /** What refuses this call, if anything does. */
  of(call: Call): Fault | undefined {
    const key = fingerprint(call);
    const seen = this.#seen.get(key) ?? { times: 0, inARow: 0 };
    this.#seen.set(key, seen);
    seen.times += 1;
    const chance = drawn(this.#seed, 'fault', key, seen.times);
    const { throttled, failed, lost = 0 } = this.#rates;
    if (seen.inARow >= mostInARow || chance >= throttled + failed) {
      seen.inARow = 0;
      return undefined;
    }
    seen.inARow += 1;
    if (chance < throttled) return { kind: 'throttled', failure: throttling(call.service) };
    const runs = call.operation === 'Invoke' && drawn(this.#seed, 'lost', key, seen.times) < lost;
    return { kind: runs ? 'lost' : 'failed', failure: defect(call.service) };
  }
}

/** How each service says that it is asked too often: its own error, in its own protocol. */
export function throttling(service: ServiceId): ServiceFailure {
  switch (service) {
    case 'lambda':
      return new ServiceFailure('TooManyRequestsException', 'Rate exceeded', {
        members: { Reason: 'CallerRateLimitExceeded', Type: 'User' },
      });
    case 'apigateway':
    case 'apigatewayv2':
      return new ServiceFailure('TooManyRequestsException', 'Too Many Requests', { status: 429 });
    case 's3':
      return new ServiceFailure('SlowDown', 'Please reduce your request rate.', { status: 503 });
    case 'iam':
    case 'sts':
    case 'sns':
    case 'cloudformation':
    case 'cloudwatch':
      return new ServiceFailure('Throttling', 'Rate exceeded', { status: 400 });
    case 'apigatewaymanagementapi':
    case 'dynamodb':
    case 'dynamodbstreams':
    case 'events':
    case 'kinesis':
    case 'logs':
    case 'scheduler':
    case 'sqs':
    case 'ssm':
      return new ServiceFailure('ThrottlingException', 'Rate exceeded', { status: 400 });
  }
}

function defect(service: ServiceId): ServiceFailure {
  if (service === 's3')
    return new ServiceFailure('InternalError', 'We encountered an internal error. Please try again.', {
      status: 500,
    });
  return service === 'lambda'
    ? new ServiceFailure('ServiceException', 'An error occurred and the request cannot be processed.', {
        status: 500,
      })
    : new ServiceFailure('ServiceUnavailable', 'The request has failed due to a temporary failure.', {
        status: 503,
      });
}
