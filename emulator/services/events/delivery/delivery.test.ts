import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studentAt } from '../../lambda/testing/student.ts';
import { account as lambdaAccount } from '../../lambda/testing/small-cloud.ts';
import type { DeliveryRow } from '../rows.ts';
import { queueArn, scope, TrialEvents } from '../testing/trial-events.ts';

let trial: TrialEvents;
beforeAll(async () => (trial = await TrialEvents.start()));
afterAll(async () => trial.stop());

const pattern = (source: string): string => JSON.stringify({ source: [source] });
const waiting = (of = trial): number =>
  of.running.cloud.state.table<DeliveryRow>('events.deliveries').in(scope).size;
const ruleArn = (name: string): string => `arn:aws:events:us-east-1:111111111111:rule/${name}`;

describe('targets get', () => {
  it('what the rule makes of the event', async () => {
    const input = async (name: string, target: Partial<Target>): Promise<string | undefined> => {
      const url = await trial
        .rule(name, { EventPattern: pattern(name) }, target)
        .then(() => trial.queue(name));
      await trial.put(name, { command: 'go', payload: { id: '1', sf: 'b"z' }, list: [{ n: 1 }, { n: 2 }] });
      return (await trial.receive(url))[0]?.Body;
    };
    const own = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) => ({
      InputTransformer: { InputTemplate, InputPathsMap },
    });
    await trial.queue('input');
    expect(await input('input', { Arn: queueArn('input'), Input: '{"a": 1}' })).toBe('{"a": 1}');
    const at = async (name: string, target: Partial<Target>) => {
      await trial.queue(name);
      return input(name, { Arn: queueArn(name), ...target });
    };
    expect(await at('path', { InputPath: '$.detail.payload' })).toBe('{"id":"1","sf":"b\\"z"}');
    expect(await at('leaf', { InputPath: '$.detail.command' })).toBe('"go"');
    expect(await at('index', { InputPath: "$['detail'].list[1].n" })).toBe('2');
    expect(
      await at(
        'text',
        own('"Do <c> of <p> (<none>)"', { c: '$.detail.command', p: '$.detail.payload', none: '$.x' }),
      ),
    ).toBe('"Do go of {id:1,sf:b\\z} ()"');
    expect(
      await at(
        'json',
        own('{"c": <c>, "p": <p>, "none": <none>, "s": "<sf>!"}', {
          c: '$.detail.command',
          p: '$.detail.payload',
          none: '$.x',
          sf: '$.detail.payload.sf',
        }),
      ),
    ).toBe('{"c": "go", "p": {"id":"1","sf":"b\\"z"}, "none": "", "s": "b\\"z!"}');
    expect(
      JSON.parse(
        (await at(
          'predefined',
          own(
            '{"arn": "<aws.events.rule-arn>", "name": <aws.events.rule-name>, "short": <aws.events.event>, "whole": <aws.events.event.json>}',
          ),
        )) ?? '',
      ),
    ).toMatchObject({
      arn: ruleArn('predefined'),
      name: 'predefined',
      short: { detailType: 'test', version: '0', resources: [] },
      whole: { 'detail-type': 'test', detail: { command: 'go' } },
    });
  });

  it('their group, where they are FIFO', async () => {
    const url = await trial.queue('in-order.fifo');
    await trial.rule(
      'in-order',
      { EventPattern: pattern('in-order') },
      {
        Arn: queueArn('in-order.fifo'),
        SqsParameters: { MessageGroupId: 'g' },
      },
    );
    await trial.put('in-order', {});
    expect((await trial.receive(url))[0]?.Attributes).toMatchObject({ MessageGroupId: 'g' });
  });

  it('the event by way of another bus, with an id of its own', async () => {
    const { EventBusArn: Arn } = await trial.events.send(new CreateEventBusCommand({ Name: 'second' }));
    await trial.rule('forward', { EventPattern: pattern('far') }, { Arn });
    const url = await trial.rule('arrived', { EventPattern: pattern('far'), EventBusName: 'second' });
    const { Entries } = await trial.put('far', { n: 1 });
    const [event] = await trial.bodies(url);
    expect(event).toMatchObject({ source: 'far', detail: { n: 1 }, account: scope.account });
    expect(event?.['id']).not.toBe(Entries?.[0]?.EventId);
  });

  it('no event for ever: a circle of buses ends', async () => {
    const { EventBusArn: Arn } = await trial.events.send(new CreateEventBusCommand({ Name: 'circle' }));
    await trial.rule('round', { EventPattern: pattern('round'), EventBusName: 'circle' }, { Arn });
    await trial.put('round', {}, 'circle');
    await expect
      .poll(() => trial.decisions('events').some(({ why }) => /came over 17 buses/.test(why)))
      .toBe(true);
    await expect.poll(() => waiting()).toBe(0);
  });

  it('the event as a message, a record or a log line', async () => {
    const sns = new SNSClient(trial.settings());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'topic' }));
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: TopicArn,
      },
    });
    await sns.send(
      new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: Policy }),
    );
    const subscribed = await trial.queue('subscribed', null);
    const open = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' },
    };
    await trial.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: subscribed, Attributes: { Policy: JSON.stringify(open) } }),
    );
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: queueArn('subscribed'),
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    await trial.rule('to-topic', { EventPattern: pattern('many') }, { Arn: TopicArn ?? '' });

    const kinesis = new KinesisClient(trial.settings());
    await kinesis.send(new CreateStreamCommand({ StreamName: 'stream', ShardCount: 1 }));
    await trial.running.cloud.clock.advance(1_000);
    const RoleArn = await trial.role('to-stream', 'events.amazonaws.com', 'kinesis:PutRecord');
    const Arn = 'arn:aws:kinesis:us-east-1:111111111111:stream/stream';
    await trial.rule(
      'to-stream',
      { EventPattern: pattern('many') },
      { Arn, RoleArn, KinesisParameters: { PartitionKeyPath: '$.detail.key' } },
    );
    await trial.rule(
      'to-logs',
      { EventPattern: pattern('many') },
      { Arn: 'arn:aws:logs:us-east-1:111111111111:log-group:/aws/events/many' },
    );

    await trial.put('many', { key: 'k1' });
    expect(await trial.bodies(subscribed)).toMatchObject([{ source: 'many' }]);
    const port = await trial.running.cloud.port('kinesis');
    await expect
      .poll(() => port.read(scope, Arn, 'shardId-000000000000', 'TRIM_HORIZON', 10).records)
      .toMatchObject([{ partitionKey: 'k1' }]);
    const logs = new CloudWatchLogsClient(trial.settings());
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/events/many' }));
    expect(events.map(({ message = '' }) => JSON.parse(message) as unknown)).toMatchObject([
      { source: 'many' },
    ]);
    for (const client of [sns, kinesis, logs]) client.destroy();
  });
});

