import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { Sqs } from './client.ts';
import { sqsPort } from './inside.ts';
import { Queues } from './live/queues.ts';
import { messageOperations } from './messages/operations.ts';
import { limits, schemas } from './model.ts';
import { placeOfUrl, queueArn } from './names.ts';
import type { SqsPort } from './port.ts';
import { queueOperations } from './queues/operations.ts';
import { permissionOperations } from './queues/permissions.ts';
import { tagOperations } from './queues/tags.ts';
import { moveOperations, Moves } from './redrive/moves.ts';

const byUrl = ({ QueueUrl = '' }: { readonly QueueUrl: string | undefined }, scope: Scope): string => {
  try {
    return queueArn(placeOfUrl(QueueUrl, scope));
  } catch {
    return '*';
  }
};
const byName = ({ QueueName = '*' }: { readonly QueueName: string | undefined }, scope: Scope): string =>
  queueArn({ ...scope, name: QueueName });
const bySource = ({ SourceArn = '*' }: { readonly SourceArn: string | undefined }): string => SourceArn;

/** Simple Queue Service: standard and FIFO queues. */
export default defineService<Sqs, SqsPort>({
  wire: identities.sqs,
  schemas,
  limits,
  create(cloud: Cloud) {
    const queues = new Queues(cloud);
    const moves = new Moves(queues);
    moves.resume();
    return {
      operations: {
        ...queueOperations(queues),
        ...tagOperations(queues),
        ...permissionOperations(queues),
        ...messageOperations(queues),
        ...moveOperations(queues, moves),
      },
      port: sqsPort(queues),
      resources: {
        CreateQueue: byName,
        GetQueueUrl: byName,
        ListQueues: (_input, scope) => queueArn({ ...scope, name: '*' }),
        DeleteQueue: byUrl,
        GetQueueAttributes: byUrl,
        SetQueueAttributes: byUrl,
        PurgeQueue: byUrl,
        ListDeadLetterSourceQueues: byUrl,
        TagQueue: byUrl,
        UntagQueue: byUrl,
        ListQueueTags: byUrl,
        AddPermission: byUrl,
        RemovePermission: byUrl,
        SendMessage: byUrl,
        SendMessageBatch: byUrl,
        ReceiveMessage: byUrl,
        DeleteMessage: byUrl,
        DeleteMessageBatch: byUrl,
        ChangeMessageVisibility: byUrl,
        ChangeMessageVisibilityBatch: byUrl,
        StartMessageMoveTask: bySource,
        ListMessageMoveTasks: bySource,
      },
      withoutEffect: {
        'DeleteQueue.QueueUrl':
          'The name is free at once; on AWS it can be used again only 60 seconds later (QueueDeletedRecently).',
        'CreateQueue.Attributes':
          'KmsMasterKeyId, KmsDataKeyReusePeriodSeconds and SqsManagedSseEnabled are kept and answered; nothing is encrypted. FifoThroughputLimit limits nothing.',
        'SetQueueAttributes.Attributes': 'as for CreateQueue',
        'ReceiveMessage.ReceiveRequestAttemptId':
          'A receive is not repeated: its answer reached the client, or the messages come again after the visibility timeout.',
        'SendMessage.MessageGroupId':
          'Kept and answered in a standard queue, too; messages of a noisy group are not held back there (fair queues).',
      },
      stop: () => {
        moves.stop();
        queues.stop();
        return Promise.resolve();
      },
    };
  },
});
