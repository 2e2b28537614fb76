import { SQSClient, CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uriOf } from '../../../apigateway/testing/trial-api.ts';
import { Postbox } from '../testing/postbox.ts';
import { asking, saying, scope, TrialChat, type TrialRoute } from '../testing/trial-chat.ts';

let chat: TrialChat;
let box: Postbox;
let echo: string;
beforeAll(async () => {
  [chat, box] = await Promise.all([TrialChat.start(), Postbox.open()]);
  echo = await chat.function(
    'echo',
    `
    if (event.body === 'throw' || event.how === 'throw') throw new Error('bad: thrown');
    if (event.body === 'nothing') return;
    return event.requestContext ? { statusCode: 200, body: 'echo ' + event.body } : { got: event };`,
  );
});
afterAll(async () => {
  await chat.stop();
  await box.close();
});

const inFrame = (message: string) => ({
  message,
  connectionId: expect.any(String) as unknown,
  requestId: expect.any(String) as unknown,
});
const http = (
  type: 'HTTP' | 'HTTP_PROXY',
  path: string,
  more: TrialRoute['integration'] = {},
): TrialRoute => ({
  integration: {
    IntegrationType: type,
    IntegrationMethod: 'POST',
    IntegrationUri: `${box.origin}${path}`,
    ...more,
  },
  answers: true,
});

describe('a function', () => {
  it('answers where the route has a route response, and is asked all the same where it has none', async () => {
    const api = await chat.api({ quiet: asking(echo, false), $default: asking(echo) });
    const client = await chat.connect(chat.address(api));
    client.say({ action: 'quiet' });
    client.say('loud');
    expect(await client.hear()).toBe('echo loud');
    for (const wrong of ['throw', 'nothing'])
      expect(await client.ask(wrong)).toEqual(inFrame('Internal server error'));
    await chat.route(api, 'lost', asking(echo.replace(':echo', ':unknown'), false));
    await published(client.ask.bind(client), { action: 'lost' }, inFrame('Internal server error'));
  });

  it('gets what a template makes of a message, and a template makes an answer of its own', async () => {
    const mapped: TrialRoute = {
      integration: {
        IntegrationType: 'AWS',
        IntegrationMethod: 'POST',
        IntegrationUri: uriOf(echo),
        TemplateSelectionExpression: '${request.body.kind}',
        RequestTemplates: {
          shout:
            '{"how": "$input.path(\'$.text\')", "by": "$context.connectionId", "on": "$context.routeKey"}',
          $default: '{"how": "default"}',
        },
      },
      responses: [
        { IntegrationResponseKey: '$default', ResponseTemplates: { $default: "$input.json('$.got')" } },
        { IntegrationResponseKey: '/bad.*/', ResponseTemplates: { $default: '"it was bad"' } },
      ],
      answers: true,
    };
    const api = await chat.api({ $default: mapped });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask({ kind: 'shout', text: 'hey' })).toEqual({
      how: 'hey',
      by: expect.any(String) as unknown,
      on: '$default',
    });
    expect(await client.ask({ kind: 'other' })).toEqual({ how: 'default' });
    expect(await client.ask({ kind: 'shout', text: 'throw' })).toBe('it was bad');
  });
});

describe('an HTTP address', () => {
  it('gets the message, with parameters mapped, and its answer goes back', async () => {
    const parameters = {
      'integration.request.header.connection-id': 'context.connectionId',
      'integration.request.querystring.text': 'route.request.body.$.text',
      'integration.request.header.table': 'stageVariables.table',
    };
    const api = await chat.api(
      { $default: http('HTTP_PROXY', '/${stageVariables.table}', { RequestParameters: parameters }) },
      { StageVariables: { table: 'orders' } },
    );
    const client = await chat.connect(chat.address(api));
    expect(await client.ask({ text: 'a b' })).toEqual({ path: '/orders?text=a+b', status: 200 });
    const { text, headers } = await box.next();
    expect(JSON.parse(text)).toEqual({ text: 'a b' });
    expect(headers).toMatchObject({ 'connection-id': expect.any(String) as unknown, table: 'orders' });
  });

  it('gets what a template makes, and a template makes the answer', async () => {
    const api = await chat.api({
      $default: {
        ...http('HTTP', '/mapped', { RequestTemplates: { $default: '{"said": $input.json("$.text")}' } }),
        responses: [
          { IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: "$input.json('$.path')" } },
          { IntegrationResponseKey: '$default', ResponseTemplates: { $default: '"failed"' } },
        ],
      },
    });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask({ text: 'hey' })).toBe('/mapped');
    expect((await box.next()).text).toBe('{"said": "hey"}');
    box.status = 503;
    expect(await client.ask({ text: 'hey' })).toBe('failed');
    await box.next();
    box.status = 200;
  });

  it('has 29 seconds to answer', async () => {
    const api = await chat.api({ $default: http('HTTP_PROXY', '/silent') });
    const client = await chat.connect(chat.address(api));
    box.gate = new Promise(() => undefined);
    client.say('hello?');
    expect((await box.next()).text).toBe('hello?');
    box.gate = Promise.resolve();
    await chat.gateway.running.cloud.clock.advance(29_000);
    expect(JSON.parse(await client.hear())).toEqual(inFrame('Endpoint request timed out'));
  });

  it('that leads nowhere is an error', async () => {
    const api = await chat.api({
      $default: http('HTTP_PROXY', '', { IntegrationUri: 'http://127.0.0.1:1/' }),
    });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask('hello')).toMatchObject({ message: expect.any(String) as unknown });
  });
});

describe('another service', () => {
  it('is called with the integration’s role', async () => {
    const sqs = new SQSClient(chat.gateway.settings());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const { iam } = chat.gateway;
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: 'sender',
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
      }),
    );
    const may = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'sender',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: may }),
      }),
    );
    const api = await chat.api({
      $default: {
        integration: {
          IntegrationType: 'AWS',
          IntegrationMethod: 'POST',
          IntegrationUri: `arn:aws:apigateway:${scope.region}:sqs:path/${scope.account}/inbox`,
          CredentialsArn: Role?.Arn,
          RequestParameters: {
            'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
          },
          TemplateSelectionExpression: '\\$default',
          RequestTemplates: { $default: 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
        },
        answers: true,
      },
    });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask('a message')).toHaveProperty('SendMessageResponse');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['a message']);
    sqs.destroy();
  });
});

describe('a mock', () => {
  it('answers by itself', async () => {
    const api = await chat.api({ $default: saying('{"to": "$context.routeKey"}') });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask('anything')).toEqual({ to: '$default' });
  });
});

/* What is deployed by itself is served a moment later. */
async function published(ask: (message: unknown) => Promise<unknown>, message: unknown, wanted: unknown) {
  await expect.poll(() => ask(message), { timeout: 5000 }).toEqual(wanted);
}