describe('a function', { timeout: 30_000 }, () => {
  it('gets the event where its policy lets the rule invoke it', async () => {
    const own = await TrialEvents.start();
    try {
      const { lambda, make } = await studentAt(own.running.origin);
      const code = 'export const handler = async (event) => { console.log("got " + event.detail.n); };';
      await make('worker', zipSync({ 'index.mjs': strToU8(code) }));
      const place = { account: lambdaAccount, region: 'us-east-1' };
      const events = await own.running.cloud.port('events');
      const client = new EventBridgeClient(own.settings(lambdaAccount));
      const { RuleArn } = await client.send(
        new PutRuleCommand({ Name: 'orders', EventPattern: pattern('aws.test') }),
      );
      const Arn = `arn:aws:lambda:us-east-1:${lambdaAccount}:function:worker`;
      await client.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 'f', Arn }] }));
      const put = (n: number) =>
        events.put(place, 'default', [
          { source: 'aws.test', detailType: 't', detail: JSON.stringify({ n }) },
        ]);
      const told = (kind: string) =>
        own.running.cloud.trail.read(place).filter((entry) => entry.kind === kind);
      put(1);
      await expect
        .poll(() =>
          told('decision')
            .map(({ facts }) => JSON.stringify(facts))
            .join(),
        )
        .toMatch(/NO_PERMISSIONS: .* no statement of its resource-based policy lets events\.amazonaws\.com/);
      await lambda.send(
        new AddPermissionCommand({
          FunctionName: 'worker',
          StatementId: 's',
          Action: 'lambda:InvokeFunction',
          Principal: 'events.amazonaws.com',
          SourceArn: RuleArn,
        }),
      );
      put(2);
      await expect
        .poll(() => told('lambda.invocation').map(({ facts }) => facts), { timeout: 15_000 })
        .toMatchObject([{ functionArn: Arn, cold: true, outcome: expect.any(String) as string }]);
      client.destroy();
      lambda.destroy();
    } finally {
      await own.stop();
    }
  });
});

