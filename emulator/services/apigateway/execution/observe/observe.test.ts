import { UpdateAccountCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, build, saying } from '../../testing/trial-api.ts';
import { replace, scope, TrialGateway } from '../../testing/trial-gateway.ts';

let gateway: TrialGateway;
let logs: CloudWatchLogsClient;
let cloudwatch: CloudWatchClient;
beforeAll(async () => {
  gateway = await TrialGateway.start();
  const role = await gateway.role('logging', 'apigateway.amazonaws.com');
  await gateway.iam.send(
    new AttachRolePolicyCommand({
      RoleName: 'logging',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    }),
  );
  await gateway.client.send(
    new UpdateAccountCommand({ patchOperations: [replace('/cloudwatchRoleArn', role)] }),
  );
  logs = new CloudWatchLogsClient(gateway.settings());
  cloudwatch = new CloudWatchClient(gateway.settings());
}, 60_000);
afterAll(async () => {
  logs.destroy();
  cloudwatch.destroy();
  await gateway.stop();
}, 60_000);

const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

const linesOf = async (logGroupName: string) => {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message = '' }) => message);
};
const sum = async (
  MetricName: string,
  dimensions: Record<string, string>,
  statistic: 'Sum' | 'SampleCount' = 'Sum',
) => {
  const now = gateway.running.cloud.clock.now();
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/ApiGateway',
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(now - 600_000),
      EndTime: new Date(now + 600_000),
      Period: 3600,
      Statistics: [statistic],
    }),
  );
  return Datapoints.reduce((total, point) => total + (point[statistic] ?? 0), 0);
};

