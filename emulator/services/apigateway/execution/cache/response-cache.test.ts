import { FlushStageCacheCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  build,
  functionOf,
  permit,
  proxying,
  studentAt,
  type Student,
} from '../../testing/trial-api.ts';
import { TrialGateway } from '../../testing/trial-gateway.ts';

let gateway: TrialGateway;
let student: Student;
beforeAll(async () => {
  gateway = await TrialGateway.start();
  student = await studentAt(gateway.running.origin);
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await gateway.stop();
}, 60_000);

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });
const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

describe('a cache', () => {
  it('keeps answers by their keys for their time, and forgets them when told', async () => {
    const arn = await functionOf(student, 'counting', 'return { statusCode: 200, body: String(calls) };');
    const made = await gateway.api();
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
    await build(gateway, made, { 'GET /n': cached('get'), 'POST /n': cached('post') });
    await gateway.deploy(restApiId, { stageName: 'dev', cacheClusterEnabled: true, cacheClusterSize: '0.5' });
    await permit(student.lambda, 'counting', restApiId);
    const get = async (path = '/n', headers: Record<string, string> = {}, method = 'GET') => {
      const answer = await ask(gateway, `/_aws/execute-api/${restApiId}/dev${path}`, { headers, method });
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
    await gateway.running.cloud.clock.advance(61_000);
    expect(await get()).toBe(first + 4);
    await gateway.client.send(new FlushStageCacheCommand({ restApiId, stageName: 'dev' }));
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
    const refused = await ask(gateway, `/_aws/execute-api/${restApiId}/dev/n`, { headers: again });
    expect(refused.status).toBe(403);
  });

  it('is not its canary’s, unless the canary shares it', async () => {
    const arn = await functionOf(student, 'shared', 'return { statusCode: 200, body: String(calls) };');
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, { 'GET /': proxying(arn) });
    await permit(student.lambda, 'shared', restApiId);
    await gateway.deploy(restApiId, { stageName: 'dev', cacheClusterEnabled: true, cacheClusterSize: '0.5' });
    await updateStage(restApiId, replace('/*/*/caching/enabled', 'true'));
    const get = async () => Number((await ask(gateway, `/_aws/execute-api/${restApiId}/dev/`)).text);
    const kept = await get();
    expect(await get()).toBe(kept);
    const canarySettings = { percentTraffic: 100, useStageCache: false };
    await gateway.deploy(restApiId, { stageName: 'dev', canarySettings });
    expect([await get(), await get()]).toEqual([kept + 1, kept + 2]);
    await updateStage(restApiId, replace('/canarySettings/useStageCache', 'true'));
    expect(await get()).toBe(kept);
  });
});
