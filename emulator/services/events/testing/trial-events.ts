import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsCommandOutput,
  type PutRuleCommandInput,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { startCloud, type RunningCloud } from '../../../start.ts';

export const scope = { account: '111111111111', region: 'us-east-1' };

export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:111111111111:${name}`;

/** A running cloud with clients of EventBridge and its neighbours, for tests. */
export class TrialEvents {
  readonly running: RunningCloud;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly iam: IAMClient;

  private constructor(running: RunningCloud) {
    this.running = running;
    const settings = this.settings();
    this.events = new EventBridgeClient(settings);
    this.sqs = new SQSClient(settings);
    this.iam = new IAMClient(settings);
  }

  /** @param home a folder that keeps the state; nothing is kept without one */
  static async start(home?: string): Promise<TrialEvents> {
    return new TrialEvents(
      await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined }),
    );
  }

  /** What a further client is made with. */
  settings(account = scope.account) {
    return {
      endpoint: this.running.origin,
      region: scope.region,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  /** Makes a queue. @param service whom its policy lets send; null: nobody */
  async queue(QueueName: string, service: string | null = 'events.amazonaws.com'): Promise<string> {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: queueArn(QueueName),
        Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:events:*:${scope.account}:rule/*` } },
      },
    });
    const fifo = QueueName.endsWith('.fifo');
    const Attributes = {
      ...(service !== null && { Policy }),
      ...(fifo && { FifoQueue: 'true', ContentBasedDeduplication: 'true' }),
    };
    return (await this.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  }

  /** A rule with one target, a queue of its name. */
  async rule(
    Name: string,
    rule: Partial<PutRuleCommandInput>,
    target: Partial<Target> = {},
  ): Promise<string> {
    const QueueUrl = target.Arn === undefined ? await this.queue(Name) : '';
    await this.events.send(new PutRuleCommand({ Name, ...rule }));
    await this.events.send(
      new PutTargetsCommand({
        Rule: Name,
        EventBusName: rule.EventBusName,
        Targets: [{ Id: 'one', Arn: queueArn(Name), ...target }],
      }),
    );
    return QueueUrl;
  }

  /** Puts an event. */
  async put(Source: string, detail: object, EventBusName?: string): Promise<PutEventsCommandOutput> {
    return this.events.send(
      new PutEventsCommand({
        Entries: [{ Source, DetailType: 'test', Detail: JSON.stringify(detail), EventBusName }],
      }),
    );
  }

  /** Receives until so many messages have come, and deletes them. */
  async receive(QueueUrl: string, count = 1): Promise<Message[]> {
    const messages: Message[] = [];
    for (let polls = 0; messages.length < count && polls < count; polls += 1) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      for (const { ReceiptHandle } of Messages)
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      messages.push(...Messages);
    }
    return messages;
  }

  /** The bodies of messages, parsed. */
  async bodies(QueueUrl: string, count = 1): Promise<Record<string, unknown>[]> {
    const messages = await this.receive(QueueUrl, count);
    return messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
  }

  /** A role that a service may assume, with one action on everything. */
  async role(RoleName: string, service: string, action: string): Promise<string> {
    const Version = '2012-10-17';
    const trust = {
      Version,
      Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
    };
    const { Role } = await this.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    const policy = { Version, Statement: { Effect: 'Allow', Action: action, Resource: '*' } };
    await this.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify(policy) }),
    );
    return Role?.Arn ?? '';
  }

  /** What the trail says was decided. */
  decisions(by: string): { readonly outcome: string; readonly why: string }[] {
    return this.running.cloud.trail
      .read(scope)
      .flatMap((entry) => (entry.kind === 'decision' && entry.facts.by === by ? [entry.facts] : []));
  }

  async stop(): Promise<void> {
    this.events.destroy();
    this.sqs.destroy();
    this.iam.destroy();
    await this.running.stop();
  }
}

/** What the SDK throws where a call is refused, as `Name: message`. */
export async function refusal(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'not refused';
}
