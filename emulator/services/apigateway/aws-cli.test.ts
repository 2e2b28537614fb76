import { execFile, spawnSync } from 'node:child_process';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrialGateway } from './testing/trial-gateway.ts';

const found = spawnSync('aws', ['--version'], { encoding: 'utf8' }).error === undefined;
if (!found) console.warn('Skipped: there is no AWS CLI on this machine.');

/** What students type: each command is a process of its own, so there are few. */
describe.runIf(found)('aws apigateway', { timeout: 120_000 }, () => {
  let gateway: TrialGateway;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  });
  afterAll(() => gateway.stop());

  const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { out, err } = await new Promise<{ out: string; err: string }>((resolve) => {
      execFile(
        'aws',
        ['--endpoint-url', gateway.running.origin, '--output', 'json', 'apigateway', ...args],
        {
          env: {
            ...env,
            AWS_REGION: 'us-east-1',
            AWS_DEFAULT_REGION: 'us-east-1',
            AWS_ACCESS_KEY_ID: '111111111111',
            AWS_SECRET_ACCESS_KEY: 'test',
            AWS_PAGER: '',
            NO_PROXY: '127.0.0.1',
          },
        },
        (_error, out, err) => resolve({ out, err }),
      );
    });
    if (err !== '') throw new Error(err);
    return (out.trim() === '' ? {} : JSON.parse(out)) as Record<string, unknown>;
  };
  const text = (value: unknown): string => String(value);

  it('builds an API, deploys it and sells it', async () => {
    const api = await aws('create-rest-api', '--name', 'notes', '--endpoint-configuration', 'types=REGIONAL');
    const apiId = text(api['id']);
    const at = ['--rest-api-id', apiId];
    const made = await aws(
      'create-resource',
      ...at,
      ...['--parent-id', text(api['rootResourceId']), '--path-part', 'notes'],
    );
    const method = [...at, '--resource-id', text(made['id']), '--http-method', 'GET'];
    await aws('put-method', ...method, '--authorization-type', 'NONE', '--api-key-required');
    await aws(
      ...['put-integration', ...method, '--type', 'MOCK'],
      ...['--request-templates', '{"application/json":"{\\"statusCode\\": 200}"}'],
    );
    const deployment = await aws('create-deployment', ...at, '--stage-name', 'dev');
    const stage = await aws(
      ...['update-stage', ...at, '--stage-name', 'dev', '--patch-operations'],
      ...[
        'op=replace,path=/variables/color,value=blue',
        'op=replace,path=/~1notes/GET/throttling/burstLimit,value=1',
      ],
    );
    expect(stage).toMatchObject({
      deploymentId: deployment['id'],
      variables: { color: 'blue' },
      methodSettings: { '~1notes/GET': { throttlingBurstLimit: 1 } },
    });
    const resources = await aws('get-resources', ...at, '--embed', 'methods');
    expect(resources['items']).toMatchObject([
      { path: '/' },
      {
        path: '/notes',
        resourceMethods: { GET: { apiKeyRequired: true, methodIntegration: { type: 'MOCK' } } },
      },
    ]);
    const key = await aws('create-api-key', '--name', 'k', '--enabled');
    const plan = await aws(
      ...['create-usage-plan', '--name', 'p', '--api-stages', `apiId=${apiId},stage=dev`],
      ...['--throttle', 'burstLimit=1,rateLimit=2', '--quota', 'limit=10,period=DAY'],
    );
    const planId = text(plan['id']);
    await aws(
      ...['create-usage-plan-key', '--usage-plan-id', planId],
      ...['--key-type', 'API_KEY', '--key-id', text(key['id'])],
    );
    const arn = `arn:aws:apigateway:us-east-1::/restapis/${apiId}`;
    await aws('tag-resource', '--resource-arn', arn, '--tags', 'owner=ada');
    expect(await aws('get-tags', '--resource-arn', arn)).toEqual({ tags: { owner: 'ada' } });
    expect(await aws('get-account')).toMatchObject({ features: ['UsagePlans'] });
    await expect(aws('delete-usage-plan', '--usage-plan-id', planId)).rejects.toThrow(
      `(BadRequestException) when calling the DeleteUsagePlan operation: Cannot delete Usage Plan ${planId} because there are API Stages associated with it, including ${apiId}:dev`,
    );
    const catalogue = await gateway.catalogue;
    const scope = { account: '111111111111', region: 'us-east-1' };
    expect(catalogue.planOf(scope, text(key['id']), apiId, 'dev')).toMatchObject({
      throttle: { burstLimit: 1, rateLimit: 2 },
      quota: { limit: 10, offset: 0, period: 'DAY' },
    });
  });
});
