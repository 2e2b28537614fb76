import { createHash, randomUUID } from 'node:crypto';
import type { TrailId } from '../../../trail/trail.ts';
import { invalidParameter, invalidValue, missingParameter } from '../failures.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import { seconds } from '../queues/attributes.ts';
import { LARGEST } from '../rows.ts';
import type { AttributeRow } from '../rows.ts';
import { checkBody, md5, md5OfAttributes, sizeOf } from './content.ts';

/** A message that somebody sends, its attributes read. */
export interface Sent {
  readonly body: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeRow>>;
  readonly delaySeconds: number | undefined;
  readonly group: string | undefined;
  readonly deduplication: string | undefined;
  readonly trace: string | undefined;
  readonly sender: string;
  readonly cause: TrailId | undefined;
}

/** What the sender is told. */
export interface Accepted {
  readonly messageId: string;
  readonly md5OfBody: string;
  readonly md5OfAttributes: string | undefined;
  readonly sequence: string | undefined;
}

/**
 * Takes a message into a queue.
 * @param now ms since 1970, cloud time
 * @param limited whether the queue's own MaximumMessageSize counts: recorded, it does not in a batch
 * @throws ServiceFailure in SQS's words
 */
export function accept(queue: LiveQueue, sent: Sent, now: number, limited = true): Accepted {
  const { body } = sent;
  checkBody(body);
  const { row } = queue;
  const largest = limited ? seconds(row, 'MaximumMessageSize') : LARGEST;
  if (sizeOf(body, sent.attributes) > largest) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${String(largest)} bytes.`,
    );
  }
  const delay = delayOf(queue, sent.delaySeconds);
  checkId(sent.group, 'MessageGroupId');
  checkId(sent.deduplication, 'MessageDeduplicationId');
  const told = { md5OfBody: md5(body), md5OfAttributes: md5OfAttributes(sent.attributes) };
  const base = {
    queue: row.id,
    id: randomUUID(),
    body,
    md5: told.md5OfBody,
    attributes: sent.attributes,
    sender: sent.sender,
    sent: now,
    from: delay > 0 ? now + delay * 1000 : 0,
    ...(sent.trace !== undefined && { trace: sent.trace }),
    ...(sent.group !== undefined && { group: sent.group }),
  };
  if (!row.fifo) {
    if (sent.deduplication !== undefined) {
      throw invalidValue(
        sent.deduplication,
        'MessageDeduplicationId',
        'The request include parameter that is not valid for this queue type.',
      );
    }
    queue.add(base, undefined, sent.cause);
    return { ...told, messageId: base.id, sequence: undefined };
  }

  if (sent.group === undefined) throw missingParameter('MessageGroupId');
  const id = deduplicationId(queue, sent.deduplication, body);
  const group = row.attributes['DeduplicationScope'] === 'messageGroup' ? sent.group : undefined;
  const known = queue.duplicates.find(id, group);
  // Accepted and not delivered again; the sender is told of the message that was.
  if (known !== undefined) return { ...told, messageId: known.id, sequence: known.sequence };
  const sequence = queue.nextSequence();
  queue.duplicates.remember(id, group, { queue: row.id, id: base.id, sequence, at: now });
  queue.add({ ...base, deduplication: id, sequence }, undefined, sent.cause);
  return { ...told, messageId: base.id, sequence };
}

function delayOf(queue: LiveQueue, given: number | undefined): number {
  const { row } = queue;
  if (given === undefined) return seconds(row, 'DelaySeconds');
  if (row.fifo && given > 0) {
    throw invalidValue(
      given,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  if (given < 0 || given > 900) {
    throw invalidValue(given, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  }
  return row.fifo ? seconds(row, 'DelaySeconds') : given;
}

function deduplicationId(queue: LiveQueue, given: string | undefined, body: string): string {
  if (given !== undefined) return given;
  if (queue.row.attributes['ContentBasedDeduplication'] !== 'true') {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

function checkId(value: string | undefined, parameter: string): void {
  if (value === undefined || /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/.test(value)) return;
  throw invalidValue(
    value,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