describe('what cannot be delivered', () => {
  it('goes to the dead-letter queue at once where trying again would not help', async () => {
    await trial.queue('closed', null);
    const dead = await trial.queue('dead-closed');
    await trial.rule(
      'closed',
      { EventPattern: pattern('closed') },
      {
        Arn: queueArn('closed'),
        DeadLetterConfig: { Arn: queueArn('dead-closed') },
      },
    );
    await trial.put('closed', { n: 1 });
    const [letter] = await trial.receive(dead);
    expect(JSON.parse(letter?.Body ?? '')).toMatchObject({ source: 'closed', detail: { n: 1 } });
    expect(letter?.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: ruleArn('closed') },
      TARGET_ARN: { StringValue: queueArn('closed') },
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
    });
    await trial.rule('gone', { EventPattern: pattern('gone') }, { Arn: queueArn('gone') });
    await trial.put('gone', {});
    await expect
      .poll(() => trial.decisions(ruleArn('gone')))
      .toMatchObject([
        { outcome: 'dropped', why: expect.stringMatching(/NO_RESOURCE.*no dead-letter queue/) as string },
      ]);
    await expect.poll(() => waiting()).toBe(0);
  });

  it('for now is tried again, as often as the target says', async () => {
    const client = new KinesisClient(trial.settings());
    await client.send(
      new CreateStreamCommand({ StreamName: 'busy', ShardCount: 1, MaxRecordSizeInKiB: 10_240 }),
    );
    client.destroy();
    const { clock } = trial.running.cloud;
    await clock.advance(1_000);
    const kinesis = await trial.running.cloud.port('kinesis');
    const Arn = 'arn:aws:kinesis:us-east-1:111111111111:stream/busy';
    const RoleArn = await trial.role('busy', 'events.amazonaws.com', 'kinesis:PutRecord');
    const dead = await trial.queue('dead-busy');
    const target = { Arn, RoleArn, DeadLetterConfig: { Arn: queueArn('dead-busy') } };
    await trial.rule('patient', { EventPattern: pattern('patient') }, target);
    await trial.rule(
      'hasty',
      { EventPattern: pattern('hasty') },
      { ...target, RetryPolicy: { MaximumRetryAttempts: 0 } },
    );
    // As much as the shard takes in ten seconds.
    const partitionKey = 'k';
    kinesis.put(scope, Arn, { data: Buffer.alloc(10 * 2 ** 20 - 1), partitionKey });
    await trial.put('patient', {});
    await trial.put('hasty', {});
    const [letter] = await trial.receive(dead);
    expect(letter?.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: ruleArn('hasty') },
      ERROR_CODE: { StringValue: 'THROTTLING' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
      RETRY_ATTEMPTS: { StringValue: '0', DataType: 'Number' },
    });
    await expect.poll(() => trial.decisions(ruleArn('patient'))).toMatchObject([{ outcome: 'retried' }]);
    await clock.advance(60_000);
    const { position } = kinesis.read(scope, Arn, '0', 'TRIM_HORIZON', 1);
    await expect.poll(() => kinesis.read(scope, Arn, '0', position, 9).records.length).toBe(1);
    await expect.poll(() => waiting()).toBe(0);
  });
});

describe('deliveries', () => {
  it('go on after a restart, and are made once', async () => {
    const home = await mkdtemp(join(tmpdir(), 'coldstart-events-'));
    try {
      const first = await TrialEvents.start(home);
      await first.rule('later', { EventPattern: pattern('later') });
      // The same piece of code that keeps the deliveries ends the cloud.
      const events = await first.running.cloud.port('events');
      events.put(scope, 'default', [{ source: 'later', detailType: 't', detail: '{"n":1}' }]);
      expect(waiting(first)).toBe(1);
      await first.stop();

      const second = await TrialEvents.start(home);
      const url = await second.queue('later');
      expect(await second.bodies(url)).toMatchObject([{ source: 'later', detail: { n: 1 } }]);
      await expect.poll(() => waiting(second)).toBe(0);
      expect((await second.running.cloud.port('sqs')).attributes(scope, queueArn('later'))?.visible).toBe(0);
      await second.stop();
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
