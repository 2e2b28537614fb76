import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive } from '../../../lambda/testing/archive.ts';
import { live, made, marks, workOf } from '../gateway/testing/life.ts';
import type { Kept, Properties } from '../resource-type.ts';
import { account, region, trialRole, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { apiGatewayTypes as types } from './types.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
}, 60_000);
afterAll(async () => stack.stop(), 60_000);

const restApi = types['AWS::ApiGateway::RestApi'];
const mock = {
  responses: {},
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
  },
};
/** A document with one method at each path. */
const documentOf = (title: string, ...paths: string[]): Properties => ({
  openapi: '3.0.1',
  info: { title, version: '1' },
  paths: Object.fromEntries(paths.map((path) => [path, { get: mock }])),
});
const pathsOf = async ({ id }: Kept): Promise<(string | undefined)[]> => {
  const { items = [] } = await stack.call('apigateway', 'GetResources', { restApiId: id });
  return items.filter(({ resourceMethods }) => resourceMethods).map(({ path }) => path);
};
/** An API that can be deployed. */
const simple = (logicalId: string): Promise<Kept> =>
  made(stack, restApi, logicalId, { Body: documentOf(logicalId, '/') });
const remove = (kept: Kept): Promise<void> => restApi.delete(kept, workOf(stack, 'any'));

