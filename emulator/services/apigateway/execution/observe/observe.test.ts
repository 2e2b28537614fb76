import { UpdateAccountCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, build, saying } from '../../testing/trial-api.ts';
import { scope, TrialGateway } from '../../testing/trial-gateway.ts';

let gateway: TrialGateway;
beforeAll(async () => {
  gateway = await TrialGateway.start();
}, 60_000);
afterAll(async () => gateway.stop(), 60_000);

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });
const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]): Promise<unknown> =>
  gateway.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));

describe('what a stage tells', () => {
  it('are access logs, execution logs and metrics', async () => {
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
    const logs = new CloudWatchLogsClient(gateway.settings());
    const linesOf = async (logGroupName: string) => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return events.map(({ message = '' }) => message);
    };
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
    logs.destroy();
    const cloudwatch = new CloudWatchClient(gateway.settings());
    const now = gateway.running.cloud.clock.now();
    const sum = async (MetricName: string, dimensions: Record<string, string>) => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/ApiGateway',
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          StartTime: new Date(now - 600_000),
          EndTime: new Date(now + 600_000),
          Period: 3600,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
    };
    await expect.poll(() => sum('Count', { ApiName: 'told' }), { timeout: 10_000 }).toBe(2);
    expect(await sum('Count', { ApiName: 'told', Stage: 'dev' })).toBe(2);
    expect(await sum('4XXError', { ApiName: 'told', Stage: 'dev' })).toBe(1);
    const ofMethod = { ApiName: 'told', Stage: 'dev', Method: 'POST', Resource: '/notes/{id}' };
    expect(await sum('Count', ofMethod)).toBe(1);
    cloudwatch.destroy();
  });
});
