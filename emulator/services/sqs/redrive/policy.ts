import { invalidAttribute, invalidValue } from '../failures.ts';
import { placeOfArn } from '../names.ts';
import type { QueuePlace } from '../names.ts';
import type { QueueRow } from '../rows.ts';

/** Where a queue's messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Whom a dead-letter queue takes messages from. */
export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

/**
 * Reads a redrive policy as a request brings it.
 * @returns the policy and the queue that it names
 * @throws ServiceFailure `InvalidParameterValue`, worded as recorded
 */
export function readRedrivePolicy(text: string): { policy: RedrivePolicy; target: QueuePlace } {
  const wrong = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
  const given = jsonObject(text);
  if (given === undefined) throw wrong('Redrive policy is not a valid JSON map.');
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (given[name] === undefined)
      throw wrong(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  for (const name of Object.keys(given)) {
    if (name !== 'deadLetterTargetArn' && name !== 'maxReceiveCount')
      throw wrong('Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].');
  }
  const arn = given['deadLetterTargetArn'];
  const target = typeof arn === 'string' ? placeOfArn(arn) : undefined;
  if (typeof arn !== 'string' || target === undefined) throw wrong('Invalid value for deadLetterTargetArn.');
  const most = Number(given['maxReceiveCount']);
  if (!Number.isInteger(most) || most < 1 || most > 1000) {
    throw wrong(
      `Invalid value for maxReceiveCount: ${String(given['maxReceiveCount'])}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  return { policy: { deadLetterTargetArn: arn, maxReceiveCount: most }, target };
}

/**
 * Reads a redrive allow policy as a request brings it.
 * @throws ServiceFailure `InvalidAttributeValue`
 */
export function readRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const given = jsonObject(text);
  const permission = given?.['redrivePermission'];
  const sources = given?.['sourceQueueArns'] ?? [];
  const known = permission === 'allowAll' || permission === 'denyAll' || permission === 'byQueue';
  const wellFormed =
    Array.isArray(sources) &&
    sources.length <= 10 &&
    sources.every((arn) => typeof arn === 'string' && placeOfArn(arn) !== undefined);
  if (!known || !wellFormed || (permission === 'byQueue') !== sources.length > 0) {
    throw invalidAttribute('RedriveAllowPolicy');
  }
  return { redrivePermission: permission, sourceQueueArns: sources as string[] };
}

/** The redrive policy of a queue, which was checked when it was set. */
export function redriveOf(row: QueueRow): RedrivePolicy | undefined {
  const text = row.attributes['RedrivePolicy'];
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as RedrivePolicy);
}

/** Whether a dead-letter queue takes messages of a queue. */
export function takesFrom(deadLetters: QueueRow, sourceArn: string): boolean {
  const text = deadLetters.attributes['RedriveAllowPolicy'];
  if (text === undefined || text === '') return true;
  const { redrivePermission, sourceQueueArns } = readRedriveAllowPolicy(text);
  if (redrivePermission === 'byQueue') return sourceQueueArns.includes(sourceArn);
  return redrivePermission === 'allowAll';
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
