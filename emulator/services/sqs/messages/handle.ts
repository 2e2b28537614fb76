import { ServiceFailure } from '../../../service/failure.ts';
import { invalidValue } from '../failures.ts';
import type { Entry } from '../live/entry.ts';
import type { LiveQueue } from '../live/live-queue.ts';

/* AWS's handles begin with these bytes: `AQEB…`. */
const START = Buffer.of(1, 1, 1);

/** The handle that a message was received with, the last time. */
export function receiptHandle(queueId: string, { message, receipt }: Entry): string {
  const text = `${queueId}/${message.id}/${String(receipt?.here ?? 0)}`;
  return Buffer.concat([START, Buffer.from(text)]).toString('base64');
}

/** What a handle stands for in its queue. */
export type Handled =
  | { readonly kind: 'current'; readonly entry: Entry }
  /** The message was received again since. */
  | { readonly kind: 'outdated'; readonly entry: Entry }
  | { readonly kind: 'gone' };

/**
 * Reads a handle.
 * @throws ServiceFailure `ReceiptHandleIsInvalid` where it is not one of the queue's
 */
export function handled(queue: LiveQueue, handle: string): Handled {
  const bytes = Buffer.from(handle, 'base64');
  const [id, messageId, here] = bytes.subarray(START.length).toString().split('/');
  if (!bytes.subarray(0, START.length).equals(START) || id !== queue.id || messageId === undefined) {
    throw new ServiceFailure(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  const entry = queue.entry(messageId);
  if (entry === undefined) return { kind: 'gone' };
  return { kind: here === String(entry.receipt?.here ?? 0) ? 'current' : 'outdated', entry };
}

/**
 * Deletes the message of a handle. One that is gone is deleted already; one that was received again since stays, as
 * the API reference of DeleteMessage says.
 * @throws ServiceFailure `ReceiptHandleIsInvalid`, and in a FIFO queue `InvalidParameterValue` once the visibility
 *   timeout is over (recorded)
 */
export function deleteByHandle(queue: LiveQueue, handle: string): void {
  queue.counts();
  const found = handled(queue, handle);
  if (found.kind === 'gone') return;
  const { kind, entry } = found;
  if (queue.row.fifo && (kind === 'outdated' || entry.state !== 'in flight')) {
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  if (kind === 'current') queue.remove(entry);
}

/** SQS's longest visibility timeout, from the receive on, in seconds. */
const LONGEST = 43_200;

/**
 * Hides the message of a handle for so many seconds from now on, or shows it again.
 * @throws ServiceFailure `ReceiptHandleIsInvalid`, `MessageNotInflight`, `InvalidParameterValue`
 */
export function hideByHandle(queue: LiveQueue, handle: string, seconds: number, now: number): void {
  queue.counts();
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST) {
    throw invalidValue(
      seconds,
      'VisibilityTimeout',
      'VisibilityTimeout must be an integer between 0 and 43200.',
    );
  }
  const found = handled(queue, handle);
  if (found.kind === 'gone') {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  const { kind, entry } = found;
  if (kind === 'outdated' || entry.state !== 'in flight') {
    throw new ServiceFailure('MessageNotInflight', "The specified message isn't in flight.");
  }
  const last = entry.receipt?.last ?? now;
  if (now + seconds * 1000 - last > LONGEST * 1000) {
    throw invalidValue(
      seconds,
      'VisibilityTimeout',
      `Total VisibilityTimeout for the message is beyond the limit [${String(LONGEST)} seconds]`,
    );
  }
  queue.hide(entry, seconds * 1000);
}