describe('what a stage tells', () => {
  it('are access logs, execution logs and metrics', async () => {
    const made = await gateway.api('told');
    const { restApiId } = made;
    await build(gateway, made, { 'POST /notes/{id}': saying('{"ok":true}') });
    await gateway.deploy(restApiId, { stageName: 'dev' });
    const group = `arn:aws:logs:${scope.region}:${scope.account}:log-group:access`;
    const format =
      '{"id":"$context.requestId","status":$context.status,"path":"$context.path","resource":"$context.resourcePath","length":$context.responseLength,"error":"$context.error.message"}';
    await updateStage(
      restApiId,
      replace('/accessLogSettings/destinationArn', group),
      replace('/accessLogSettings/format', format),
      replace('/*/*/logging/loglevel', 'INFO'),
      replace('/*/*/logging/dataTrace', 'true'),
      replace('/*/*/metrics/enabled', 'true'),
    );
    const base = `/_aws/execute-api/${restApiId}/dev`;
    const answer = await ask(gateway, `${base}/notes/7?a=1`, { method: 'POST', body: '{"n":1}' });
    const missing = await ask(gateway, `${base}/none`);
    const access = (await linesOf('access')).map((line) => JSON.parse(line) as unknown);
    expect(access).toEqual([
      {
        id: answer.headers['x-amzn-requestid'],
        status: 200,
        path: '/dev/notes/7',
        resource: '/notes/{id}',
        length: 11,
        error: '-',
      },
      expect.objectContaining({
        id: missing.headers['x-amzn-requestid'],
        status: 403,
        error: 'Missing Authentication Token',
      }),
    ]);
    const id = String(answer.headers['x-amzn-requestid']);
    const execution = await linesOf(`API-Gateway-Execution-Logs_${restApiId}/dev`);
    expect(execution).toEqual([
      `(${id}) Verifying Usage Plan for request: ${id}. API Key:  API Stage: ${restApiId}/dev`,
      `(${id}) Usage Plan check succeeded for API Key  and API Stage ${restApiId}/dev`,
      `(${id}) Starting execution for request: ${id}`,
      `(${id}) HTTP Method: POST, Resource Path: /notes/{id}`,
      `(${id}) Method request path: {id=7}`,
      `(${id}) Method request query string: {a=1}`,
      expect.stringContaining('Method request headers: {'),
      `(${id}) Method request body before transformations: {"n":1}`,
      `(${id}) Method response body after transformations: {"ok":true}`,
      `(${id}) Method response headers: {Content-Type=application/json}`,
      `(${id}) Successfully completed execution`,
      `(${id}) Method completed with status: 200`,
    ]);
    await expect.poll(() => sum('Count', { ApiName: 'told' }), { timeout: 10_000 }).toBe(2);
    expect(await sum('Count', { ApiName: 'told', Stage: 'dev' })).toBe(2);
    expect(await sum('4XXError', { ApiName: 'told', Stage: 'dev' })).toBe(1);
    const ofMethod = { ApiName: 'told', Stage: 'dev', Method: 'POST', Resource: '/notes/{id}' };
    expect(await sum('Count', ofMethod)).toBe(1);
  });

  it('is at level ERROR what went wrong, with keys that nobody can read', async () => {
    const made = await gateway.api('failing');
    const { restApiId } = made;
    await build(gateway, made, {
      'GET /fine': saying('{}'),
      'GET /broken': { integration: { type: 'MOCK', requestTemplates: { 'application/json': 'no status' } } },
      'GET /keyed': { ...saying('{}'), method: { apiKeyRequired: true } },
    });
    await gateway.deploy(restApiId, { stageName: 'dev' });
    await updateStage(restApiId, replace('/*/*/logging/loglevel', 'ERROR'));
    const base = `/_aws/execute-api/${restApiId}/dev`;
    expect((await ask(gateway, `${base}/fine`)).status).toBe(200);
    expect((await ask(gateway, `${base}/broken`)).status).toBe(500);
    const headers = { 'x-api-key': 'a-key-that-nobody-shall-read-123456' };
    expect((await ask(gateway, `${base}/keyed`, { headers })).status).toBe(403);
    const written = await linesOf(`API-Gateway-Execution-Logs_${restApiId}/dev`);
    expect(written.map((line) => line.replace(/^\([0-9a-f-]{36}\) /, ''))).toEqual([
      'Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template.',
      `API Key **********************123456 not authorized for API Stage ${restApiId}/dev`,
    ]);
    await expect.poll(() => sum('5XXError', { ApiName: 'failing' })).toBe(1);
    expect(await sum('Count', { ApiName: 'failing' })).toBe(3);
    // Methods are counted on their own only where the stage says so.
    expect(await sum('Count', { ApiName: 'failing', Stage: 'dev', Method: 'GET', Resource: '/fine' })).toBe(
      0,
    );
  });

  it('of its canary goes to a log of the canary’s own', async () => {
    const made = await gateway.api('with-canary');
    const { restApiId } = made;
    await build(gateway, made, { 'GET /': saying('{}') });
    await gateway.deploy(restApiId, { stageName: 'dev' });
    await updateStage(restApiId, replace('/*/*/logging/loglevel', 'INFO'));
    await gateway.deploy(restApiId, { stageName: 'dev', canarySettings: { percentTraffic: 100 } });
    await ask(gateway, `/_aws/execute-api/${restApiId}/dev/`);
    const group = `API-Gateway-Execution-Logs_${restApiId}/dev`;
    expect((await linesOf(`${group}/Canary`)).at(-1)).toContain('Method completed with status: 200');
    await expect(linesOf(group)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('are hits and misses of its cache, and how long its back ends took', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const made = await gateway.api('cached');
    const { restApiId } = made;
    await build(gateway, made, {
      'GET /': { integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri } },
    });
    await gateway.deploy(restApiId, { stageName: 'dev', cacheClusterEnabled: true, cacheClusterSize: '0.5' });
    await updateStage(restApiId, replace('/*/*/caching/enabled', 'true'));
    for (let at = 0; at < 3; at += 1) await ask(gateway, `/_aws/execute-api/${restApiId}/dev/`);
    await expect.poll(() => sum('Count', { ApiName: 'cached' })).toBe(3);
    expect(await sum('CacheMissCount', { ApiName: 'cached', Stage: 'dev' })).toBe(1);
    expect(await sum('CacheHitCount', { ApiName: 'cached', Stage: 'dev' })).toBe(2);
    const samples = async (name: string) => await sum(name, { ApiName: 'cached' }, 'SampleCount');
    expect([await samples('Latency'), await samples('IntegrationLatency')]).toEqual([3, 1]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
