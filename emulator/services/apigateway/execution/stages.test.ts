import {
  CreateStageCommand,
  FlushStageCacheCommand,
  PutGatewayResponseCommand,
  PutIntegrationResponseCommand,
  TestInvokeAuthorizerCommand,
  TestInvokeMethodCommand,
  CreateAuthorizerCommand,
  UpdateAccountCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorded, recordedAtHand } from '../testing/recorded.ts';
import {
  ask,
  build,
  functionOf,
  permit,
  proxying,
  saying,
  studentAt,
  uriOf,
  type Student,
} from '../testing/trial-api.ts';
import { scope, TrialGateway } from '../testing/trial-gateway.ts';

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

describe('a deployment', () => {
  it('is a copy: edits show with the next one, and a stage goes back to an older one', async () => {
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, { 'GET /': saying('{"version":"$stageVariables.name 1"}') });
    const first = await gateway.deploy(restApiId, { stageName: 'dev', variables: { name: 'dev' } });
    const get = async (stage = 'dev') =>
      (await ask(gateway, `/_aws/execute-api/${restApiId}/${stage}/`)).json as { version: string };
    await gateway.client.send(
      new PutIntegrationResponseCommand({
        restApiId,
        resourceId: made.rootId,
        httpMethod: 'GET',
        statusCode: '200',
        responseTemplates: { 'application/json': '{"version":"$stageVariables.name 2"}' },
      }),
    );
    expect(await get()).toEqual({ version: 'dev 1' });
    const second = await gateway.deploy(restApiId, { stageName: 'dev' });
    expect(await get()).toEqual({ version: 'dev 2' });
    await updateStage(restApiId, replace('/deploymentId', first));
    expect(await get()).toEqual({ version: 'dev 1' });
    await gateway.client.send(
      new CreateStageCommand({
        restApiId,
        stageName: 'prod',
        deploymentId: second,
        variables: { name: 'prod' },
      }),
    );
    expect(await get('prod')).toEqual({ version: 'prod 2' });
    // Variables are the stage's: they need no deployment.
    await updateStage(restApiId, replace('/variables/name', 'new'));
    expect(await get()).toEqual({ version: 'new 1' });
  });

  it('as a canary gets its part, with variables of its own, and is promoted', async () => {
    const made = await gateway.api();
    const { restApiId } = made;
    const text = (version: string): string =>
      `{"version":"${version}","canary":"$context.isCanaryRequest","v":"$stageVariables.v","w":"$stageVariables.w"}`;
    await build(gateway, made, { 'GET /': saying(text('base')) });
    await gateway.deploy(restApiId, { stageName: 'dev', variables: { v: 'base', w: 'same' } });
    await gateway.client.send(
      new PutIntegrationResponseCommand({
        restApiId,
        resourceId: made.rootId,
        httpMethod: 'GET',
        statusCode: '200',
        responseTemplates: { 'application/json': text('canary') },
      }),
    );
    await gateway.deploy(restApiId, {
      stageName: 'dev',
      canarySettings: { percentTraffic: 0, stageVariableOverrides: { v: 'canary' } },
    });
    const get = async () => (await ask(gateway, `/_aws/execute-api/${restApiId}/dev/`)).json;
    const base = { version: 'base', canary: 'false', v: 'base', w: 'same' };
    const canary = { version: 'canary', canary: 'true', v: 'canary', w: 'same' };
    for (let at = 0; at < 5; at += 1) expect(await get()).toEqual(base);
    await updateStage(restApiId, replace('/canarySettings/percentTraffic', '100'));
    for (let at = 0; at < 5; at += 1) expect(await get()).toEqual(canary);
    await updateStage(
      restApiId,
      { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
      { op: 'remove', path: '/canarySettings' },
    );
    expect(await get()).toEqual({ ...base, version: 'canary' });
  });
});

