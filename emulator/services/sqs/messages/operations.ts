import type { MessageAttributeValue, MessageSystemAttributeValue } from '@aws-sdk/client-sqs';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sqs } from '../client.ts';
import { invalidParameter, invalidValue } from '../failures.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import type { Queues } from '../live/queues.ts';
import { queueNamed } from '../queues/access.ts';
import { seconds } from '../queues/attributes.ts';
import { LARGEST } from '../rows.ts';
import { accept } from './accept.ts';
import type { Accepted, Sent } from './accept.ts';
import { checkBatch, eachEntry } from './batch.ts';
import { readAttributes, sizeOf } from './content.ts';
import { deleteByHandle, hideByHandle } from './handle.ts';
import { receivedMessage } from './received.ts';

/** Messages in flight that a queue has at most. */
const MOST_IN_FLIGHT = 120_000;

/** Sending, receiving, hiding and deleting messages. */
export function messageOperations(queues: Queues) {
  const now = (): number => queues.cloud.clock.now();

  const senderOf = async ({ principal }: Call): Promise<string> => {
    if (principal.kind === 'root') return principal.account;
    const iam = await queues.cloud.port('iam');
    return `${iam.role(principal.account, principal.roleName)?.roleId ?? principal.roleName}:${principal.sessionName}`;
  };

  return {
    async SendMessage(input, call) {
      queueNamed(queues, input.QueueUrl, call);
      const sender = await senderOf(call);
      const queue = queueNamed(queues, input.QueueUrl, call);
      const accepted = accept(queue, sentOf(input, sender, call), now());
      return { MessageId: accepted.messageId, ...digests(accepted) };
    },
    async SendMessageBatch(input, call) {
      const sender = await senderOf(call);
      const queue = queueNamed(queues, input.QueueUrl, call);
      const entries = required(input.Entries, 'Entries');
      checkBatch(entries);
      checkBatchSize(entries);
      return eachEntry(entries, (entry) => {
        const accepted = accept(queue, sentOf(entry, sender, call), now(), false);
        return { Id: entry.Id ?? '', MessageId: accepted.messageId, ...digests(accepted) };
      });
    },
    async ReceiveMessage(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const max = input.MaxNumberOfMessages ?? 1;
      if (max < 1 || max > 10) {
        throw invalidValue(max, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
      }
      const wait = input.WaitTimeSeconds ?? seconds(queue.row, 'ReceiveMessageWaitTimeSeconds');
      if (wait < 0 || wait > 20) {
        throw invalidValue(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
      }
      const visibility = input.VisibilityTimeout ?? seconds(queue.row, 'VisibilityTimeout');
      if (visibility < 0 || visibility > 43_200) {
        throw invalidValue(visibility, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
      }
      if (queue.counts().inFlight >= MOST_IN_FLIGHT) {
        throw new ServiceFailure('OverLimit', 'Too many messages are in flight: 120000.');
      }
      const entries = await queue.pollers.poll(max, visibility * 1000, wait * 1000, call.signal);
      if (entries.length === 0) return {};
      const wanted = {
        // Older clients use the name that was replaced.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        system: [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])],
        attributes: input.MessageAttributeNames ?? [],
      };
      return { Messages: entries.map((entry) => receivedMessage(queue, entry, wanted)) };
    },
    DeleteMessage(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      deleteByHandle(queue, required(input.ReceiptHandle, 'ReceiptHandle'));
      return {};
    },
    DeleteMessageBatch(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const entries = required(input.Entries, 'Entries');
      checkBatch(entries);
      return eachEntry(entries, ({ Id = '', ReceiptHandle }) => {
        deleteByHandle(queue, required(ReceiptHandle, 'ReceiptHandle'));
        return { Id };
      });
    },
    ChangeMessageVisibility(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      hide(queue, input.ReceiptHandle, input.VisibilityTimeout);
      return {};
    },
    ChangeMessageVisibilityBatch(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const entries = required(input.Entries, 'Entries');
      checkBatch(entries);
      return eachEntry(entries, ({ Id = '', ReceiptHandle, VisibilityTimeout }) => {
        hide(queue, ReceiptHandle, VisibilityTimeout ?? 0);
        return { Id };
      });
    },
  } satisfies Operations<Sqs>;

  function hide(queue: LiveQueue, handle: string | undefined, seconds: number | undefined): void {
    hideByHandle(queue, required(handle, 'ReceiptHandle'), required(seconds, 'VisibilityTimeout'), now());
  }
}

interface Given {
  readonly MessageBody: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  readonly MessageSystemAttributes?: Record<string, MessageSystemAttributeValue> | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

function sentOf(given: Given, sender: string, call: Call): Sent {
  const system = Object.keys(given.MessageSystemAttributes ?? {}).find((name) => name !== 'AWSTraceHeader');
  if (system !== undefined) {
    throw invalidParameter(`Message system attribute name '${system}' is invalid.`);
  }
  return {
    body: given.MessageBody,
    attributes: readAttributes(given.MessageAttributes),
    delaySeconds: given.DelaySeconds,
    group: given.MessageGroupId,
    deduplication: given.MessageDeduplicationId,
    trace: given.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue ?? call.traceHeader,
    sender,
    cause: call.trail,
  };
}

function digests(accepted: Accepted) {
  return {
    MD5OfMessageBody: accepted.md5OfBody,
    ...(accepted.md5OfAttributes !== undefined && { MD5OfMessageAttributes: accepted.md5OfAttributes }),
    ...(accepted.sequence !== undefined && { SequenceNumber: accepted.sequence }),
  };
}

function checkBatchSize(entries: readonly Given[]): void {
  let size = 0;
  for (const { MessageBody = '', MessageAttributes } of entries) {
    const rows = Object.entries(MessageAttributes ?? {}).map(
      ([name, { DataType = '', StringValue, BinaryValue }]) =>
        [
          name,
          {
            dataType: DataType,
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          },
        ] as const,
    );
    size += sizeOf(MessageBody, Object.fromEntries(rows));
  }
  if (size <= LARGEST) return;
  throw new ServiceFailure(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${String(LARGEST)} bytes. You have sent ${String(size)} bytes.`,
  );
}
