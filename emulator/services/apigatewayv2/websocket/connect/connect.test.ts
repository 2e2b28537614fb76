import { GetApiCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionOf, signedQuery, type Keys } from '../../../apigateway/testing/signed.ts';
import { ask } from '../../../apigateway/testing/trial-api.ts';
import { Refused } from '../testing/listener.ts';
import { asking, saying, scope, TrialChat, type TrialRoute } from '../testing/trial-chat.ts';

let chat: TrialChat;
let door: string;
beforeAll(async () => {
  chat = await TrialChat.start('verified');
  door = await chat.function(
    'door',
    `
    const { how, protocol } = event.queryStringParameters ?? {};
    if (how === 'throw') throw new Error('no');
    if (how === 'nothing') return;
    const headers = protocol === undefined ? undefined : { 'Sec-WebSocket-Protocol': protocol };
    return { statusCode: Number(how ?? 200), headers, body: 'said ' + how };`,
  );
});
afterAll(async () => {
  await chat.stop();
});

async function refusal(address: string, options?: Parameters<TrialChat['connect']>[1]): Promise<unknown[]> {
  const error: unknown = await chat.connect(address, options).catch((reason: unknown) => reason);
  if (!(error instanceof Refused)) throw new Error(`It was not refused: ${String(error)}`);
  return [error.status, error.body];
}
const inFrame = (message: string) =>
  expect.stringMatching(
    new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="\\}$`),
  ) as unknown;
const echo = saying('"$context.authorizer.principalId $context.authorizer.room $context.identity.caller"');

describe('a client is let in', () => {
  it('at both addresses of a stage, with or without a $connect route, and nowhere else', async () => {
    const open = await chat.api({ $default: echo });
    const { port } = chat.gateway.running;
    await chat.connect(chat.address(open));
    await chat.connect(`${chat.address(open)}/`);
    const { ApiEndpoint = '' } = await chat.client.send(new GetApiCommand({ ApiId: open }));
    await chat.connect(`${ApiEndpoint}/dev`);
    await chat.connect(`ws://127.0.0.1:${String(port)}/dev`, {
      headers: { Host: `${open}.execute-api.localhost:${String(port)}` },
    });
    const forbidden = [403, '{"message":"Forbidden"}'];
    expect(await refusal(chat.address(open, 'prod'))).toEqual(forbidden);
    expect(await refusal(chat.address('nowhere'))).toEqual(forbidden);
    expect(await refusal(`${chat.address(open)}/further`)).toEqual(forbidden);
    const foreign = { headers: { Host: 'attacker.example' } };
    expect((await refusal(chat.address(open), foreign))[0]).toBe(403);
    // Pages of any origin may, as at the stages of REST APIs.
    await chat.connect(chat.address(open), { origin: 'https://page.example' });
  });

  it('by the global WebSocket of Node.js too', async (context) => {
    if (typeof globalThis.WebSocket !== 'function') {
      console.log('This Node.js has no global WebSocket: the test is skipped.');
      context.skip();
    }
    const open = await chat.api({ $default: saying('"heard"') });
    const socket = new globalThis.WebSocket(chat.address(open));
    const heard = new Promise((resolve) => {
      socket.onmessage = (event) => resolve(event.data);
    });
    socket.onopen = () => socket.send('hello');
    expect(await heard).toBe('"heard"');
    socket.close();
  });

  it('when the integration of $connect says so, with the subprotocol that it chose', async () => {
    const api = await chat.api({ $connect: asking(door), $default: echo });
    const address = chat.address(api);
    const client = await chat.connect(`${address}?protocol=second`, { protocols: ['first', 'second'] });
    expect(client.socket.protocol).toBe('second');
    await chat.connect(`${address}?how=204`);
    expect(await refusal(`${address}?how=401`)).toEqual([401, 'said 401']);
    expect(await refusal(`${address}?how=500`)).toEqual([500, 'said 500']);
    expect(await refusal(`${address}?how=throw`)).toEqual([502, inFrame('Internal server error')]);
    expect(await refusal(`${address}?how=nothing`)).toEqual([502, inFrame('Internal server error')]);
  });

  it('unless the gateway cannot ask the function, or its handshake is none', async () => {
    const elsewhere = door.replace(':door', ':unknown');
    const api = await chat.api({ $connect: asking(elsewhere), $default: echo });
    expect(await refusal(chat.address(api))).toEqual([500, inFrame('Internal server error')]);
    const open = await chat.api({ $default: echo });
    const plain = await fetch(chat.address(open, 'dev', 'http'));
    expect(plain.status).toBe(403);
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
    const { status, text } = await ask(chat.gateway, `/_aws/execute-api/${open}/dev`, { headers });
    expect([status, text]).toEqual([400, '{"message":"Missing or invalid Sec-WebSocket-Key header"}']);
  });
});

