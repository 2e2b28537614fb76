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
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  build,
  functionOf,
  permit,
  proxying,
  studentAt,
  uriOf,
  type Answer,
  type Student,
  type TrialMethod,
} from '../../testing/trial-api.ts';
import { scope, TrialGateway } from '../../testing/trial-gateway.ts';

let gateway: TrialGateway;
let student: Student;
beforeAll(async () => {
  gateway = await TrialGateway.start();
  student = await studentAt(gateway.running.origin);
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await gateway.stop();
}, 60_000);

async function serve(
  methods: Readonly<Record<string, TrialMethod>>,
): Promise<{ readonly restApiId: string; readonly base: string }> {
  const made = await gateway.api();
  await build(gateway, made, methods);
  await gateway.deploy(made.restApiId, { stageName: 'dev', variables: { where: 'path' } });
  return { restApiId: made.restApiId, base: `/_aws/execute-api/${made.restApiId}/dev` };
}
const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const ok = { statusCode: '200' };

describe('HTTP', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      const { method, url = '', headers } = request;
      if (url.startsWith('/slow')) return;
      response.statusCode = url.startsWith('/teapot') ? 418 : 200;
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('Server', 'backend');
      response.setHeader('X-Own', ['1', '2']);
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() }));
    };
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('HTTP_PROXY hands the request on, and the answer back', async () => {
    const { base, restApiId } = await serve({
      'ANY /{proxy+}': {
        method: { requestParameters: { 'method.request.path.proxy': true } },
        integration: {
          type: 'HTTP_PROXY',
          integrationHttpMethod: 'ANY',
          uri: `${origin}/\${stageVariables.where}/{proxy}?fixed=1`,
          requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
        },
      },
    });
    const answer = await ask(gateway, `${base}/a/b%20c?q=1&q=2`, {
      ...json({ a: 1 }),
      headers: { 'content-type': 'application/json', 'X-Mine': 'yes' },
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      method: 'POST',
      url: '/path/a/b%20c?fixed=1&q=1&q=2',
      body: '{"a":1}',
      headers: {
        'x-mine': 'yes',
        'x-amzn-apigateway-api-id': restApiId,
        'x-forwarded-for': '127.0.0.1',
        host: origin.slice('http://'.length),
      },
    });
    expect(answer.headers).toMatchObject({ 'x-amzn-remapped-server': 'backend', 'x-own': '1, 2' });
    expect(answer.headers['x-amzn-trace-id']).toMatch(/^Root=/);
  });

  it('HTTP maps what goes there and what comes back', async () => {
    const { base } = await serve({
      'POST /notes': {
        integration: {
          type: 'HTTP',
          integrationHttpMethod: 'PUT',
          uri: `${origin}/teapot`,
          requestParameters: {
            'integration.request.header.X-Name': 'method.request.querystring.name',
            'integration.request.querystring.kind': "'note'",
          },
          requestTemplates: { 'application/json': `{"text":$input.json('$.t')}` },
        },
        responses: [
          { ...ok },
          {
            statusCode: '400',
            selectionPattern: '4\\d{2}',
            responseParameters: { 'method.response.header.X-Own': 'integration.response.header.X-Own' },
            responseTemplates: {
              'application/json': `{"sent":$input.json('$.body'),"url":$input.json('$.url')}`,
            },
          },
        ],
      },
    });
    const answer = await ask(gateway, `${base}/notes?name=ada`, json({ t: 'hi' }));
    expect([answer.status, answer.json]).toEqual([400, { sent: '{"text":"hi"}', url: '/teapot?kind=note' }]);
    expect(answer.headers['x-own']).toBe('2');
  });

  it('is 504 where nobody answers, or not in time', async () => {
    const integration = { type: 'HTTP_PROXY', integrationHttpMethod: 'GET' } as const;
    const { base } = await serve({
      'GET /nobody': { integration: { ...integration, uri: 'http://127.0.0.1:1/' } },
      'GET /slow': { integration: { ...integration, uri: `${origin}/slow`, timeoutInMillis: 50 } },
    });
    const nobody = await ask(gateway, `${base}/nobody`);
    expect([nobody.status, nobody.json]).toEqual([
      504,
      { message: 'Network error communicating with endpoint' },
    ]);
    const slow = await ask(gateway, `${base}/slow`);
    expect([slow.status, slow.json]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });
});

