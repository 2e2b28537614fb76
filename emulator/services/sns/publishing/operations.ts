import type {
  BatchResultErrorEntry,
  PublishBatchRequestEntry,
  PublishBatchResultEntry,
} from '@aws-sdk/client-sns';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sns } from '../client.ts';
import { invalidParameter, notBuilt } from '../failures.ts';
import { LARGEST } from '../rows.ts';
import type { Topics } from '../topics/store.ts';
import { readAttributes, sizeOf } from './content.ts';
import type { Publisher } from './publish.ts';

const MOST = 10;
/** Codes of the query protocol, which entries have. */
const queryCodes: Readonly<Record<string, string>> = {
  InvalidParameterException: 'InvalidParameter',
  InvalidParameterValueException: 'ParameterValueInvalid',
};

/** Publish and PublishBatch. */
export function publishOperations(topics: Topics, publisher: Publisher) {
  return {
    Publish(input, call) {
      if (input.PhoneNumber !== undefined) throw notBuilt('Publishing to a phone number');
      const target = input.TargetArn;
      if (
        input.TopicArn === undefined &&
        target !== undefined &&
        target.split(':')[5]?.startsWith('endpoint/')
      ) {
        throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
      }
      const arn = input.TopicArn ?? target;
      if (arn === undefined) {
        throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
      }
      const topic = topics.named(arn, call, input.TopicArn === undefined ? 'TargetArn' : 'TopicArn');
      const { messageId, sequenceNumber } = publisher.publish(
        topic,
        {
          message: required(input.Message, 'Message'),
          subject: input.Subject,
          structure: input.MessageStructure,
          attributes: readAttributes(input.MessageAttributes),
          group: input.MessageGroupId,
          deduplication: input.MessageDeduplicationId,
        },
        call.trail,
      );
      return {
        MessageId: messageId,
        ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
      };
    },
    PublishBatch(input, call) {
      const topic = topics.named(input.TopicArn, call);
      const entries = required(input.PublishBatchRequestEntries, 'PublishBatchRequestEntries');
      checkBatch(entries);
      const successful: PublishBatchResultEntry[] = [];
      const failed: BatchResultErrorEntry[] = [];
      for (const entry of entries) {
        try {
          const current = topics.find(topic) ?? topic;
          const { messageId, sequenceNumber } = publisher.publish(
            current,
            {
              message: required(entry.Message, 'Message'),
              subject: entry.Subject,
              structure: entry.MessageStructure,
              attributes: readAttributes(entry.MessageAttributes),
              group: entry.MessageGroupId,
              deduplication: entry.MessageDeduplicationId,
            },
            call.trail,
          );
          successful.push({
            Id: entry.Id ?? '',
            MessageId: messageId,
            ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
          });
        } catch (error) {
          if (!(error instanceof ServiceFailure)) throw error;
          // Recorded: what a FIFO topic asks of every message refuses the whole batch.
          if (topic.row.fifo && successful.length === 0 && /MessageGroupId|ContentBased/.test(error.message))
            throw error;
          failed.push({
            Id: entry.Id ?? '',
            Code: queryCodes[error.code] ?? error.code,
            Message: error.message,
            SenderFault: true,
          });
        }
      }
      return { Successful: successful, Failed: failed };
    },
  } satisfies Operations<Sns>;
}

function checkBatch(entries: readonly PublishBatchRequestEntry[]): void {
  if (entries.length === 0) {
    throw new ServiceFailure('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
  }
  if (entries.length > MOST) {
    throw new ServiceFailure(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    );
  }
  const seen = new Set<string>();
  let size = 0;
  for (const { Id = '', Message = '', MessageAttributes } of entries) {
    if (Id.length > 80) {
      throw new ServiceFailure(
        'InvalidBatchEntryIdException',
        `The Id of a batch entry in the batch request is too long: ${Id}`,
      );
    }
    if (!/^[A-Za-z0-9_-]+$/.test(Id)) {
      throw new ServiceFailure(
        'InvalidBatchEntryIdException',
        `The Id of a batch entry in the batch request contains an impermissible character: ${Id}`,
      );
    }
    if (seen.has(Id)) {
      throw new ServiceFailure(
        'BatchEntryIdsNotDistinctException',
        'Two or more batch entries in the request have the same Id.',
      );
    }
    seen.add(Id);
    size += sizeOf(Message, {});
    for (const [name, { DataType = '', StringValue = '', BinaryValue }] of Object.entries(
      MessageAttributes ?? {},
    )) {
      size += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue);
      size += BinaryValue?.byteLength ?? 0;
    }
  }
  if (size > LARGEST) {
    throw new ServiceFailure(
      'BatchRequestTooLongException',
      'The length of all the messages put together is more than the limit.',
    );
  }
}
