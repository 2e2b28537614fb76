import { CreateAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../../testing/for-tests.ts';
import { ask, build, saying, seen } from '../../../testing/trial-api.ts';
import { scope } from '../../../testing/trial-gateway.ts';
import { openUserPool, type UserPool } from '../../../testing/user-pool.ts';

const trial = gatewayForTests();

describe('COGNITO_USER_POOLS', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let pool: UserPool;
  beforeAll(async () => {
    pool = await openUserPool(() => trial.gateway.running.cloud.clock.now());
  });
  afterAll(async () => pool.close());

  it('takes tokens of its pools, and gives their claims on', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const { id: authorizerId = '' } = await trial.gateway.client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'pool',
        type: 'COGNITO_USER_POOLS',
        providerARNs: [`arn:aws:cognito-idp:us-east-1:${scope.account}:userpool/${pool.id}`],
        identitySource: 'method.request.header.Authorization',
      }),
    );
    const method = { authorizationType: 'COGNITO_USER_POOLS', authorizerId };
    await build(trial.gateway, made, {
      'GET /id': { ...saying('{"sub":"$context.authorizer.claims.sub"}'), method },
      'GET /scoped': { ...saying('{}'), method: { ...method, authorizationScopes: ['notes/read'] } },
    });
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    const get = async (path: string, token?: string) =>
      seen(
        await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev${path}`, {
          headers: token === undefined ? {} : { Authorization: token },
        }),
      );
    const unauthorized = [401, { message: 'Unauthorized' }, 'UnauthorizedException'];
    expect((await get('/id', pool.token({})))[1]).toEqual({ sub: 'ada' });
    expect((await get('/id', `Bearer ${pool.token({})}`))[0]).toBe(200);
    const before = pool.asked();
    for (const token of [
      undefined,
      'no.token.atall',
      pool.token({}, stranger.privateKey),
      pool.token({}, undefined, 'k2'),
      pool.token({ iss: 'https://elsewhere.example' }),
      pool.token({ token_use: 'access' }),
    ])
      expect(await get('/id', token)).toEqual(unauthorized);
    // An unknown key makes nobody ask the pool over and over.
    expect(pool.asked()).toBeLessThanOrEqual(before + 1);
    expect(await get('/id', pool.token({ exp: 1 }))).toEqual([
      401,
      { message: 'The incoming token has expired' },
      'UnauthorizedException',
    ]);
    expect((await get('/scoped', pool.token({ token_use: 'access', scope: 'a notes/read' })))[0]).toBe(200);
    expect(await get('/scoped', pool.token({ token_use: 'access', scope: 'notes/write' }))).toEqual(
      unauthorized,
    );
    expect(await get('/scoped', pool.token({}))).toEqual(unauthorized);
  });
});