describe('a function', () => {
  it('that answers too late is 504', async () => {
    const arn = await functionOf(
      student,
      'late',
      'await new Promise((done) => setTimeout(done, 1500)); return {};',
    );
    const { base, restApiId } = await serve({
      'GET /late': { integration: { ...proxying(arn).integration, timeoutInMillis: 100 } },
    });
    await permit(student.lambda, 'late', restApiId);
    const { status, json: body } = await ask(gateway, `${base}/late`);
    expect([status, body]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  it('behind mappings gets their event, and its error chooses the response', async () => {
    const arn = await functionOf(
      student,
      'mapped',
      "if (event.fail) throw new Error(event.fail); return { doubled: event.n * 2, secret: 'x' };",
    );
    const { base, restApiId } = await serve({
      'POST /double': {
        integration: {
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri: uriOf(arn),
          passthroughBehavior: 'NEVER',
          requestTemplates: {
            'application/json': `{"n":$input.json('$.number'),"fail":$input.json('$.fail')}`,
          },
        },
        responses: [
          { ...ok, responseTemplates: { 'application/json': `{"result":$input.json('$.doubled')}` } },
          {
            statusCode: '404',
            selectionPattern: '.*not found.*',
            responseTemplates: { 'application/json': `{"why":$input.json('$.errorMessage')}` },
          },
        ],
      },
      'POST /event': {
        integration: {
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri: uriOf(arn),
          requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
        },
        responses: [{ statusCode: '202', responseTemplates: { 'application/json': '{"queued":true}' } }],
      },
    });
    await permit(student.lambda, 'mapped', restApiId);
    const double = async (asked: object): Promise<unknown[]> => {
      const { status, json: body } = await ask(gateway, `${base}/double`, { ...json({}), ...asked });
      return [status, body];
    };
    expect(await double(json({ number: 21 }))).toEqual([200, { result: 42 }]);
    expect(await double(json({ number: 1, fail: 'note not found' }))).toEqual([
      404,
      { why: 'note not found' },
    ]);
    expect(await double({ headers: { 'content-type': 'text/plain' }, body: 'x' })).toEqual([
      415,
      { message: 'Unsupported Media Type' },
    ]);
    const [status, body] = await double({ body: '{not json' });
    expect([status, (body as { message: string }).message]).toEqual([
      400,
      expect.stringMatching(/^Could not parse request body into json: /),
    ]);
    const queued = await ask(gateway, `${base}/event`, json({ n: 1 }));
    expect([queued.status, queued.json]).toEqual([202, { queued: true }]);
  });

  it('behind an alias is named by a stage variable, and each alias needs its own permission', async () => {
    const arn = await functionOf(
      student,
      'aliased',
      'return { statusCode: 200, body: context.invokedFunctionArn };',
    );
    const { CreateAliasCommand, PublishVersionCommand } = await import('@aws-sdk/client-lambda');
    await student.lambda.send(new PublishVersionCommand({ FunctionName: 'aliased' }));
    for (const Name of ['dev', 'prod'])
      await student.lambda.send(
        new CreateAliasCommand({ FunctionName: 'aliased', Name, FunctionVersion: '1' }),
      );
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, {
      'GET /': {
        integration: { ...proxying(arn).integration, uri: uriOf(`${arn}:\${stageVariables.alias}`) },
      },
    });
    for (const alias of ['dev', 'prod'])
      await gateway.deploy(restApiId, { stageName: alias, variables: { alias } });
    await permit(student.lambda, 'aliased:dev', restApiId);
    const get = async (stage: string) => ask(gateway, `/_aws/execute-api/${restApiId}/${stage}/`);
    expect((await get('dev')).text).toBe(`${arn}:dev`);
    expect((await get('prod')).status).toBe(500);
    await permit(student.lambda, 'aliased:prod', restApiId);
    expect((await get('prod')).text).toBe(`${arn}:prod`);
  });

  it('gets bytes as base64 where the API says that they are, and may answer so', async () => {
    const arn = await functionOf(
      student,
      'bytes',
      `return { statusCode: 200, headers: { 'Content-Type': 'image/png', 'X-Base64': String(event.isBase64Encoded) }, body: event.body, isBase64Encoded: true };`,
    );
    const { UpdateRestApiCommand } = await import('@aws-sdk/client-api-gateway');
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, { 'POST /': proxying(arn) });
    const patchOperations = [{ op: 'add' as const, path: '/binaryMediaTypes/image~1png' }];
    await gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    await gateway.deploy(restApiId, { stageName: 'dev' });
    await permit(student.lambda, 'bytes', restApiId);
    const body = Uint8Array.from([0, 255, 1, 254]);
    const send = async (headers: Record<string, string>): Promise<Answer> =>
      ask(gateway, `/_aws/execute-api/${restApiId}/dev/`, { method: 'POST', headers, body });
    const both = await send({ 'content-type': 'image/png', accept: 'image/png' });
    expect([both.headers['x-base64'], [...both.bytes]]).toEqual(['true', [...body]]);
    const text = await send({ 'content-type': 'image/png', accept: 'application/json' });
    expect(text.text).toBe(Buffer.from(body).toString('base64'));
    const plain = await send({ 'content-type': 'application/json', accept: 'image/png' });
    expect(plain.headers['x-base64']).toBe('false');
  });
});

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
    credentials = await gateway.role('integrations', 'apigateway.amazonaws.com');
    const Statement = {
      Effect: 'Allow',
      Action: ['sqs:*', 'sns:*', 'dynamodb:*', 's3:*', 'events:*'],
      Resource: '*',
    };
    await gateway.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'integrations',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
  });

  it('SQS takes messages, and answers JSON', async () => {
    const sqs = new SQSClient(gateway.settings());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const { base } = await serve({
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
    const { status, json: body } = await ask(gateway, `${base}/orders`, json({ item: 'tea & "cake"' }));
    expect(status).toBe(200);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages[0]?.Body).toBe('{"item":"tea & \\"cake\\""}');
    expect(body).toMatchObject({
      SendMessageResponse: { SendMessageResult: { MessageId: Messages[0]?.MessageId } },
    });
    sqs.destroy();
  });

  it('SNS publishes', async () => {
    const sns = new SNSClient(gateway.settings());
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    const { base } = await serve({
      'POST /news': behind('sns:action/Publish', '', {
        requestParameters: {
          'integration.request.querystring.TopicArn': `'${TopicArn}'`,
          'integration.request.querystring.Message': 'method.request.body.text',
        },
      }),
    });
    const { status, json: body } = await ask(gateway, `${base}/news`, json({ text: 'hello' }));
    expect([status, body]).toMatchObject([200, { PublishResponse: { PublishResult: {} } }]);
    sns.destroy();
  });

  it('DynamoDB puts items', async () => {
    const dynamodb = new DynamoDBClient(gateway.settings());
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
    const { base } = await serve({
      'POST /notes': behind(
        'dynamodb:action/PutItem',
        `{"TableName":"notes","Item":{"id":{"S":"$context.requestId"},"text":{"S":$input.json('$.text')}}}`,
      ),
    });
    const answer = await ask(gateway, `${base}/notes`, json({ text: 'hello' }));
    expect([answer.status, answer.json]).toEqual([200, {}]);
    const id = String(answer.headers['x-amzn-requestid']);
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'notes', Key: { id: { S: id } } }));
    expect(Item).toEqual({ id: { S: id }, text: { S: 'hello' } });
    dynamodb.destroy();
  });

  it('S3 keeps and gives objects', async () => {
    const s3 = new S3Client({ ...gateway.settings(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    const path = { 'integration.request.path.key': 'method.request.path.key' };
    const method = { requestParameters: { 'method.request.path.key': true } };
    const s3uri = {
      type: 'AWS',
      uri: uri('s3:path/files/{key}'),
      credentials,
      requestParameters: path,
    } as const;
    const { base } = await serve({
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
    expect((await ask(gateway, `${base}/a%20b.txt`, { method: 'PUT', body: 'text' })).status).toBe(200);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'a b.txt' }));
    expect(await Body?.transformToString()).toBe('text');
    expect((await ask(gateway, `${base}/a%20b.txt`)).text).toBe('text');
    expect((await ask(gateway, `${base}/none`)).status).toBe(404);
    s3.destroy();
  });

  it('EventBridge takes events', async () => {
    const events = new EventBridgeClient(gateway.settings());
    await events.send(new CreateEventBusCommand({ Name: 'shop' }));
    const { base } = await serve({
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
    const { status, json: body } = await ask(gateway, `${base}/events`, json({ n: 1 }));
    expect([status, body]).toMatchObject([200, { FailedEntryCount: 0 }]);
    events.destroy();
  });

  it('calls nothing without a role that may, and names what this cloud has not', async () => {
    const other = await gateway.role('powerless', 'apigateway.amazonaws.com');
    const put = `{"TableName":"notes","Item":{"id":{"S":"x"}}}`;
    const { base } = await serve({
      'POST /none': behind('dynamodb:action/PutItem', put, { credentials: undefined }),
      'POST /powerless': {
        ...behind('dynamodb:action/PutItem', put, { credentials: other }),
        responses: [{ ...ok }, { statusCode: '403', selectionPattern: '400' }],
      },
      'POST /states': behind('states:action/StartExecution', '{}'),
    });
    const post = async (path: string): Promise<unknown[]> => {
      const { status, json: body } = await ask(gateway, `${base}${path}`, json({}));
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