describe('an API key', () => {
  it('is asked for where the route wants one', async () => {
    const api = await chat.api({
      $connect: { ...saying('1'), answers: false, route: { ApiKeyRequired: true } },
      $default: echo,
    });
    const headers = { 'x-api-key': 'a key that nobody made' };
    for (const options of [{}, { headers }])
      expect(await refusal(chat.address(api), options)).toEqual([403, inFrame('Forbidden')]);
  });
});

describe('an authorizer', () => {
  it('is asked about whoever names all that it wants to know, and what it says goes with the connection', async () => {
    const gate = await chat.function(
      'gate',
      `
      const { token } = event.queryStringParameters;
      if (token === 'broken') return 'neither yes nor no';
      if (token === 'unknown') throw new Error('Unauthorized');
      const Effect = token === 'good' ? 'Allow' : 'Deny';
      const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }];
      const named = [event.type, event.headers.Room, event.methodArn.split('/').pop(), event.requestContext.eventType];
      return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement }, context: { room: named.join() } };`,
    );
    const api = await chat.api({ $default: echo });
    const AuthorizerId = await chat.authorizer(api, gate, [
      'route.request.querystring.token',
      'route.request.header.Room',
    ]);
    const guarded: TrialRoute = { ...asking(door), route: { AuthorizationType: 'CUSTOM', AuthorizerId } };
    await chat.route(api, '$connect', guarded);
    const asked = (token: string) =>
      [`${chat.address(api)}?token=${token}`, { headers: { Room: '7' } }] as const;
    const client = await chat.connect(...asked('good'));
    expect(await client.ask('who am I?')).toBe('ada REQUEST,7,$connect,CONNECT ');
    expect(await refusal(...asked('bad'))).toEqual([
      403,
      inFrame(
        'User is not authorized to access this resource with an explicit deny in an identity-based policy',
      ),
    ]);
    expect(await refusal(...asked('unknown'))).toEqual([401, inFrame('Unauthorized')]);
    expect(await refusal(...asked('broken'))).toEqual([500, inFrame('Internal server error')]);
    expect(await refusal(chat.address(api), asked('')[1])).toEqual([401, inFrame('Unauthorized')]);
    expect(await refusal(`${chat.address(api)}?token=good`)).toEqual([401, inFrame('Unauthorized')]);
  });

  it('by IAM lets in whose signature is right and whose policies say so', async () => {
    const guarded = { ...saying('1'), answers: false, route: { AuthorizationType: 'AWS_IAM' as const } };
    const api = await chat.api({ $connect: guarded, $default: echo });
    expect(await refusal(chat.address(api))).toEqual([403, inFrame('Missing Authentication Token')]);
    const client = await chat.connect(await signed(api, chat.gateway.settings().credentials));
    expect(await client.ask('who am I?')).toBe(`  ${scope.account}`);
    const wrong = await signed(api, { accessKeyId: scope.account, secretAccessKey: 'wrong' });
    expect((await refusal(wrong))[0]).toBe(403);
    const nobody = await sessionOf(chat.gateway, 'nobody', [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    ]);
    expect(await refusal(await signed(api, nobody))).toEqual([
      403,
      expect.stringContaining('is not authorized to perform: execute-api:Invoke on resource:') as unknown,
    ]);
  });
});

/** The address of a stage with a signature in its query, as browsers have to send it. */
async function signed(apiId: string, keys: Keys): Promise<string> {
  const address = chat.address(apiId);
  return `${address}?${await signedQuery(chat.gateway, new URL(address).pathname, keys)}`;
}
