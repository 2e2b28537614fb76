import { afterAll, beforeAll, expect } from 'vitest';
import { asking, TrialHttp } from '../services/apigatewayv2/http/testing/trial-http.ts';
import { prove } from './prove.ts';

let http: TrialHttp;
beforeAll(async () => {
  http = await TrialHttp.start();
});
afterAll(async () => http.stop());

prove('http-api', async () => {
  const echo = await http.function('echo', 'return event;');
  const apiId = await http.api({
    'GET /notes/{id}': asking(echo),
    'POST /notes': asking(
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
