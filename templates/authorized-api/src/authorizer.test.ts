import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { APIGatewayProxyWithLambdaAuthorizerEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import request from '../events/request.json' with { type: 'json' };
import { handler } from './authorizer.ts';
import { handler as notes } from './notes.ts';

const ours = generateKeyPairSync('ed25519');
const soon = Math.floor(Date.now() / 1000) + 60;

function passOf(
  claims: object,
  { key = ours.privateKey, alg = 'EdDSA' }: { key?: KeyObject; alg?: string } = {},
) {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

const ask = (authorization: string, name = 'Authorization') =>
  handler({
    ...(request as unknown as APIGatewayRequestAuthorizerEvent),
    headers: { [name]: authorization },
  });

const api = 'arn:aws:execute-api:us-east-1:000000000000:abcdefghij/prod';

beforeEach(() => {
  vi.stubEnv('PUBLIC_KEY', ours.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
});
afterEach(() => vi.unstubAllEnvs());

describe('a pass', () => {
  it('opens the methods of its scopes, on every path, so that the answer can be remembered', async () => {
    const answer = await ask(`Bearer ${passOf({ sub: 'Ada', scope: 'read write', exp: soon })}`);
    expect(answer).toMatchObject({
      principalId: 'Ada',
      policyDocument: { Statement: [{ Effect: 'Allow', Resource: [`${api}/GET/*`, `${api}/POST/*`] }] },
    });
  });

  it('is found whatever letters the client writes the header in', async () => {
    const answer = await ask(`bearer ${passOf({ sub: 'Ada', scope: 'read', exp: soon })}`, 'AUTHORIZATION');
    expect(answer).toMatchObject({ policyDocument: { Statement: [{ Resource: [`${api}/GET/*`] }] } });
  });

  it('without a scope that is known opens nothing', async () => {
    const answer = await ask(`Bearer ${passOf({ sub: 'Ada', scope: 'toString', exp: soon })}`);
    expect(answer).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
  });

  const good = passOf({ sub: 'Ada', scope: 'read', exp: soon });
  it.each([
    ['nothing', ''],
    ['another scheme', `Basic ${good}`],
    [
      'a key that is not ours',
      `Bearer ${passOf({ sub: 'Ada', exp: soon }, { key: generateKeyPairSync('ed25519').privateKey })}`,
    ],
    ['another algorithm', `Bearer ${passOf({ sub: 'Ada', exp: soon }, { alg: 'none' })}`],
    ['what is over', `Bearer ${passOf({ sub: 'Ada', exp: 1 })}`],
    ['what has no end', `Bearer ${passOf({ sub: 'Ada' })}`],
    ['nobody', `Bearer ${passOf({ exp: soon })}`],
    [
      'a changed claim',
      `Bearer ${good.replace(/\.[^.]+\./, `.${Buffer.from(`{"sub":"Eve","exp":${String(soon)}}`).toString('base64url')}.`)}`,
    ],
    ['a part too many', `Bearer ${good}.x`],
    ['no token at all', 'Bearer x'],
  ])('is not believed: %s', async (_, header) => {
    await expect(ask(header)).rejects.toThrow(/^Unauthorized$/);
  });
});

it('whoever got through is named by the authorizer', async () => {
  const event = {
    httpMethod: 'GET',
    requestContext: { authorizer: { principalId: 'Ada' } },
  } as unknown as APIGatewayProxyWithLambdaAuthorizerEvent<{ principalId: string }>;
  expect(await notes(event)).toMatchObject({ statusCode: 200, body: '{"message":"Ada may read this"}' });
  expect(await notes({ ...event, httpMethod: 'POST' })).toMatchObject({ statusCode: 201 });
});
