import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { known } from './mock-method.ts';
import type { Source, Throwaway } from './throwaway.ts';
import { unlessRefused, type Trial } from './trial.ts';

const mark = 'coldstart-probe-mark';

const failing: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async () => { throw new Error('${mark}'); };`,
};

interface Site {
  readonly functionName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** A function that fails, never tries again, and may send messages to a queue of its own. */
async function openSite(place: Throwaway): Promise<Site> {
  const { iam, lambda, sqs } = place.clients;
  let made: string | undefined;
  const QueueName = place.named(
    async (clients) => made && clients.sqs.send(new DeleteQueueCommand({ QueueUrl: made })),
  );
  const QueueUrl = (made = known((await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = known(Attributes?.QueueArn);
  const role = await place.role('lambda.amazonaws.com');
  const RoleName = role.split('/').at(-1);
  // A role that has a policy of its own cannot be deleted.
  const PolicyName = place.named((clients, name) =>
    clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: name })),
  );
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  const functionName = await place.make(failing, role);
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: functionName, MaximumRetryAttempts: 0 }),
  );
  return { functionName, queueUrl: QueueUrl, queueArn };
}

/** Does what Lambda refuses while it does not know yet what a new role may do. */
const allowed = (place: Throwaway, attempt: () => Promise<unknown>): Promise<true | undefined> =>
  place.until('functionActive', async () => {
    try {
      await attempt();
      return true;
    } catch (error) {
      if (error instanceof Error && /permission/i.test(error.message)) return undefined;
      throw error;
    }
  });

/** Calls the function without waiting for it. @returns whether the queue is told that it has failed */
async function isTold(place: Throwaway, { functionName, queueUrl }: Site): Promise<boolean> {
  const { lambda, sqs } = place.clients;
  await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify({ mark })),
    }),
  );
  const told = await place.until('effect', async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    return Messages.some(({ Body = '' }) => Body.includes(mark)) || undefined;
  });
  return told === true;
}

/** Where the events go that nobody waits for, when the function fails on them. */
export const asyncTrials = {
  asyncDeadLetters: unlessRefused(async (place) => {
    const site = await openSite(place);
    const { lambda } = place.clients;
    const FunctionName = site.functionName;
    const DeadLetterConfig = { TargetArn: site.queueArn };
    const configured = await allowed(place, () =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig })),
    );
    const updated = await place.until('functionActive', async () => {
      const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return found.LastUpdateStatus === 'InProgress' ? undefined : true;
    });
    return configured === true && updated === true && isTold(place, site);
  }),

  asyncDestinations: unlessRefused(async (place) => {
    const site = await openSite(place);
    const configured = await allowed(place, () =>
      place.clients.lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: site.functionName,
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: site.queueArn } },
        }),
      ),
    );
    return configured === true && isTold(place, site);
  }),
} as const satisfies Readonly<Record<string, Trial>>;
