import { accessDenied, noSuchQueue } from './failures.ts';
import type { LiveQueue } from './live/live-queue.ts';
import type { Queues } from './live/queues.ts';
import { accept } from './messages/accept.ts';
import { md5OfAttributes } from './messages/content.ts';
import { handled, receiptHandle } from './messages/handle.ts';
import { systemAttributes } from './messages/received.ts';
import { queueUrl } from './names.ts';
import type { SqsPort } from './port.ts';
import { permitsService } from './queues/access.ts';
import { seconds } from './queues/attributes.ts';
import { redriveOf } from './redrive/policy.ts';

/** What other services of the cloud may ask of SQS. */
export function sqsPort(queues: Queues): SqsPort {
  const now = (): number => queues.cloud.clock.now();
  const named = (arn: string): LiveQueue => {
    const queue = queues.findArn(arn);
    if (queue === undefined) throw noSuchQueue();
    return queue;
  };
  return {
    send(scope, queueArn, message, cause, caller) {
      const queue = named(queueArn);
      if (caller !== undefined && !permitsService(queue, caller, 'sqs:SendMessage')) {
        throw accessDenied(
          `User: ${caller.service} is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no resource-based policy allows the sqs:sendmessage action`,
        );
      }
      const { messageId, sequence } = accept(
        queue,
        {
          body: message.body,
          attributes: message.messageAttributes ?? {},
          delaySeconds: message.delaySeconds,
          group: message.groupId,
          deduplication: message.deduplicationId,
          trace: message.traceHeader,
          sender: message.senderId ?? scope.account,
          cause,
        },
        now(),
      );
      return { messageId, sequenceNumber: sequence };
    },
    receive(_scope, queueArn, max, visibilitySeconds) {
      const queue = named(queueArn);
      const visibility = visibilitySeconds ?? seconds(queue.row, 'VisibilityTimeout');
      return queue.take(max, visibility * 1000).map((entry) => ({
        messageId: entry.message.id,
        receiptHandle: receiptHandle(queue.id, entry),
        body: entry.message.body,
        md5OfBody: entry.message.md5,
        md5OfMessageAttributes: md5OfAttributes(entry.message.attributes),
        attributes: systemAttributes(entry),
        messageAttributes: entry.message.attributes,
        cause: entry.cause,
      }));
    },
    delete(_scope, queueArn, receiptHandles) {
      const queue = named(queueArn);
      for (const handle of receiptHandles) {
        const found = current(queue, handle);
        if (found !== undefined) queue.remove(found);
      }
    },
    changeVisibility(_scope, queueArn, receiptHandles, seconds) {
      const queue = named(queueArn);
      for (const handle of receiptHandles) {
        const found = current(queue, handle);
        if (found !== undefined) queue.hide(found, seconds * 1000);
      }
    },
    attributes(_scope, queueArn) {
      const queue = queues.findArn(queueArn);
      if (queue === undefined) return undefined;
      const { row, scope } = queue;
      return {
        arn: queueArn,
        url: queueUrl(queues.cloud.settings.origin, { ...scope, name: row.name }),
        fifo: row.fifo,
        visibilityTimeout: seconds(row, 'VisibilityTimeout'),
        redrive: redriveOf(row),
        ...queue.counts(),
      };
    },
    subscribe: (_scope, queueArn, listener) => queues.subscribe(queueArn, listener),
    permits(_scope, queueArn, caller, action) {
      const queue = queues.findArn(queueArn);
      return queue !== undefined && permitsService(queue, caller, action);
    },
  };
}

/** The message of a handle that is still good. */
function current(queue: LiveQueue, handle: string): ReturnType<LiveQueue['entry']> {
  try {
    const found = handled(queue, handle);
    if (found.kind !== 'current') return undefined;
    // In a FIFO queue the timeout has let go of the message: others may come before it now.
    return queue.row.fifo && found.entry.state !== 'in flight' ? undefined : found.entry;
  } catch {
    return undefined;
  }
}
