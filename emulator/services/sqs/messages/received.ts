import type { Message } from '@aws-sdk/client-sqs';
import type { Entry } from '../live/entry.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import type { AttributeRow } from '../rows.ts';
import { attributeValues, md5OfAttributes } from './content.ts';
import { receiptHandle } from './handle.ts';

/** All system attributes of a message that was received. */
export function systemAttributes({ message, receipt }: Entry): Record<string, string> {
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(receipt?.count ?? 0),
    ApproximateFirstReceiveTimestamp: String(receipt?.first ?? 0),
    ...(message.sequence !== undefined && { SequenceNumber: message.sequence }),
    ...(message.group !== undefined && { MessageGroupId: message.group }),
    ...(message.deduplication !== undefined && { MessageDeduplicationId: message.deduplication }),
    ...(message.trace !== undefined && { AWSTraceHeader: message.trace }),
    ...(message.source !== undefined && { DeadLetterQueueSourceArn: message.source }),
  };
}

/** Which attributes a client wants with its messages. */
export interface Wanted {
  readonly system: readonly string[];
  /** Names, `All` or `.*`, or `prefix.*`. */
  readonly attributes: readonly string[];
}

/** A message as ReceiveMessage answers it. */
export function receivedMessage(queue: LiveQueue, entry: Entry, wanted: Wanted): Message {
  const { message } = entry;
  const system = Object.entries(systemAttributes(entry)).filter(
    ([name]) => wanted.system.includes('All') || wanted.system.includes(name),
  );
  const attributes = selected(message.attributes, wanted.attributes);
  // Recorded: the digest is of what is answered, not of all that was sent.
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue.id, entry),
    MD5OfBody: message.md5,
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest !== undefined && {
      MD5OfMessageAttributes: digest,
      MessageAttributes: attributeValues(attributes),
    }),
  };
}

function selected(
  all: Readonly<Record<string, AttributeRow>>,
  wanted: readonly string[],
): Readonly<Record<string, AttributeRow>> {
  if (wanted.some((name) => name === 'All' || name === '.*' || name === '*')) return all;
  const prefixes = wanted.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => wanted.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
    ),
  );
}
