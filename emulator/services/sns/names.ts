import type { Scope } from '../../service/call.ts';
import { invalidParameter } from './failures.ts';

/** A topic by its place. */
export interface TopicPlace extends Scope {
  readonly name: string;
}

/** `arn:aws:sns:REGION:ACCOUNT:NAME` */
export function topicArn({ region, account, name }: TopicPlace): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

/**
 * The place of a topic, and the subscription where the ARN is one's.
 * @param parameter the parameter that holds the ARN, for the refusal
 * @throws ServiceFailure `InvalidParameter`, worded as recorded
 */
export function placeOfArn(arn: string, parameter: string): TopicPlace & { readonly subscription?: string } {
  const parts = arn.split(':');
  if (parts.length < 6) {
    throw invalidParameter(
      `${parameter} Reason: An ARN must have at least 6 elements, not ${String(parts.length)}`,
    );
  }
  const [prefix, , service, region = '', account = '', name = '', subscription] = parts;
  if (prefix !== 'arn' || service !== 'sns' || !/^\d{12}$/.test(account) || name === '') {
    throw invalidParameter(parameter);
  }
  return { region, account, name, ...(subscription !== undefined && { subscription }) };
}

/**
 * Checks a new topic's name.
 * @throws ServiceFailure `InvalidParameter`
 */
export function checkTopicName(name: string, fifo: boolean): void {
  if (fifo && !/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(name)) {
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
    );
  }
  if (!fifo && !/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
}
