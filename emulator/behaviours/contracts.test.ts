import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { posting, saying, uriOf } from '../services/apigateway/testing/trial-api.ts';
import { prove } from './prove.ts';
import { seen, TrialCloud } from './trial-cloud.ts';

let cloud: TrialCloud;
beforeAll(async () => {
  cloud = await TrialCloud.start();
});
afterAll(async () => cloud.stop());

prove('request-validation', async () => {
  const api = await cloud.gateway.api();
  const { restApiId } = api;
  const { client } = cloud.gateway;
  const schema = JSON.stringify({
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' } },
  });
  await client.send(
    new CreateModelCommand({ restApiId, name: 'Note', contentType: 'application/json', schema }),
  );
  const all = { validateRequestBody: true, validateRequestParameters: true };
  const validator = await client.send(new CreateRequestValidatorCommand({ restApiId, name: 'all', ...all }));
  const method = {
    requestValidatorId: validator.id ?? '',
    requestModels: { 'application/json': 'Note' },
    requestParameters: { 'method.request.querystring.author': true },
  };
  const stage = await cloud.serve({ 'POST /': { ...saying('{}'), method } }, [], api);
  const post = async (path: string, body: unknown) => seen(await stage.ask(path, posting(body)));
  expect((await post('/?author=ada', { title: 't' }))[0]).toBe(200);
  expect(await post('/?author=ada', { title: 1 })).toEqual([
    400,
    { message: 'Invalid request body' },
    'BadRequestException',
  ]);
  expect(await post('/', { title: 't' })).toEqual([
    400,
    { message: 'Missing required request parameters: [author]' },
    'BadRequestException',
  ]);
});

prove('gateway-responses', async () => {
  const api = await cloud.gateway.api();
  await cloud.gateway.client.send(
    new PutGatewayResponseCommand({
      restApiId: api.restApiId,
      responseType: 'MISSING_AUTHENTICATION_TOKEN',
      statusCode: '404',
      responseParameters: { 'gatewayresponse.header.X-Why': "'no such page'" },
      responseTemplates: {
        'application/json': '{"path":"$context.path","why":$context.error.messageString}',
      },
    }),
  );
  const stage = await cloud.serve({ 'GET /': saying('{}') }, [], api);
  const { status, headers, json } = await stage.ask('/none');
  expect([status, headers['x-why'], json]).toEqual([
    404,
    'no such page',
    { path: '/dev/none', why: 'Missing Authentication Token' },
  ]);
});

prove('templates-mock', async () => {
  const stage = await cloud.serve({
    'GET /{id}': {
      integration: {
        type: 'MOCK',
        requestTemplates: {
          'application/json': `#if($input.params('id') == 'none'){"statusCode": 404}#else{"statusCode": 200}#end`,
        },
      },
      responses: [
        {
          responseTemplates: { 'application/json': `{"id":"$input.params('id')","stage":"$context.stage"}` },
        },
        {
          statusCode: '404',
          selectionPattern: '404',
          responseTemplates: { 'application/json': '{"gone":true}' },
        },
      ],
    },
  });
  const [found, none] = [await stage.ask('/7'), await stage.ask('/none')];
  expect([found.status, found.json]).toEqual([200, { id: '7', stage: 'dev' }]);
  expect([none.status, none.json]).toEqual([404, { gone: true }]);
});

prove('templates-aws', async () => {
  const arn = await cloud.make('doubling', 'return { doubled: event.n * 2, kept: "inside" };');
  const stage = await cloud.serve(
    {
      'POST /': {
        integration: {
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri: uriOf(arn),
          requestTemplates: { 'application/json': `{"n": $input.json('$.order.count')}` },
        },
        responses: [{ responseTemplates: { 'application/json': `{"result": $input.json('$.doubled')}` } }],
      },
    },
    ['doubling'],
  );
  expect((await stage.ask('/', posting({ order: { count: 21 } }))).json).toEqual({ result: 42 });
});

prove('templates-http', async () => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const part of request) body += String(part);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ method: request.method, url: request.url, body }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/back`;
  try {
    const stage = await cloud.serve({
      'POST /mapped': {
        integration: {
          type: 'HTTP',
          integrationHttpMethod: 'PUT',
          uri,
          requestTemplates: { 'application/json': `{"text":$input.json('$.t')}` },
        },
        responses: [
          {
            responseTemplates: {
              'application/json': `{"method":$input.json('$.method'),"sent":$input.json('$.body')}`,
            },
          },
        ],
      },
      'POST /handed': { integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'POST', uri } },
    });
    expect((await stage.ask('/mapped', posting({ t: 'hi' }))).json).toEqual({
      method: 'PUT',
      sent: '{"text":"hi"}',
    });
    expect((await stage.ask('/handed?q=1', posting({ t: 'hi' }))).json).toEqual({
      method: 'POST',
      url: '/back?q=1',
      body: '{"t":"hi"}',
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
