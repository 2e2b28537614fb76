import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect } from 'vitest';
import { asking as askingFunction, TrialHttp } from '../services/apigatewayv2/http/testing/trial-http.ts';
import { asking, TrialChat } from '../services/apigatewayv2/websocket/testing/trial-chat.ts';
import { prove } from './prove.ts';

let http: TrialHttp;
let chat: TrialChat;
beforeAll(async () => {
  [http, chat] = await Promise.all([TrialHttp.start(), TrialChat.start()]);
});
afterAll(async () => {
  await Promise.all([http.stop(), chat.stop()]);
});

prove('http-api', async () => {
  const echo = await http.function('echo', 'return event;');
  const apiId = await http.api({
    'GET /notes/{id}': askingFunction(echo),
    'POST /notes': askingFunction(
      await http.function('made', 'return { statusCode: 201, headers: { "x-id": "7" }, body: event.body };'),
    ),
  });
  const { status, json } = await http.ask(apiId, '/notes/7?q=1&q=2', { headers: { Cookie: 'a=1' } });
  // Without a status the whole result is the body.
  expect([status, json]).toMatchObject([
    200,
    {
      version: '2.0',
      routeKey: 'GET /notes/{id}',
      rawPath: '/notes/7',
      pathParameters: { id: '7' },
      queryStringParameters: { q: '1,2' },
      cookies: ['a=1'],
      requestContext: { http: { method: 'GET', path: '/notes/7' }, stage: '$default' },
    },
  ]);
  const made = await http.ask(apiId, '/notes', { method: 'POST', body: '{"n":1}' });
  expect([made.status, made.headers['x-id'], made.json]).toEqual([201, '7', { n: 1 }]);
  const none = await http.ask(apiId, '/none');
  expect([none.status, none.json]).toEqual([404, { message: 'Not Found' }]);
});

prove('websocket-api', async () => {
  const place = await chat.function(
    'place',
    `const { routeKey, connectionId, domainName, stage } = event.requestContext;
     if (routeKey === '$connect') return { statusCode: event.queryStringParameters?.name ? 200 : 403 };
     const { ApiGatewayManagementApiClient, PostToConnectionCommand } = await import('@aws-sdk/client-apigatewaymanagementapi');
     const client = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
     await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: routeKey + ' ' + JSON.parse(event.body).text }));
     return { statusCode: 200 };`,
  );
  const Statement = { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await chat.gateway.iam.send(
    new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'connections', PolicyDocument }),
  );
  const apiId = await chat.api({
    $connect: asking(place, false),
    order: asking(place, false),
    $default: asking(place, false),
  });
  await expect(chat.connect(chat.address(apiId))).rejects.toMatchObject({ status: 403 });
  const speaker = await chat.connect(`${chat.address(apiId)}?name=ada`);
  speaker.say({ action: 'order', text: 'tea' });
  expect(await speaker.hear()).toBe('order tea');
  speaker.say({ action: 'unknown', text: 'cake' });
  expect(await speaker.hear()).toBe('$default cake');
});
