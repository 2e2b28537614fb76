import { UpdateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, build, type TrialMethod } from '../../testing/trial-api.ts';
import { TrialGateway } from '../../testing/trial-gateway.ts';

/* A back end that answers with the bytes that it got, and with their type. */
let gateway: TrialGateway;
let server: Server;
let uri: string;
beforeAll(async () => {
  const echo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    response.setHeader('Content-Type', request.headers['content-type'] ?? 'text/none');
    response.end(Buffer.concat(parts));
  };
  server = createServer((request, response) => void echo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  gateway = await TrialGateway.start();
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await gateway.stop();
}, 60_000);

const http = (
  integration: Partial<TrialMethod['integration']>,
  response: NonNullable<TrialMethod['responses']>[number] = {},
): TrialMethod => ({
  integration: { type: 'HTTP', integrationHttpMethod: 'POST', uri, ...integration },
  responses: [response],
});

/** A stage whose API says that PNG is binary. */
async function stage(methods: Readonly<Record<string, TrialMethod>>): Promise<string> {
  const made = await gateway.api();
  const { restApiId } = made;
  await build(gateway, made, methods);
  const patchOperations = [{ op: 'add' as const, path: '/binaryMediaTypes/image~1png' }];
  await gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  await gateway.deploy(restApiId, { stageName: 'dev' });
  return `/_aws/execute-api/${restApiId}/dev`;
}

describe('a body whose type has no template', () => {
  it('passes or is refused, by the passthrough behaviour', async () => {
    const requestTemplates = { 'application/json': '{"mapped":true}' };
    const base = await stage({
      'POST /no-match': http({ requestTemplates, passthroughBehavior: 'WHEN_NO_MATCH' }),
      'POST /no-templates': http({ requestTemplates, passthroughBehavior: 'WHEN_NO_TEMPLATES' }),
      'POST /no-templates-none': http({ passthroughBehavior: 'WHEN_NO_TEMPLATES' }),
      'POST /never': http({ requestTemplates, passthroughBehavior: 'NEVER' }),
      'POST /never-none': http({ passthroughBehavior: 'NEVER' }),
    });
    const post = async (path: string, type: string) => {
      const headers = { 'content-type': type };
      const { status, text } = await ask(gateway, `${base}${path}`, {
        method: 'POST',
        headers,
        body: 'sent',
      });
      return [status, text];
    };
    const refused = [415, '{"message":"Unsupported Media Type"}'];
    const mapped = [200, '{"mapped":true}'];
    for (const path of ['/no-match', '/no-templates', '/never'])
      expect([path, ...(await post(path, 'application/json; charset=utf-8'))]).toEqual([path, ...mapped]);
    expect(await post('/no-match', 'text/plain')).toEqual([200, 'sent']);
    expect(await post('/no-templates', 'text/plain')).toEqual(refused);
    expect(await post('/no-templates-none', 'text/plain')).toEqual([200, 'sent']);
    expect(await post('/never', 'text/plain')).toEqual(refused);
    expect(await post('/never-none', 'application/json')).toEqual(refused);
  });
});

describe('bytes', () => {
  const bytes = Buffer.from([0, 255, 1, 254]);
  const base64 = bytes.toString('base64');
  it('become text on the way to the back end, and text bytes', async () => {
    const base = await stage({
      'POST /as-sent': http({}),
      'POST /to-text': http({ contentHandling: 'CONVERT_TO_TEXT' }),
      'POST /to-binary': http({ contentHandling: 'CONVERT_TO_BINARY' }),
    });
    const post = async (path: string, type: string, body: string | Uint8Array) => {
      // What the client takes is converted as well: it takes what it sends.
      const headers = { 'content-type': type, accept: type };
      return (await ask(gateway, `${base}${path}`, { method: 'POST', headers, body })).bytes;
    };
    expect(await post('/as-sent', 'image/png', bytes)).toEqual(bytes);
    expect((await post('/to-text', 'image/png', bytes)).toString()).toBe(base64);
    expect(await post('/to-binary', 'application/json', base64)).toEqual(bytes);
  });

  it('become text on the way to the client, and text bytes', async () => {
    const base = await stage({
      'POST /to-text': http({}, { contentHandling: 'CONVERT_TO_TEXT' }),
      'POST /to-binary': http({}, { contentHandling: 'CONVERT_TO_BINARY' }),
    });
    const post = async (path: string, type: string, body: string | Uint8Array) =>
      (await ask(gateway, `${base}${path}`, { method: 'POST', headers: { 'content-type': type }, body }))
        .bytes;
    expect((await post('/to-text', 'image/png', bytes)).toString()).toBe(base64);
    expect(await post('/to-binary', 'text/plain', base64)).toEqual(bytes);
  });
});