describe('gateway responses', () => {
  it('are the API’s to word, and pages of other origins may read them', async () => {
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, {
      'GET /notes': saying('{}'),
      'OPTIONS /notes': {
        integration: saying('').integration,
        responses: [
          {
            statusCode: '200',
            responseParameters: {
              'method.response.header.Access-Control-Allow-Origin': "'*'",
              'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
            },
          },
        ],
      },
    });
    await gateway.client.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: 'DEFAULT_4XX',
        responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        responseTemplates: {
          'application/json': '{"why":$context.error.messageString,"id":"$context.requestId"}',
        },
      }),
    );
    await gateway.deploy(restApiId, { stageName: 'dev' });
    const base = `/_aws/execute-api/${restApiId}/dev`;
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    const preflight = await ask(gateway, `${base}/notes`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
      200,
      'GET,OPTIONS',
    ]);
    // MOCK is not traced (recorded).
    expect(preflight.headers['x-amzn-trace-id']).toBeUndefined();
    const missing = await ask(gateway, `${base}/none`, { headers: { origin: 'https://shop.example' } });
    expect([missing.status, missing.json, missing.headers['access-control-allow-origin']]).toEqual([
      403,
      { why: 'Missing Authentication Token', id: missing.headers['x-amzn-requestid'] },
      '*',
    ]);
  });
});

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
});

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

describe('a test', () => {
  it('of a method runs what is not deployed, and tells all, as recorded', async () => {
    const arn = await functionOf(
      student,
      'tested',
      'return { statusCode: 200, body: JSON.stringify(event) };',
    );
    const made = await gateway.api();
    const { restApiId } = made;
    const ids = await build(gateway, made, {
      'GET /foo': {
        integration: { type: 'AWS', integrationHttpMethod: 'POST', uri: uriOf(arn) },
        responses: [{ statusCode: '200' }],
      },
    });
    await permit(student.lambda, 'tested', restApiId);
    const method = { restApiId, resourceId: ids.get('/foo') ?? '', httpMethod: 'GET' };
    const answer = await gateway.client.send(
      new TestInvokeMethodCommand({
        ...method,
        pathWithQueryString: '/foo?queryTest=value',
        headers: { 'content-type': 'application/json' },
        body: '{"test": "val123"}',
      }),
    );
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers ?? {}).sort()).toEqual(['Content-Type', 'X-Amzn-Trace-Id']);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ body: '{"test":"val123"}' });
    const lines = (answer.log ?? '').split('\n');
    expect(lines[1]).toMatch(
      /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4} : Starting execution/,
    );
    if (recordedAtHand) {
      const { log } = recorded('basic', 'TestAPIGateway::test_apigw_test_invoke_method_api')[
        'test_invoke_method_response_with_body'
      ] as { log: Record<string, string> };
      // The beginning of each line, up to where it says what differs.
      const start = (line: string): string =>
        line
          .replace(/^.*? UTC \S+ : /, '')
          .replace(/^([A-Z][^:{]*[:{]?).*$/s, '$1')
          .replace(/ [0-9a-f-]{36}$|<.*$/, '')
          .trim();
      expect(lines.map(start)).toEqual(Object.values(log).map(start));
    }
    await gateway.client.send(
      new UpdateIntegrationCommand({ ...method, patchOperations: [replace('/timeoutInMillis', '50')] }),
    );
  });

  it('of an authorizer says what it decides', async () => {
    const arn = await functionOf(
      student,
      'tested-authorizer',
      `if (event.authorizationToken === 'no') throw new Error('Unauthorized');
       return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: event.methodArn }] } };`,
    );
    const { restApiId } = await gateway.api();
    const { id: authorizerId = '' } = await gateway.client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'a',
        type: 'TOKEN',
        authorizerUri: uriOf(arn),
        identitySource: 'method.request.header.Authorization',
      }),
    );
    await permit(student.lambda, 'tested-authorizer', restApiId, `authorizers/${authorizerId}`);
    const test = async (token: string) =>
      gateway.client.send(
        new TestInvokeAuthorizerCommand({ restApiId, authorizerId, headers: { Authorization: token } }),
      );
    const yes = await test('yes');
    expect([yes.clientStatus, yes.principalId]).toEqual([200, 'ada']);
    expect(JSON.parse(yes.policy ?? '')).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Resource: `arn:aws:execute-api:us-east-1:${scope.account}:${restApiId}/ESTestInvoke-stage/GET/`,
        },
      ],
    });
    expect((await test('no')).clientStatus).toBe(401);
  });
});
