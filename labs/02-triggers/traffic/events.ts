import { createHash } from 'node:crypto';
import type { Context } from '../checks/context.ts';

/* Events in the shapes that AWS documents and that were recorded (facts §2). Ids in them are the grader's nonces. */

/** What Lambda calls a function with for messages of a queue. */
export function sqsEvent(context: Context, queueArn: string, bodies: readonly string[]) {
  return {
    Records: bodies.map((body) => ({
      messageId: uuid(context),
      receiptHandle: context.nonce('handle'),
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1790000000000',
        SenderId: context.account,
        ApproximateFirstReceiveTimestamp: '1790000000001',
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update(body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: context.region,
    })),
  };
}

/** What Lambda calls a function with for a new item of a table. */
export function streamEvent(context: Context, streamArn: string, orderId: string) {
  return {
    Records: [
      {
        eventID: context.nonce(),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: context.region,
        dynamodb: {
          ApproximateCreationDateTime: 1790000000,
          Keys: { orderId: { S: orderId } },
          NewImage: { orderId: { S: orderId }, status: { S: 'placed' } },
          SequenceNumber: `1000000000${String(context.integer(10_000_000_000, 99_999_999_999))}`,
          SizeBytes: 40,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: streamArn,
      },
    ],
  };
}

/** What EventBridge calls a function with. */
export function busEvent(context: Context, source: string, detailType: string, detail: unknown) {
  return {
    version: '0',
    id: uuid(context),
    'detail-type': detailType,
    source,
    account: context.account,
    time: '2026-01-01T00:00:00Z',
    region: context.region,
    resources: [],
    detail,
  };
}

/** What a schedule calls a function with. @param input what the schedule itself says to send */
export function tickEvent(
  context: Context,
  schedule: { readonly by: 'scheduler' | 'rule'; readonly arn: string; readonly input: string | undefined },
  time: string,
): unknown {
  if (schedule.input !== undefined) {
    const words: Readonly<Record<string, string>> = {
      'scheduled-time': time,
      'schedule-arn': schedule.arn,
      'execution-id': context.nonce(),
      'attempt-number': '1',
    };
    const filled = schedule.input.replaceAll(
      /<aws\.scheduler\.([a-z-]+)>/g,
      (whole, word: string) => words[word] ?? whole,
    );
    return JSON.parse(filled) as unknown;
  }
  const source = schedule.by === 'scheduler' ? 'aws.scheduler' : 'aws.events';
  const detail = schedule.by === 'scheduler' ? '{}' : {};
  return { ...busEvent(context, source, 'Scheduled Event', detail), time, resources: [schedule.arn] };
}

function uuid(context: Context): string {
  const hex = createHash('sha256').update(context.nonce()).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
