import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../../testing/for-tests.ts';
import { ask, posting, serve } from '../../../testing/trial-api.ts';

const trial = gatewayForTests();

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
    const { base, restApiId } = await serve(trial.gateway, {
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
    const answer = await ask(trial.gateway, `${base}/a/b%20c?q=1&q=2`, {
      ...posting({ a: 1 }),
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
    const { base } = await serve(trial.gateway, {
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
    const answer = await ask(trial.gateway, `${base}/notes?name=ada`, posting({ t: 'hi' }));
    expect([answer.status, answer.json]).toEqual([400, { sent: '{"text":"hi"}', url: '/teapot?kind=note' }]);
    expect(answer.headers['x-own']).toBe('2');
  });

  it('is 504 where nobody answers, or not in time', async () => {
    const integration = { type: 'HTTP_PROXY', integrationHttpMethod: 'GET' } as const;
    const { base } = await serve(trial.gateway, {
      'GET /nobody': { integration: { ...integration, uri: 'http://127.0.0.1:1/' } },
      'GET /slow': { integration: { ...integration, uri: `${origin}/slow`, timeoutInMillis: 50 } },
    });
    const nobody = await ask(trial.gateway, `${base}/nobody`);
    expect([nobody.status, nobody.json]).toEqual([
      504,
      { message: 'Network error communicating with endpoint' },
    ]);
    const slow = await ask(trial.gateway, `${base}/slow`);
    expect([slow.status, slow.json]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });
});
