import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteCorsConfigurationCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Echo, TrialHttp, type TrialRoute } from './testing/trial-http.ts';

let http: TrialHttp;
let echo: Echo;
let proxied: TrialRoute;
beforeAll(async () => {
  [http, echo] = await Promise.all([TrialHttp.start(), Echo.start()]);
  proxied = {
    integration: { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: echo.origin },
  };
});
afterAll(async () => {
  await http.stop();
  await echo.stop();
});

describe('CORS', () => {
  const from = (origin: string, more = {}) => ({ headers: { origin, ...more } });
  const asked = (origin: string) => ({
    method: 'OPTIONS',
    ...from(origin, { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-a' }),
  });
  let apiId: string;
  beforeAll(async () => {
    apiId = await http.api(
      { 'GET /': proxied, 'GET /signed': { ...proxied, route: { AuthorizationType: 'AWS_IAM' } } },
      {
        CorsConfiguration: {
          AllowOrigins: ['https://page.example', 'https://*.shop.example'],
          AllowMethods: ['GET'],
          AllowHeaders: ['x-a'],
          ExposeHeaders: ['x-back-end'],
          MaxAge: 60,
          AllowCredentials: true,
        },
      },
    );
  });

  it('answers browsers that ask first, without a route for it', async () => {
    const { status, headers } = await http.ask(apiId, '/', asked('https://page.example'));
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://page.example',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-a',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '60',
    });
    const other = await http.ask(apiId, '/', asked('https://evil.example'));
    expect([other.status, other.headers['access-control-allow-origin']]).toEqual([204, undefined]);
  });

  it('stands in place of what the back end says', async () => {
    const answer = await http.ask(apiId, '/', from('https://one.shop.example'));
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://one.shop.example',
      'access-control-expose-headers': 'x-back-end',
    });
    const evil = await http.ask(apiId, '/', from('https://evil.example'));
    expect(evil.headers['access-control-allow-origin']).toBeUndefined();
    const refused = await http.ask(apiId, '/signed', from('https://page.example'));
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([
      403,
      'https://page.example',
    ]);
  });

  it('is the back end’s own where the API has none', async () => {
    await http.client.send(new DeleteCorsConfigurationCommand({ ApiId: apiId }));
    const { headers } = await http.ask(apiId, '/', from('https://page.example'));
    expect(headers['access-control-allow-origin']).toBe('https://of-the-back-end.example');
    expect((await http.ask(apiId, '/', asked('https://page.example'))).status).toBe(404);
  });
});

describe('deployments', () => {
  it('are what a stage serves, until it is moved', async () => {
    const apiId = await http.api({ 'GET /': proxied }, { stage: { StageName: 'auto' } });
    const { DeploymentId } = await http.client.send(new CreateDeploymentCommand({ ApiId: apiId }));
    await http.client.send(new CreateStageCommand({ ApiId: apiId, StageName: 'fixed', DeploymentId }));
    await http.routes(apiId, { 'GET /new': proxied });
    const statusOf = async (path: string) => (await http.ask(apiId, path)).status;
    expect([await statusOf('/fixed/new'), await statusOf('/auto/new')]).toEqual([404, 200]);
    const later = await http.client.send(new CreateDeploymentCommand({ ApiId: apiId, StageName: 'fixed' }));
    expect(await statusOf('/fixed/new')).toBe(200);
    await http.client.send(new UpdateStageCommand({ ApiId: apiId, StageName: 'fixed', DeploymentId }));
    expect(await statusOf('/fixed/new')).toBe(404);
    const stage = await http.client.send(new GetStageCommand({ ApiId: apiId, StageName: 'auto' }));
    expect(stage.LastDeploymentStatusMessage).toBe(
      `Successfully deployed stage with deployment ID '${stage.DeploymentId ?? ''}'`,
    );
    const { Items = [] } = await http.client.send(new GetDeploymentsCommand({ ApiId: apiId }));
    expect(Items.map((one) => [one.DeploymentId, one.AutoDeployed]).sort()).toEqual(
      [
        [DeploymentId, false],
        [later.DeploymentId, false],
        [stage.DeploymentId, true],
      ].sort(),
    );
  });
});

describe('what is noted', () => {
  it('is a line of the access log for each request that found a route', async () => {
    const logs = new CloudWatchLogsClient(http.gateway.settings());
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'access' }));
    const apiId = await http.api(
      { 'GET /{id}': proxied },
      {
        stage: {
          AccessLogSettings: {
            DestinationArn: 'arn:aws:logs:us-east-1:111111111111:log-group:access',
            Format:
              '$context.requestId $context.routeKey $context.status $context.path $context.integrationStatus $context.authorizer.error',
          },
        },
      },
    );
    const { headers } = await http.ask(apiId, '/1', { headers: { 'x-status': '201' } });
    await http.ask(apiId, '/1/2');
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: 'access' }));
    expect(events.map(({ message }) => message)).toEqual([
      `${String(headers['apigw-requestid'])} GET /{id} 201 /1 201 -`,
    ]);
    logs.destroy();
  });

  it('is counted by API and stage', async () => {
    const apiId = await http.api({ 'GET /': proxied });
    for (const status of ['200', '404', '503'])
      await http.ask(apiId, '/', { headers: { 'x-status': status } });
    const cloudwatch = new CloudWatchClient(http.gateway.settings());
    const now = http.gateway.running.cloud.clock.now();
    const sum = async (MetricName: string, ...dimensions: [string, string][]) => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/ApiGateway',
          MetricName,
          Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
          StartTime: new Date(now - 3_600_000),
          EndTime: new Date(now + 3_600_000),
          Period: 86_400,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((all, { Sum = 0 }) => all + Sum, 0);
    };
    const stage: [string, string][] = [
      ['ApiId', apiId],
      ['Stage', '$default'],
    ];
    expect(await sum('Count', ['ApiId', apiId])).toBe(3);
    expect([await sum('Count', ...stage), await sum('4xx', ...stage), await sum('5xx', ...stage)]).toEqual([
      3, 1, 1,
    ]);
    cloudwatch.destroy();
  });
});
