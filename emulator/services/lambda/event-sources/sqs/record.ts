import type { QueueMessageAttribute, ReceivedMessage } from '../../../sqs/port.ts';

/** The system attribute that carries a chain of requests through a queue. */
export const traceAttribute = 'AWSTraceHeader';

/**
 * A message as functions get it (Lambda Developer Guide, "Using Lambda with Amazon SQS"; recorded:
 * test_message_body_and_attributes_passed_correctly, test_sqs_event_source_mapping).
 * @param windowed whether the mapping has a batching window
 */
export function recordOf(queueArn: string, region: string, message: ReceivedMessage, windowed: boolean) {
  const { md5OfMessageAttributes } = message;
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
    ),
    // Where a mapping has a window AWS says null, and nothing where it has none.
    ...(md5OfMessageAttributes === undefined && !windowed
      ? {}
      : { md5OfMessageAttributes: md5OfMessageAttributes ?? null }),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function attributeOf({ dataType, stringValue, binaryValue }: QueueMessageAttribute): object {
  return {
    ...(stringValue === undefined ? {} : { stringValue }),
    ...(binaryValue === undefined ? {} : { binaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType,
  };
}
