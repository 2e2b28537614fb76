import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Echo, TrialHttp } from './testing/trial-http.ts';

let http: TrialHttp;
let echo: Echo;
beforeAll(async () => {
  [http, echo] = await Promise.all([TrialHttp.start(), Echo.start()]);
});
afterAll(async () => {
  await http.stop();
  await echo.stop();
});

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const proxied = (path: string, more: object = {}) => ({
  integration: {
    IntegrationType: 'HTTP_PROXY' as const,
    IntegrationMethod: 'ANY',
    IntegrationUri: `${echo.origin}${path}`,
    ...more,
  },
});

describe('HTTP_PROXY', () => {
  it('sends what the client sent, and gives what came back', async () => {
    const apiId = await http.api({ 'ANY /things/{id}': proxied('/base/{id}') });
    const { status, json, headers } = await http.ask(apiId, '/things/a%2Fb%20c?x=1&x=2', {
      method: 'PUT',
      headers: { 'x-mine': 'yes', 'x-status': '418' },
      body: 'text',
    });
    const told = json as Echoed;
    expect([status, headers['x-back-end'], told.method, told.body]).toEqual([418, 'yes', 'PUT', 'text']);
    expect(told.url).toBe('/base/a/b%20c?x=1&x=2');
    expect(told.headers).toMatchObject({ 'x-mine': 'yes', host: new URL(echo.origin).host });
    expect(told.headers['forwarded']).toContain('for=127.0.0.1');
  });

  it('sends the whole path where the route is $default', async () => {
    const apiId = await http.api({ $default: proxied('/base', { IntegrationMethod: 'GET' }) });
    const { json } = await http.ask(apiId, '/store/checkout', { method: 'POST' });
    expect(json).toMatchObject({ url: '/base/store/checkout', method: 'GET' });
  });

  it('puts stage variables into its address', async () => {
    const apiId = await http.api(
      { 'GET /': proxied('/${stageVariables.where}') },
      { stage: { StageVariables: { where: 'there' } } },
    );
    expect((await http.ask(apiId, '/')).json).toMatchObject({ url: '/there' });
  });

  it('is not available where nobody answers, or not in time', async () => {
    const unavailable = { message: 'Service Unavailable' };
    const apiId = await http.api({
      'GET /': proxied('', { IntegrationUri: 'http://127.0.0.1:1/' }),
      'GET /link': proxied('', { ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' }),
    });
    for (const path of ['/', '/link']) {
      const { status, json } = await http.ask(apiId, path);
      expect([path, status, json]).toEqual([path, 503, unavailable]);
    }
    await http.function('slow', 'await new Promise((resolve) => setTimeout(resolve, 2000)); return 1;');
    const slow = 'arn:aws:lambda:us-east-1:111111111111:function:slow';
    const late = await http.api({
      'GET /': { integration: { IntegrationUri: slow, PayloadFormatVersion: '2.0', TimeoutInMillis: 50 } },
    });
    expect((await http.ask(late, '/')).json).toEqual(unavailable);
  });
});

describe('parameter mappings', () => {
  it('change requests', async () => {
    const apiId = await http.api({
      'POST /{kind}': proxied('/given', {
        RequestParameters: {
          'append:header.x-list': '$request.querystring.a',
          'overwrite:header.x-context': '${context.apiId}/${context.httpMethod}',
          'remove:header.x-secret': "''",
          'overwrite:querystring.b': '$request.body.deep.list[1]',
          'remove:querystring.a': "''",
          'append:querystring.kind': '$request.path.kind',
          'overwrite:header.x-path': '$request.path',
          'append:header.x-absent': '$request.header.x-none',
          'append:header.x-constant': "'always'",
        },
      }),
    });
    const { json } = await http.ask(apiId, '/pets?a=1', {
      method: 'POST',
      headers: { 'x-list': '0', 'x-secret': 's', 'content-type': 'application/json' },
      body: '{"deep":{"list":[1,"two"]}}',
    });
    const { headers, url } = json as Echoed;
    expect(url).toBe('/given?b=two&kind=pets');
    expect(headers).toMatchObject({
      'x-list': '0, 1',
      'x-context': `${apiId}/POST`,
      'x-path': '/pets',
      'x-constant': 'always',
    });
    expect(Object.keys(headers)).not.toContain('x-secret');
    expect(Object.keys(headers)).not.toContain('x-absent');
  });

  it('change paths', async () => {
    const apiId = await http.api({
      'GET /': proxied('/given', { RequestParameters: { 'overwrite:path': '/elsewhere' } }),
    });
    expect((await http.ask(apiId, '/')).json).toMatchObject({ url: '/elsewhere' });
  });

  it('change answers by their status', async () => {
    const apiId = await http.api({
      'GET /': proxied('/', {
        ResponseParameters: {
          '500': {
            'overwrite:statuscode': '403',
            'append:header.x-request': '$context.requestId',
            'remove:header.x-back-end': "''",
            'overwrite:header.x-method': '$response.body.method',
          },
        },
      }),
    });
    const failed = await http.ask(apiId, '/', { headers: { 'x-status': '500' } });
    expect(failed.status).toBe(403);
    expect(failed.headers).toMatchObject({
      'x-request': failed.headers['apigw-requestid'],
      'x-method': 'GET',
    });
    expect(failed.headers['x-back-end']).toBeUndefined();
    expect((await http.ask(apiId, '/')).headers['x-back-end']).toBe('yes');
  });
});

describe('services', () => {
  it('SQS takes messages, where the role may', async () => {
    const sqs = new SQSClient(http.gateway.settings());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const CredentialsArn = await http.gateway.role('sender', 'apigateway.amazonaws.com');
    const apiId = await http.api({
      'POST /': {
        integration: {
          IntegrationSubtype: 'SQS-SendMessage',
          PayloadFormatVersion: '1.0',
          CredentialsArn,
          RequestParameters: { QueueUrl, MessageBody: '$request.body.order' },
        },
      },
    });
    const send = (body: string) => http.ask(apiId, '/', { method: 'POST', body });
    expect((await send('{"order":"tea"}')).status).toBe(403);
    const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await http.gateway.iam.send(
      new PutRolePolicyCommand({ RoleName: 'sender', PolicyName: 'p', PolicyDocument }),
    );
    const { status, text } = await send('{"order":"tea"}');
    expect(status).toBe(200);
    expect(text).toMatch(/<SendMessageResponse[^]*<MessageId>/);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['tea']);
    expect((await send('{}')).status).toBe(400);
    sqs.destroy();
  });

  it('EventBridge takes events', async () => {
    const CredentialsArn = await http.gateway.role('putter', 'apigateway.amazonaws.com');
    const statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await http.gateway.iam.send(
      new PutRolePolicyCommand({ RoleName: 'putter', PolicyName: 'p', PolicyDocument }),
    );
    const apiId = await http.api({
      'POST /': {
        integration: {
          IntegrationSubtype: 'EventBridge-PutEvents',
          PayloadFormatVersion: '1.0',
          CredentialsArn,
          RequestParameters: { Source: "'shop'", DetailType: 'ordered', Detail: '$request.body' },
        },
      },
    });
    const { status, json } = await http.ask(apiId, '/', { method: 'POST', body: '{"a":1}' });
    const entry = { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown };
    expect([status, json]).toEqual([200, { FailedEntryCount: 0, Entries: [entry] }]);
  });
});
