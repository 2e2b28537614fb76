import { CreateModelCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saying, TrialChat } from '../testing/trial-chat.ts';

let chat: TrialChat;
beforeAll(async () => {
  chat = await TrialChat.start();
});
afterAll(async () => {
  await chat.stop();
});

const id = expect.stringMatching(/^[\w-]{15}=$/) as unknown;

describe('a message', () => {
  it('takes the route that it names, else $default, which gets what is no JSON too', async () => {
    const api = await chat.api({
      hello: saying('"hello"'),
      $default: saying('"$context.routeKey $context.eventType"'),
    });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask({ action: 'hello' })).toBe('hello');
    for (const other of [
      { action: 'bye' },
      { action: '$connect' },
      { action: {} },
      [],
      'no JSON',
      '',
      'null',
    ])
      expect(await client.ask(other)).toBe('$default MESSAGE');
  });

  it('without a route is refused in a frame', async () => {
    const api = await chat.api({ hello: saying('"hello"') });
    const client = await chat.connect(chat.address(api));
    expect(await client.ask({ action: 'bye' })).toEqual({
      message: 'Forbidden',
      connectionId: id,
      requestId: id,
    });
    expect(await client.ask({ action: 'hello' })).toBe('hello');
  });

  it('is held against the model that it selects', async () => {
    const api = await chat.api({ $default: saying('"heard"') });
    const Schema = JSON.stringify({
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string' } },
    });
    const model = { ApiId: api, Name: 'Said', ContentType: 'application/json', Schema };
    await chat.client.send(new CreateModelCommand(model));
    const route = { ModelSelectionExpression: '$request.body.kind', RequestModels: { said: 'Said' } };
    await chat.route(api, 'checked', { ...saying('"heard"'), route });
    const client = await chat.connect(chat.address(api));
    const said = { action: 'checked', kind: 'said', text: 1 };
    // What is deployed by itself is served a moment later.
    await expect
      .poll(() => client.ask(said), { timeout: 5000 })
      .toEqual({ message: 'Invalid request body', connectionId: id, requestId: id });
    expect(await client.ask({ ...said, text: 'fine' })).toBe('heard');
    expect(await client.ask({ ...said, kind: 'other' })).toBe('heard');
  });
});
