import { FlushStageCacheCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { studentForTests } from '../../testing/for-tests.ts';
import { ask, build, functionOf, permit, proxying } from '../../testing/trial-api.ts';
import { replace } from '../../testing/trial-gateway.ts';

const trial = studentForTests();

const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  trial.gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

describe('a cache', () => {
  it('keeps answers by their keys for their time, and forgets them when told', async () => {
    const arn = await functionOf(
      trial.student,
      'counting',
      'return { statusCode: 200, body: String(calls) };',
    );
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const requestParameters = { 'method.request.querystring.q': false };
    const cached = (method: string) => ({
      method: { requestParameters },
      integration: {
        ...proxying(arn).integration,
        cacheKeyParameters: ['method.request.querystring.q'],
        cacheNamespace: method,
      },
    });
    await build(trial.gateway, made, { 'GET /n': cached('get'), 'POST /n': cached('post') });
    await trial.gateway.deploy(restApiId, {
      stageName: 'dev',
      cacheClusterEnabled: true,
      cacheClusterSize: '0.5',
    });
    await permit(trial.student.lambda, 'counting', restApiId);
    const get = async (path = '/n', headers: Record<string, string> = {}, method = 'GET') => {
      const answer = await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev${path}`, {
        headers,
        method,
      });
      return Number(answer.text);
    };
    expect(await get()).toBe((await get()) - 1);
    await updateStage(
      restApiId,
      replace('/*/*/caching/enabled', 'true'),
      replace('/*/*/caching/ttlInSeconds', '60'),
    );
    const first = await get();
    expect(await get()).toBe(first);
    expect(await get('/n?other=1')).toBe(first);
    expect(await get('/n?q=1')).toBe(first + 1);
    expect(await get('/n?q=1')).toBe(first + 1);
    expect(await get('/n', {}, 'POST')).toBe(first + 2);
    expect(await get('/n', {}, 'POST')).toBe(first + 3);
    await trial.gateway.running.cloud.clock.advance(61_000);
    expect(await get()).toBe(first + 4);
    await trial.gateway.client.send(new FlushStageCacheCommand({ restApiId, stageName: 'dev' }));
    expect(await get()).toBe(first + 5);
    // Whoever may not make it be asked again gets what is kept.
    const again = { 'cache-control': 'max-age=0' };
    expect(await get('/n', again)).toBe(first + 5);
    await updateStage(restApiId, replace('/*/*/caching/requireAuthorizationForCacheControl', 'false'));
    expect(await get('/n', again)).toBe(first + 6);
    expect(await get()).toBe(first + 6);
    await updateStage(
      restApiId,
      replace('/*/*/caching/requireAuthorizationForCacheControl', 'true'),
      replace('/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'),
    );
    const refused = await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/n`, { headers: again });
    expect(refused.status).toBe(403);
  });

  it('is not its canary’s, unless the canary shares it', async () => {
    const arn = await functionOf(trial.student, 'shared', 'return { statusCode: 200, body: String(calls) };');
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, { 'GET /': proxying(arn) });
    await permit(trial.student.lambda, 'shared', restApiId);
    await trial.gateway.deploy(restApiId, {
      stageName: 'dev',
      cacheClusterEnabled: true,
      cacheClusterSize: '0.5',
    });
    await updateStage(restApiId, replace('/*/*/caching/enabled', 'true'));
    const get = async () => Number((await ask(trial.gateway, `/_aws/execute-api/${restApiId}/dev/`)).text);
    const kept = await get();
    expect(await get()).toBe(kept);
    const canarySettings = { percentTraffic: 100, useStageCache: false };
    await trial.gateway.deploy(restApiId, { stageName: 'dev', canarySettings });
    expect([await get(), await get()]).toEqual([kept + 1, kept + 2]);
    await updateStage(restApiId, replace('/canarySettings/useStageCache', 'true'));
    expect(await get()).toBe(kept);
  });
});