describe('AWS::ApiGateway::RestApi', () => {
  it('lives by its properties', async () => {
    const kept = await live(stack, {
      type: restApi,
      logicalId: 'Api',
      properties: {
        Name: 'first',
        Description: 'an api',
        BinaryMediaTypes: ['image/png', 'image/gif'],
        MinimumCompressionSize: 100,
        ApiKeySourceType: 'AUTHORIZER',
        DisableExecuteApiEndpoint: true,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        Tags: [
          { Key: 'b', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
          ],
        },
      },
      changed: {
        Name: 'second',
        BinaryMediaTypes: ['image/gif', '*/*'],
        EndpointConfiguration: { Types: ['EDGE'] },
        Tags: [{ Key: 'b', Value: '3' }],
      },
      found: 'find',
    });
    expect(kept.attributes).toEqual({
      RestApiId: kept.id,
      RootResourceId: expect.stringMatching(/^\w{10}$/) as string,
    });
  });

  it('has the tags of the stack, and loses none of them in a change', async () => {
    const kept = await made(stack, restApi, 'Tagged', { Name: 'tagged' });
    const tags = async () => (await stack.call('apigateway', 'GetRestApi', { restApiId: kept.id })).tags;
    expect(await tags()).toEqual(marks('Tagged'));
    await restApi.update?.(
      kept,
      { Name: 'tagged', Tags: [{ Key: 'own', Value: '1' }] },
      workOf(stack, 'Tagged'),
    );
    expect(await tags()).toEqual({ ...marks('Tagged'), own: '1' });
    await remove(kept);
  });

  it('takes a document, and what its properties say goes before it', async () => {
    const Body = {
      ...documentOf('title', '/notes'),
      'x-amazon-apigateway-binary-media-types': ['image/png'],
    };
    const properties = {
      Body,
      BinaryMediaTypes: ['image/gif'],
      Parameters: { endpointConfigurationTypes: 'REGIONAL' },
    };
    const kept = await made(stack, restApi, 'Document', properties);
    const now = () => stack.call('apigateway', 'GetRestApi', { restApiId: kept.id });
    expect(await now()).toMatchObject({
      name: 'title',
      binaryMediaTypes: ['image/png', 'image/gif'],
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    expect(await pathsOf(kept)).toEqual(['/notes']);

    const wanted = { ...properties, Name: 'named', Body: documentOf('other', '/', '/pages') };
    await restApi.update?.(kept, wanted, workOf(stack, 'Document'));
    expect(await now()).toMatchObject({ name: 'named' });
    expect(await pathsOf(kept)).toEqual(['/', '/pages']);

    const merged = { ...wanted, Mode: 'merge', Body: documentOf('merged', '/more') };
    await restApi.update?.({ ...kept, properties: wanted }, merged, workOf(stack, 'Document'));
    expect(await pathsOf(kept)).toEqual(['/', '/more', '/pages']);
    await remove(kept);
  });

  it('takes a document from S3', async () => {
    await stack.call('s3', 'CreateBucket', { Bucket: 'documents' });
    const put = async (...paths: string[]) =>
      await stack.call('s3', 'PutObject', {
        Bucket: 'documents',
        Key: 'api.json',
        Body: Buffer.from(JSON.stringify(documentOf('from S3', ...paths))),
      });
    await put('/one');
    const kept = await made(stack, restApi, 'Remote', {
      BodyS3Location: { Bucket: 'documents', Key: 'api.json' },
    });
    expect(await pathsOf(kept)).toEqual(['/one']);
    const gone = { BodyS3Location: { Bucket: 'documents', Key: 'none.json' } };
    await expect(restApi.create(gone, workOf(stack, 'Gone'))).rejects.toThrow(
      'The specified key does not exist.',
    );
    await remove(kept);
  });

  it('leaves nothing behind of a document that is refused', async () => {
    const Body = {
      ...documentOf('bad'),
      paths: { '/': { get: { 'x-amazon-apigateway-integration': {} } } },
    };
    await expect(restApi.create({ Body }, workOf(stack, 'Bad'))).rejects.toThrow(
      'Errors found during import',
    );
    expect(await restApi.find?.({ Body }, workOf(stack, 'Bad'))).toBeUndefined();
  });
});

describe('AWS::ApiGateway::Deployment and Stage', () => {
  it('serve an API', async () => {
    const api = await simple('Served');
    const own = { RestApiId: api.id };
    const type = types['AWS::ApiGateway::Deployment'];
    const deployment = await made(stack, type, 'First', { ...own, Description: 'first' });
    expect(deployment.attributes).toEqual({ DeploymentId: deployment.id });
    const second = await live(stack, {
      type,
      logicalId: 'Second',
      properties: { ...own, Description: 'second' },
      changed: { ...own, Description: 'again' },
      found: 'find',
    });
    expect(second.id).not.toBe(deployment.id);
    await stack.call('logs', 'CreateLogGroup', { logGroupName: 'access' });
    const logging = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
    const role = await trialRole(stack, 'logs', 'apigateway.amazonaws.com', [logging]);
    await made(stack, types['AWS::ApiGateway::Account'], 'Account', { CloudWatchRoleArn: role });
    const place = { ...own, StageName: 'prod', DeploymentId: deployment.id };
    const stage = await live(stack, {
      type: types['AWS::ApiGateway::Stage'],
      logicalId: 'Stage',
      properties: {
        ...place,
        Description: 'prod',
        Variables: { Table: 'notes', other: 'x' },
        TracingEnabled: true,
        CacheClusterEnabled: true,
        CacheClusterSize: '0.5',
        AccessLogSetting: {
          DestinationArn: `arn:aws:logs:${region}:${account}:log-group:access:*`,
          Format: '$context.requestId',
        },
        CanarySetting: {
          DeploymentId: deployment.id,
          PercentTraffic: 10,
          StageVariableOverrides: { Table: 'new' },
        },
        MethodSettings: [
          { ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'INFO', MetricsEnabled: true },
          { ResourcePath: '/', HttpMethod: 'GET', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 },
        ],
        Tags: [{ Key: 'a', Value: '1' }],
      },
      changed: {
        ...place,
        Variables: { Table: 'pages' },
        CacheClusterEnabled: false,
        MethodSettings: [
          { ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' },
          { ResourcePath: '/~1', HttpMethod: 'GET', ThrottlingRateLimit: 7 },
        ],
        Tags: [{ Key: 'a', Value: '2' }],
      },
      found: 'name',
    });
    expect(stage.id).toBe('prod');
    await remove(api);
  });

  it('leaves no stage behind whose settings are refused', async () => {
    const api = await simple('Refused');
    const RestApiId = api.id;
    const deployment = await made(stack, types['AWS::ApiGateway::Deployment'], 'D', { RestApiId });
    const stage = types['AWS::ApiGateway::Stage'];
    const MethodSettings = [{ ResourcePath: '/*', HttpMethod: '*', CacheTtlInSeconds: 5000 }];
    const properties = { RestApiId, StageName: 'prod', DeploymentId: deployment.id, MethodSettings };
    await expect(stage.create(properties, workOf(stack, 'S'))).rejects.toThrow('cache TTL');
    expect(
      await stage.read?.({ id: 'prod', attributes: {}, properties }, workOf(stack, 'S')),
    ).toBeUndefined();
    await remove(api);
  });

  it('of a deployment’s own move with it, and back when it goes', async () => {
    const api = await simple('Extra');
    const type = types['AWS::ApiGateway::Deployment'];
    const own = { RestApiId: api.id, StageName: 'Stage' };
    const first = await made(stack, type, 'One', {
      ...own,
      StageDescription: { Variables: { A: '1' }, LoggingLevel: 'OFF', Tags: [{ Key: 'a', Value: 'b' }] },
    });
    const place = { restApiId: api.id, stageName: 'Stage' };
    const now = () => stack.call('apigateway', 'GetStage', place);
    expect(await now()).toMatchObject({
      deploymentId: first.id,
      variables: { A: '1' },
      methodSettings: { '*/*': { loggingLevel: 'OFF' } },
      tags: { a: 'b' },
    });
    const second = await made(stack, type, 'Two', own);
    expect(await now()).toMatchObject({ deploymentId: second.id, variables: { A: '1' }, tags: { a: 'b' } });
    await type.delete(second, workOf(stack, 'Two'));
    expect(await now()).toMatchObject({ deploymentId: first.id });
    const third = await made(stack, type, 'Three', {
      ...own,
      DeploymentCanarySettings: { PercentTraffic: 50 },
    });
    expect(await now()).toMatchObject({ deploymentId: first.id, canarySettings: { deploymentId: third.id } });
    await type.delete(third, workOf(stack, 'Three'));
    await type.delete(first, workOf(stack, 'One'));
    await expect(now()).rejects.toThrow('Invalid stage identifier specified');
    await remove(api);
  });
});

describe('AWS::ApiGateway::UsagePlan and UsagePlanKey', () => {
  it('let keys use stages', async () => {
    const api = await simple('Planned');
    for (const StageName of ['dev', 'prod'])
      await made(stack, types['AWS::ApiGateway::Deployment'], StageName, { RestApiId: api.id, StageName });
    const stage = (Stage: string, Throttle?: Properties) => ({
      ApiId: api.id,
      Stage,
      ...(Throttle && { Throttle }),
    });
    const type = types['AWS::ApiGateway::UsagePlan'];
    const kept = await live(stack, {
      type,
      logicalId: 'Plan',
      properties: {
        UsagePlanName: 'plan',
        Description: 'for all',
        ApiStages: [stage('dev', { '/Notes/GET': { BurstLimit: 1, RateLimit: 2 } })],
        Throttle: { BurstLimit: 10, RateLimit: 5 },
        Quota: { Limit: 100, Offset: 1, Period: 'WEEK' },
        Tags: [{ Key: 'a', Value: '1' }],
      },
      changed: {
        UsagePlanName: 'plan',
        ApiStages: [stage('dev'), stage('prod', { '/pages/GET': { RateLimit: 3 } })],
        Quota: { Limit: 10, Period: 'DAY' },
      },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ Id: kept.id });

    const plan = await made(stack, type, 'Again', { ApiStages: [stage('dev')] });
    const key = await made(stack, types['AWS::ApiGateway::ApiKey'], 'Key', { Enabled: true });
    const planKey = await live(stack, {
      type: types['AWS::ApiGateway::UsagePlanKey'],
      logicalId: 'PlanKey',
      properties: { KeyId: key.id, KeyType: 'API_KEY', UsagePlanId: plan.id },
      found: 'name',
    });
    expect(planKey.id).toBe(`${key.id}:${plan.id}`);
    await type.delete(plan, workOf(stack, 'Again'));
    await remove(api);
  });
});

describe('an API by a document with a function behind it', () => {
  it('answers at its stage once it is deployed and permitted', async () => {
    const role = await trialRole(stack, 'fn', 'lambda.amazonaws.com');
    const code =
      "export const handler = async (event) => ({ statusCode: 200, body: 'of ' + event.pathParameters.id });";
    await stack.call('lambda', 'CreateFunction', {
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: archive({ 'index.mjs': code }) },
    });
    await workOf(stack, 'Function').until(30, 'The function is not active.', async () => {
      const { Configuration } = await stack.call('lambda', 'GetFunction', { FunctionName: 'fn' });
      return Configuration?.State === 'Active' ? true : undefined;
    });
    const arn = `arn:aws:lambda:${region}:${account}:function:fn`;
    const integration = {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    };
    // As the SAM transform makes them.
    const api = await made(stack, restApi, 'ServerlessRestApi', {
      Body: {
        swagger: '2.0',
        info: { title: 'trial', version: '1.0' },
        paths: { '/notes/{id}': { get: { 'x-amazon-apigateway-integration': integration, responses: {} } } },
      },
    });
    const deployment = await made(
      stack,
      types['AWS::ApiGateway::Deployment'],
      'ServerlessRestApiDeployment0',
      {
        RestApiId: api.id,
        Description: 'RestApi deployment id: 0',
        StageName: 'Stage',
      },
    );
    const stage = await made(stack, types['AWS::ApiGateway::Stage'], 'ServerlessRestApiProdStage', {
      RestApiId: api.id,
      DeploymentId: deployment.id,
      StageName: 'Prod',
    });
    await stack.call('lambda', 'AddPermission', {
      FunctionName: 'fn',
      StatementId: 'by-the-api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${region}:${account}:${api.id}/*/GET/notes/*`,
    });
    const { origin } = stack.running;
    const answer = await fetch(`${origin}/_aws/execute-api/${api.id}/Prod/notes/7`);
    expect([answer.status, await answer.text()]).toEqual([200, 'of 7']);

    await types['AWS::ApiGateway::Stage'].delete(stage, workOf(stack, 'ServerlessRestApiProdStage'));
    await types['AWS::ApiGateway::Deployment'].delete(
      deployment,
      workOf(stack, 'ServerlessRestApiDeployment0'),
    );
    await remove(api);
    expect((await fetch(`${origin}/_aws/execute-api/${api.id}/Prod/notes/7`)).status).toBe(403);
  }, 60_000);
});
