import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/**
 * Does the work for each message by itself, and answers which of them failed: those come back to the queue, the others
 * are deleted from it.
 */
export const eachMessage =
  (work: (body: string) => Promise<void>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.allSettled(event.Records.map(async ({ body }) => work(body)));
    const batchItemFailures = event.Records.flatMap(({ messageId, attributes }, at) => {
      const outcome = outcomes[at];
      if (outcome?.status !== 'rejected') return [];
      const { reason } = outcome as { reason: unknown };
      console.error({
        messageId,
        attempt: Number(attributes.ApproximateReceiveCount),
        reason: reason instanceof Error ? reason.message : String(reason),
      });
      return [{ itemIdentifier: messageId }];
    });
    return { batchItemFailures };
  };
