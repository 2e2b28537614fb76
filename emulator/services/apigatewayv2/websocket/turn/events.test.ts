import { DeleteConnectionCommand, GetConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { CreateDeploymentCommand, CreateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../../apigateway/testing/trial-gateway.ts';
import { Listener } from '../testing/listener.ts';
import { Postbox } from '../testing/postbox.ts';
import { asking, TrialChat } from '../testing/trial-chat.ts';

let chat: TrialChat;
let box: Postbox;
let teller: string;
let apiId: string;
beforeAll(async () => {
  [chat, box] = await Promise.all([TrialChat.start(), Postbox.open()]);
  teller = await chat.function(
    'teller',
    `await fetch('${box.origin}', { method: 'POST', body: JSON.stringify(event) }); return { statusCode: 200, body: 'told' };`,
  );
  apiId = await chat.api({
    $connect: asking(teller, false),
    $default: asking(teller),
    $disconnect: asking(teller, false),
  });
});
afterAll(async () => {
  await chat.stop();
  await box.close();
});

const drawn = expect.stringMatching(/^[\w-]{15}=$/) as unknown;
const aTime = expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/) as unknown;
const aNumber = expect.any(Number) as unknown;
const common = () => ({
  extendedRequestId: drawn,
  requestTime: aTime,
  messageDirection: 'IN',
  stage: 'dev',
  connectedAt: aNumber,
  requestTimeEpoch: aNumber,
  identity: { userAgent: 'a test', sourceIp: '127.0.0.1' },
  requestId: drawn,
  domainName: `${apiId}.execute-api.us-east-1.localhost`,
  connectionId: drawn,
  apiId,
});

describe('what a function is told', () => {
  it('of a connection: its request, what is said on it, and its end', async () => {
    const headers = { 'User-Agent': 'a test', 'X-Two': ['1', '2'] as unknown as string };
    const client = await chat.connect(`${chat.address(apiId)}?room=a&room=b`, { headers });
    const connected = await box.nextEvent();
    const told = {
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': expect.any(String) as unknown,
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
      'User-Agent': 'a test',
      'X-Two': '2',
      Host: `127.0.0.1:${String(chat.gateway.running.port)}`,
      'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-/) as unknown,
      'X-Forwarded-For': '127.0.0.1',
      'X-Forwarded-Port': String(chat.gateway.running.port),
      'X-Forwarded-Proto': 'http',
    };
    expect(connected).toEqual({
      headers: told,
      multiValueHeaders: Object.fromEntries(
        Object.entries(told).map(([name, value]) => [name, name === 'X-Two' ? ['1', '2'] : [value]]),
      ),
      queryStringParameters: { room: 'b' },
      multiValueQueryStringParameters: { room: ['a', 'b'] },
      requestContext: { ...common(), routeKey: '$connect', eventType: 'CONNECT' },
      isBase64Encoded: false,
    });

    client.say('{"action":"grüß"}');
    const { connectionId, connectedAt } = connected.requestContext;
    const said = await box.nextEvent();
    expect(said).toEqual({
      requestContext: {
        ...common(),
        connectionId,
        connectedAt,
        routeKey: '$default',
        messageId: drawn,
        eventType: 'MESSAGE',
      },
      body: '{"action":"grüß"}',
      isBase64Encoded: false,
    });
    expect(said.requestContext['requestId']).toBe(said.requestContext['extendedRequestId']);

    client.socket.close();
    expect(await box.nextEvent()).toEqual({
      headers: { Host: told.Host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      multiValueHeaders: { Host: [told.Host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
      requestContext: {
        ...common(),
        connectionId,
        connectedAt,
        routeKey: '$disconnect',
        eventType: 'DISCONNECT',
        disconnectStatusCode: 1005,
        disconnectReason: 'Client-side close frame status not set',
      },
      isBase64Encoded: false,
    });
  });

  it('of why a connection has ended', async () => {
    const ended = async (end: (connectionId: string) => unknown): Promise<unknown[]> => {
      const { connectionId } = (await box.nextEvent()).requestContext;
      await end(String(connectionId));
      const { disconnectStatusCode, disconnectReason } = (await box.nextEvent()).requestContext;
      return [disconnectStatusCode, disconnectReason];
    };
    const own = await chat.connect(chat.address(apiId));
    expect(await ended(() => own.socket.close(4000, 'had enough'))).toEqual([4000, 'had enough']);
    const lost = await chat.connect(chat.address(apiId));
    expect(await ended(() => lost.leave())).toEqual([1006, '']);
    await chat.connect(chat.address(apiId));
    const management = chat.management(apiId);
    const deleted = await ended((ConnectionId) =>
      management.send(new DeleteConnectionCommand({ ConnectionId })),
    );
    expect(deleted).toEqual([1000, 'Connection Closed Normally']);
    management.destroy();
    const silent = await chat.connect(chat.address(apiId));
    expect(await ended(() => chat.gateway.running.cloud.clock.advance(10 * 60_000))).toEqual([
      1001,
      'Going away',
    ]);
    expect(await silent.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('of a client that went away while $connect was at work, and has no connection till then', async () => {
    const http = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST' } as const;
    const RequestParameters = { 'integration.request.header.connection-id': 'context.connectionId' };
    const api = await chat.api({
      $connect: { integration: { ...http, IntegrationUri: `${box.origin}/connect`, RequestParameters } },
      $disconnect: {
        integration: { ...http, IntegrationUri: `${box.origin}/disconnect`, RequestParameters },
      },
    });
    let open = (): void => undefined;
    box.gate = new Promise((resolve) => (open = resolve));
    const leaving = new Listener(chat.address(api), {});
    leaving.opened.catch(() => undefined);
    const { path, headers } = await box.next();
    expect(path).toBe('/connect');
    const ConnectionId = String(headers['connection-id']);
    const management = chat.management(api);
    expect(await refusal(management.send(new GetConnectionCommand({ ConnectionId })))).toContain(
      'GoneException',
    );
    management.destroy();
    leaving.leave();
    await leaving.closed;
    open();
    const told = await box.next();
    expect([told.path, told.headers['connection-id']]).toEqual(['/disconnect', ConnectionId]);
  });

  it('of the stage that a client connects to, from its own deployment', async () => {
    const { DeploymentId } = await chat.client.send(new CreateDeploymentCommand({ ApiId: apiId }));
    await chat.client.send(
      new CreateStageCommand({
        ApiId: apiId,
        StageName: 'prod',
        DeploymentId,
        StageVariables: { table: 'orders' },
      }),
    );
    await chat.connect(chat.address(apiId, 'prod'));
    const { requestContext, ...event } = await box.nextEvent();
    expect(event).toMatchObject({ stageVariables: { table: 'orders' } });
    expect(requestContext['stage']).toBe('prod');
  });
});
