import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../../testing/for-tests.ts';
import { ask, type TrialMethod, posting, serve } from '../../../testing/trial-api.ts';
import { scope } from '../../../testing/trial-gateway.ts';

const trial = gatewayForTests();

const ok = { statusCode: '200' };

describe('AWS', () => {
  const uri = (rest: string): string => `arn:aws:apigateway:${scope.region}:${rest}`;
  let credentials: string;
  const behind = (
    rest: string,
    template: string,
    more: Partial<TrialMethod['integration']> = {},
  ): TrialMethod => ({
    integration: {
      type: 'AWS',
      integrationHttpMethod: 'POST',
      uri: uri(rest),
      credentials,
      requestTemplates: { 'application/json': template },
      ...more,
    },
    responses: [{ ...ok }],
  });
  beforeAll(async () => {
    credentials = await trial.gateway.role('integrations', 'apigateway.amazonaws.com');
    const Statement = {
      Effect: 'Allow',
      Action: ['sqs:*', 'sns:*', 'dynamodb:*', 's3:*', 'events:*'],
      Resource: '*',
    };
    await trial.gateway.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'integrations',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
  });

  it('SQS takes messages, and answers JSON', async () => {
    const sqs = new SQSClient(trial.gateway.settings());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const { base } = await serve(trial.gateway, {
      'POST /orders': behind(
        `sqs:path/${scope.account}/orders`,
        'Action=SendMessage&MessageBody=$util.urlEncode($input.body)',
        {
          requestParameters: {
            'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
          },
        },
      ),
    });
    const { status, json: body } = await ask(
      trial.gateway,
      `${base}/orders`,
      posting({ item: 'tea & "cake"' }),
    );
    expect(status).toBe(200);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages[0]?.Body).toBe('{"item":"tea & \\"cake\\""}');
    expect(body).toMatchObject({
      SendMessageResponse: { SendMessageResult: { MessageId: Messages[0]?.MessageId } },
    });
    sqs.destroy();
  });

  it('SNS publishes', async () => {
    const sns = new SNSClient(trial.gateway.settings());
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    const { base } = await serve(trial.gateway, {
      'POST /news': behind('sns:action/Publish', '', {
        requestParameters: {
          'integration.request.querystring.TopicArn': `'${TopicArn}'`,
          'integration.request.querystring.Message': 'method.request.body.text',
        },
      }),
    });
    const { status, json: body } = await ask(trial.gateway, `${base}/news`, posting({ text: 'hello' }));
    expect([status, body]).toMatchObject([200, { PublishResponse: { PublishResult: {} } }]);
    sns.destroy();
  });

  it('DynamoDB puts items', async () => {
    const dynamodb = new DynamoDBClient(trial.gateway.settings());
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'notes',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await waitUntilTableExists(
      { client: dynamodb, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { TableName: 'notes' },
    );
    const { base } = await serve(trial.gateway, {
      'POST /notes': behind(
        'dynamodb:action/PutItem',
        `{"TableName":"notes","Item":{"id":{"S":"$context.requestId"},"text":{"S":$input.json('$.text')}}}`,
      ),
    });
    const answer = await ask(trial.gateway, `${base}/notes`, posting({ text: 'hello' }));
    expect([answer.status, answer.json]).toEqual([200, {}]);
    const id = String(answer.headers['x-amzn-requestid']);
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'notes', Key: { id: { S: id } } }));
    expect(Item).toEqual({ id: { S: id }, text: { S: 'hello' } });
    dynamodb.destroy();
  });

  it('S3 keeps and gives objects', async () => {
    const s3 = new S3Client({ ...trial.gateway.settings(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    const path = { 'integration.request.path.key': 'method.request.path.key' };
    const method = { requestParameters: { 'method.request.path.key': true } };
    const s3uri = {
      type: 'AWS',
      uri: uri('s3:path/files/{key}'),
      credentials,
      requestParameters: path,
    } as const;
    const { base } = await serve(trial.gateway, {
      'PUT /{key}': {
        method,
        integration: { ...s3uri, integrationHttpMethod: 'PUT' },
        responses: [{ ...ok }],
      },
      'GET /{key}': {
        method,
        integration: { ...s3uri, integrationHttpMethod: 'GET' },
        responses: [{ ...ok }, { statusCode: '404', selectionPattern: '404' }],
      },
    });
    expect((await ask(trial.gateway, `${base}/a%20b.txt`, { method: 'PUT', body: 'text' })).status).toBe(200);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'a b.txt' }));
    expect(await Body?.transformToString()).toBe('text');
    expect((await ask(trial.gateway, `${base}/a%20b.txt`)).text).toBe('text');
    expect((await ask(trial.gateway, `${base}/none`)).status).toBe(404);
    s3.destroy();
  });

  it('EventBridge takes events', async () => {
    const events = new EventBridgeClient(trial.gateway.settings());
    await events.send(new CreateEventBusCommand({ Name: 'shop' }));
    const { base } = await serve(trial.gateway, {
      'POST /events': behind(
        'events:action/PutEvents',
        `{"Entries":[{"Source":"shop","DetailType":"ordered","Detail":"$util.escapeJavaScript($input.body)","EventBusName":"shop"}]}`,
        {
          requestParameters: {
            'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'",
            'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
          },
        },
      ),
    });
    const { status, json: body } = await ask(trial.gateway, `${base}/events`, posting({ n: 1 }));
    expect([status, body]).toMatchObject([200, { FailedEntryCount: 0 }]);
    events.destroy();
  });

  it('calls nothing without a role that may, and names what this cloud has not', async () => {
    const other = await trial.gateway.role('powerless', 'apigateway.amazonaws.com');
    const put = `{"TableName":"notes","Item":{"id":{"S":"x"}}}`;
    const { base } = await serve(trial.gateway, {
      'POST /none': behind('dynamodb:action/PutItem', put, { credentials: undefined }),
      'POST /powerless': {
        ...behind('dynamodb:action/PutItem', put, { credentials: other }),
        responses: [{ ...ok }, { statusCode: '403', selectionPattern: '400' }],
      },
      'POST /states': behind('states:action/StartExecution', '{}'),
    });
    const post = async (path: string): Promise<unknown[]> => {
      const { status, json: body } = await ask(trial.gateway, `${base}${path}`, posting({}));
      return [status, body];
    };
    expect(await post('/none')).toEqual([500, { message: 'Internal server error' }]);
    expect(await post('/powerless')).toMatchObject([403, {}]);
    expect(await post('/states')).toEqual([
      500,
      { message: "Coldstart's embedded cloud has no integration with states." },
    ]);
  });
});
