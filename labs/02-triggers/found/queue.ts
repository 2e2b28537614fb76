import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { ifThere } from '../../aws-errors/named.ts';
import { members } from '../../wording/members.ts';
import type { Context } from '../checks/context.ts';

export interface Queue {
  readonly url: string;
  readonly arn: string;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
  readonly attributes: Readonly<Partial<Record<string, string>>>;
}

/** A queue by its name, or undefined where there is none. */
export async function findQueue(context: Context, name: string): Promise<Queue | undefined> {
  const { sqs } = context.clients;
  const absent = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
  const found = await ifThere(sqs.send(new GetQueueUrlCommand({ QueueName: name })), ...absent);
  if (found?.QueueUrl === undefined) return undefined;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: found.QueueUrl, AttributeNames: ['All'] }),
  );
  return {
    url: found.QueueUrl,
    arn: Attributes.QueueArn ?? '',
    visibilityTimeout: Number(Attributes.VisibilityTimeout ?? 30),
    redrive: redriveOf(Attributes.RedrivePolicy),
    attributes: Attributes,
  };
}

function redriveOf(policy: string | undefined): Queue['redrive'] {
  if (policy === undefined || policy === '') return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = members(JSON.parse(policy));
  return { deadLetterArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
}
