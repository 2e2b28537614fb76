import type { Call, Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { invalidParameter } from './failures.ts';

/** A queue by its place. */
export interface QueuePlace extends Scope {
  readonly name: string;
}

/** `arn:aws:sqs:REGION:ACCOUNT:NAME` */
export function queueArn({ region, account, name }: QueuePlace): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** The place that an ARN names, or undefined where it is not a queue's. */
export function placeOfArn(arn: string): QueuePlace | undefined {
  const found = /^arn:aws[a-z-]*:sqs:([a-z0-9-]+):(\d{12}):([A-Za-z0-9_-]{1,80}(?:\.fifo)?)$/.exec(arn);
  if (found === null) return undefined;
  const [, region = '', account = '', name = ''] = found;
  return { account, region, name };
}

/** A queue's address. @param origin where the client reached the cloud */
export function queueUrl(origin: string, { account, name }: { account: string; name: string }): string {
  return `${origin}/${account}/${name}`;
}

/**
 * The place that a queue's address names: its last two steps are what counts, so that it holds whatever host and
 * port the cloud has. The region is the one that the call is signed for.
 * @throws ServiceFailure `InvalidAddress`
 */
export function placeOfUrl(url: string, { region }: Scope): QueuePlace {
  const found = /^https?:\/\/[^/]+\/(?:.*\/)?(\d{12})\/([^/?#]+)\/?$/.exec(url);
  if (found === null) {
    throw new ServiceFailure('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  const [, account = '', name = ''] = found;
  return { account, region, name };
}

/**
 * Checks a new queue's name.
 * @throws ServiceFailure `InvalidParameterValue`
 */
export function checkQueueName(name: string, fifo: boolean): void {
  if (!fifo && !/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  if (fifo && !(/^[A-Za-z0-9_-]+\.fifo$/.test(name) && name.length <= 80)) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
}

/** Account and region of a call, without the rest of it. */
export function scopeOf({ account, region }: Scope | Call): Scope {
  return { account, region };
}
