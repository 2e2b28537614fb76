import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { ofType } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';
import type { Inbox } from './inbox.ts';

/**
 * Lambda tries again after one minute, and after two more (Lambda developer guide, asynchronous invocation): so many
 * times so many seconds cover both, however late each attempt fails.
 */
const steps = { count: 10, seconds: 30 };

const deadLetters: LabCheck = {
  id: 'dead-letters',
  title: (text) => text.deadLetters.title,
  points: 10,
  needs: ['inbox'],
  verifiedOn: ['embedded'],
  requires: ['stackDeadLetters'],
  hints: (text) => text.deadLetters.hints,
  async run(context) {
    const found = context.from<Inbox>('inbox');
    const { deadLetters: text } = context.text;
    const [handler] = ofType(found.stack, 'AWS::Lambda::Function');
    const plan = await failurePlan(context, handler?.physicalId ?? '');
    const { queueArn: arn } = plan;
    if (arn === undefined) return context.fail({ ...text.none, expected: text.wanted, actual: plan.shown });
    const queueName = arn.split(':')[5] ?? '';
    const own = ofType(found.stack, 'AWS::SQS::Queue').some(({ physicalId }) =>
      physicalId.endsWith(`/${queueName}`),
    );
    if (!own) return context.fail({ ...text.notOwn, actual: arn });
    const shows = plan.isDestination ? 'asyncDestinations' : 'asyncDeadLetters';
    if (!(await context.can(shows))) context.unseen(shows);
    await poison(context, found, queueName, plan.retries);
  },
  async configuration(context) {
    const { stack } = context.from<Inbox>('inbox');
    const { deadLetters: text } = context.text;
    const ways = Object.values(members(stack.processed.Resources)).flatMap(wayOut);
    if (ways.length === 0)
      context.fail({ ...text.none, expected: text.wanted, actual: shown(stack.processed.Resources) });
    return Promise.resolve();
  },
};

/** Where a resource of a template sends what a function cannot deal with. */
function wayOut(resource: unknown): unknown[] {
  const { Type, Properties } = members(resource);
  const { DeadLetterConfig, DestinationConfig } = members(Properties);
  const target =
    Type === 'AWS::Lambda::Function'
      ? members(DeadLetterConfig).TargetArn
      : Type === 'AWS::Lambda::EventInvokeConfig'
        ? members(members(DestinationConfig).OnFailure).Destination
        : undefined;
  return target === undefined ? [] : [target];
}

interface FailurePlan {
  readonly queueArn: string | undefined;
  /** Not a dead-letter queue. */
  readonly isDestination: boolean;
  readonly retries: number;
  readonly shown: string;
}

/** What happens to an event that the function fails on: a dead-letter queue or a destination, after how many retries. */
async function failurePlan({ clients: { lambda } }: Context, functionName: string): Promise<FailurePlan> {
  const { DeadLetterConfig: letters } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const config = await lambda
    .send(new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName }))
    .catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    });
  const targets = [letters?.TargetArn, config?.DestinationConfig?.OnFailure?.Destination];
  const isQueue = (arn: string | undefined) =>
    arn?.startsWith('arn:') === true && arn.split(':')[2] === 'sqs';
  return {
    queueArn: targets.find(isQueue),
    isDestination: !isQueue(letters?.TargetArn),
    // Two is what Lambda does where nothing is said.
    retries: config?.MaximumRetryAttempts ?? 2,
    shown: JSON.stringify({ DeadLetterConfig: letters, EventInvokeConfig: config?.DestinationConfig }),
  };
}

/** A file that is no picture: its event has to arrive in the queue, when all attempts have failed. */
async function poison(
  context: Context,
  { bucket }: Inbox,
  QueueName: string,
  retries: number,
): Promise<void> {
  const { s3, sqs } = context.clients;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const nonce = context.nonce('broken');
  const key = `pictures/${nonce}.png`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'no picture' }));
  try {
    let left = retries > 0 ? steps.count : 0;
    const letter = await context.until('asyncRetries', async () => {
      if (await arrived(context, QueueUrl ?? '', nonce)) return true;
      if (left > 0) await context.pass(steps.seconds, 'alone');
      left -= 1;
      return undefined;
    });
    if (letter === undefined)
      context.fail({ ...context.text.deadLetters.lost(QueueName), expected: key, evidence: [] });
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}

/** Whether the letter of this test is there. It is taken out; letters of others go back at once. */
async function arrived({ clients: { sqs } }: Context, QueueUrl: string, nonce: string): Promise<boolean> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 5,
      WaitTimeSeconds: 0,
    }),
  );
  let found = false;
  for (const { Body = '', ReceiptHandle } of Messages) {
    if (Body.includes(nonce)) {
      found = true;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    } else
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  return found;
}

export const deadLetterChecks = { deadLetters };
