import { createHash } from 'node:crypto';
import type { AttributeRow, DeliveryRow } from '../rows.ts';

/** Members of a notification, in SNS's order; undefined ones are left out. */
type Members = readonly (readonly [name: string, value: unknown])[];

/**
 * What a queue gets unless its subscription asks for raw messages: a document with one member on each line, as SNS
 * writes it. A FIFO topic's has a sequence number and no signature.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function notification(delivery: DeliveryRow): string {
  const fifo = delivery.sequence !== undefined;
  const members: Members = [
    ['Type', 'Notification'],
    ['MessageId', delivery.messageId],
    ['SequenceNumber', delivery.sequence],
    ['TopicArn', delivery.topicArn],
    ['Subject', delivery.subject],
    ['Message', delivery.message],
    ['Timestamp', new Date(delivery.published).toISOString()],
    ['SignatureVersion', fifo ? undefined : '1'],
    ['Signature', fifo ? undefined : signatureOf(delivery)],
    ['SigningCertURL', fifo ? undefined : certificateOf(delivery)],
    ['UnsubscribeURL', unsubscribeOf(delivery)],
    [
      'MessageAttributes',
      Object.keys(delivery.attributes).length > 0 ? shown(delivery.attributes) : undefined,
    ],
  ];
  const lines = members
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${JSON.stringify(name)} : ${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

/** The event of a function: `EventSource` with a capital, unlike other services' events. */
export function lambdaEvent(delivery: DeliveryRow): string {
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: delivery.subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: delivery.messageId,
          TopicArn: delivery.topicArn,
          Subject: delivery.subject ?? null,
          Message: delivery.message,
          Timestamp: new Date(delivery.published).toISOString(),
          SignatureVersion: '1',
          Signature: signatureOf(delivery),
          SigningCertUrl: certificateOf(delivery),
          UnsubscribeUrl: unsubscribeOf(delivery),
          MessageAttributes: shown(delivery.attributes),
        },
      },
    ],
  });
}

function shown(
  attributes: Readonly<Record<string, AttributeRow>>,
): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { Type: dataType, Value: stringValue ?? binaryValue ?? '' },
    ]),
  );
}

/** It has the form of a signature; there is no certificate that it could be verified with. */
function signatureOf({ messageId, message }: DeliveryRow): string {
  return createHash('sha512').update(`${messageId}\n${message}`).digest('base64');
}

function hostOf({ topicArn }: DeliveryRow): string {
  return `https://sns.${topicArn.split(':')[3] ?? 'us-east-1'}.amazonaws.com`;
}
function certificateOf(delivery: DeliveryRow): string {
  return `${hostOf(delivery)}/SimpleNotificationService-${createHash('md5').update('coldstart').digest('hex')}.pem`;
}
function unsubscribeOf(delivery: DeliveryRow): string {
  return `${hostOf(delivery)}/?Action=Unsubscribe&SubscriptionArn=${delivery.subscriptionArn}`;
}
