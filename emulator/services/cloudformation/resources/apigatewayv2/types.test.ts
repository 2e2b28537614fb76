import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { live, made, marks, workOf } from '../gateway/testing/life.ts';
import type { Kept, Properties } from '../resource-type.ts';
import { account, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { apiGatewayV2Types as types } from './types.ts';

let stack: TrialStack;
let http: Kept;
let socket: Kept;
const functionArn = `arn:aws:lambda:${region}:${account}:function:fn`;
const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const selection = { RouteSelectionExpression: '$request.body.action' };

beforeAll(async () => {
  stack = await trialStack();
  const api = types['AWS::ApiGatewayV2::Api'];
  http = await made(stack, api, 'Http', { Name: 'http', ProtocolType: 'HTTP' });
  socket = await made(stack, api, 'Socket', { Name: 'socket', ProtocolType: 'WEBSOCKET', ...selection });
}, 60_000);
afterAll(async () => stack.stop(), 60_000);

const behind = (ApiId: string): Properties => ({
  ApiId,
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: functionArn,
  PayloadFormatVersion: '2.0',
});
const integrationOf = (ApiId: string, logicalId: string) =>
  made(stack, types['AWS::ApiGatewayV2::Integration'], logicalId, behind(ApiId));
const routeTo = (api: Kept, RouteKey: string, integration: Kept) =>
  made(stack, types['AWS::ApiGatewayV2::Route'], RouteKey.replaceAll(/\W/g, ''), {
    ApiId: api.id,
    RouteKey,
    Target: `integrations/${integration.id}`,
  });

describe('AWS::ApiGatewayV2::Api', () => {
  const type = types['AWS::ApiGatewayV2::Api'];

  it('lives by its properties', async () => {
    const kept = await live(stack, {
      type,
      logicalId: 'Api',
      properties: {
        Name: 'first',
        ProtocolType: 'HTTP',
        Description: 'an api',
        Version: '1',
        DisableExecuteApiEndpoint: true,
        CorsConfiguration: { AllowOrigins: ['https://example.com'], AllowMethods: ['GET'], MaxAge: 5 },
        Tags: { a: '1', b: '2' },
      },
      changed: { Name: 'second', ProtocolType: 'HTTP', Tags: { a: '3' } },
      found: 'find',
    });
    expect(kept.attributes).toEqual({
      ApiId: kept.id,
      ApiEndpoint: expect.stringContaining(kept.id) as string,
      ExecuteApiArn: `arn:aws:execute-api:${region}:${account}:${kept.id}`,
    });
  });

  it('is found by its protocol: not the one that it replaces', async () => {
    const properties = { Name: 'socket', ProtocolType: 'WEBSOCKET', ...selection };
    expect(await type.find?.(properties, workOf(stack, 'Socket'))).toMatchObject({ id: socket.id });
    expect(await type.find?.({ Name: 'http' }, workOf(stack, 'Socket'))).toBeUndefined();
  });

  it('has the tags of the stack, and loses none of them in a change', async () => {
    const tags = async () => (await stack.call('apigatewayv2', 'GetApi', { ApiId: http.id })).Tags;
    expect(await tags()).toEqual(marks('Http'));
    const wanted = { ...http.properties, Tags: { own: '1' } };
    await type.update?.(http, wanted, workOf(stack, 'Http'));
    expect(await tags()).toEqual({ ...marks('Http'), own: '1' });
  });

  it('takes a document, and what its properties say goes before it', async () => {
    const integration = {
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: 'https://example.com',
      // As YAML without quotes has it.
      payloadFormatVersion: 1.0,
    };
    const documentOf = (path: string): Properties => ({
      openapi: '3.0.1',
      info: { title: 'title', version: '1' },
      paths: { [path]: { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } },
    });
    const properties = {
      Body: documentOf('/notes'),
      CorsConfiguration: { AllowOrigins: ['*'] },
      FailOnWarnings: true,
    };
    const kept = await made(stack, type, 'Document', properties);
    const routes = async () =>
      (await stack.call('apigatewayv2', 'GetRoutes', { ApiId: kept.id })).Items?.map(
        ({ RouteKey }) => RouteKey,
      );
    const now = () => stack.call('apigatewayv2', 'GetApi', { ApiId: kept.id });
    expect(await now()).toMatchObject({ Name: 'title', CorsConfiguration: { AllowOrigins: ['*'] } });
    expect(await routes()).toEqual(['GET /notes']);
    const { Items: behindIt } = await stack.call('apigatewayv2', 'GetIntegrations', { ApiId: kept.id });
    expect(behindIt?.map(({ PayloadFormatVersion }) => PayloadFormatVersion)).toEqual(['1.0']);
    await type.update?.(
      kept,
      { ...properties, Name: 'named', Body: documentOf('/pages') },
      workOf(stack, 'Document'),
    );
    expect(await now()).toMatchObject({ Name: 'named', CorsConfiguration: { AllowOrigins: ['*'] } });
    expect(await routes()).toEqual(['GET /pages']);
    await type.delete(kept, workOf(stack, 'Document'));

    const bad = { Body: { openapi: '2.0' } };
    await expect(type.create(bad, workOf(stack, 'Bad'))).rejects.toThrow();
    expect(await type.find?.(bad, workOf(stack, 'Bad'))).toBeUndefined();
  });

  it('is made quickly with what it leads to', async () => {
    const properties = {
      Name: 'quick',
      ProtocolType: 'HTTP',
      Target: 'https://example.com',
      RouteKey: 'GET /',
    };
    const kept = await made(stack, type, 'Quick', properties);
    const { Items: stages } = await stack.call('apigatewayv2', 'GetStages', { ApiId: kept.id });
    expect(stages?.map(({ StageName }) => StageName)).toEqual(['$default']);
    const wanted = { ...properties, Target: 'https://example.org' };
    await type.update?.(kept, wanted, workOf(stack, 'Quick'));
    const { Items } = await stack.call('apigatewayv2', 'GetIntegrations', { ApiId: kept.id });
    expect(Items?.map(({ IntegrationUri }) => IntegrationUri)).toEqual(['https://example.org']);
    await type.delete(kept, workOf(stack, 'Quick'));
  });
});

describe('parts of an HTTP API', () => {
  it('has integrations', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGatewayV2::Integration'],
      logicalId: 'Integration',
      properties: {
        ...behind(http.id),
        Description: 'behind',
        TimeoutInMillis: 5000,
        RequestParameters: { 'overwrite:path': '/a', 'append:header.X-A': '1' },
        ResponseParameters: {
          '404': { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '200' }] },
          '500': { ResponseParameters: [{ Destination: 'append:header.X-B', Source: '2' }] },
        },
      },
      changed: {
        ...behind(http.id),
        TimeoutInMillis: 6000,
        RequestParameters: { 'overwrite:path': '/b' },
        ResponseParameters: {
          '404': { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '201' }] },
        },
      },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ IntegrationId: kept.id });
  });

  it('has authorizers and routes', async () => {
    const IdentitySource = ['$request.header.Authorization'];
    const own = { ApiId: http.id, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource };
    const type = types['AWS::ApiGatewayV2::Authorizer'];
    const jwt = (Audience: string) => ({ Audience: [Audience], Issuer: 'https://example.com' });
    const properties = { ...own, JwtConfiguration: jwt('one') };
    const changed = { ...own, JwtConfiguration: jwt('two') };
    const kept = await live(stack, { type, logicalId: 'Authorizer', properties, changed, found: 'find' });
    expect(kept.attributes).toEqual({ AuthorizerId: kept.id });

    const authorizer = await made(stack, type, 'There', properties);
    const integration = await integrationOf(http.id, 'Behind');
    const Target = `integrations/${integration.id}`;
    const route = await live(stack, {
      type: types['AWS::ApiGatewayV2::Route'],
      logicalId: 'Route',
      properties: {
        ApiId: http.id,
        RouteKey: 'GET /notes',
        Target,
        AuthorizationType: 'JWT',
        AuthorizerId: authorizer.id,
        AuthorizationScopes: ['read'],
        OperationName: 'notes',
      },
      changed: { ApiId: http.id, RouteKey: 'GET /pages', Target },
      found: 'find',
    });
    expect(route.attributes).toEqual({ RouteId: route.id });
    await type.delete(authorizer, workOf(stack, 'There'));
  });

  it('has stages and deployments', async () => {
    const integration = await integrationOf(http.id, 'Staged');
    await routeTo(http, 'GET /a', integration);
    await routeTo(http, 'GET /b', integration);
    const deployment = await live(stack, {
      type: types['AWS::ApiGatewayV2::Deployment'],
      logicalId: 'Deployment',
      properties: { ApiId: http.id, Description: 'first' },
      changed: { ApiId: http.id, Description: 'again' },
      found: 'find',
    });
    expect(deployment.attributes).toEqual({ DeploymentId: deployment.id });
    const own = { ApiId: http.id, StageName: 'dev' };
    const stage = await live(stack, {
      type: types['AWS::ApiGatewayV2::Stage'],
      logicalId: 'Stage',
      properties: {
        ...own,
        AutoDeploy: true,
        Description: 'dev',
        StageVariables: { Table: 'notes', other: 'x' },
        DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 },
        RouteSettings: { 'GET /a': { ThrottlingRateLimit: 1 }, 'GET /b': { ThrottlingRateLimit: 2 } },
        AccessLogSettings: {
          DestinationArn: `arn:aws:logs:${region}:${account}:log-group:access`,
          Format: '$context.requestId',
        },
        Tags: { a: '1' },
      },
      changed: {
        ...own,
        AutoDeploy: true,
        StageVariables: { Table: 'pages' },
        RouteSettings: { 'GET /a': { ThrottlingRateLimit: 3 } },
        Tags: { a: '2' },
      },
      found: 'name',
    });
    expect(stage.id).toBe('dev');
  });
});

describe('parts of a WebSocket API', () => {
  it('has models', async () => {
    const own = { ApiId: socket.id, Name: 'Note', ContentType: 'application/json' };
    const kept = await live(stack, {
      type: types['AWS::ApiGatewayV2::Model'],
      logicalId: 'Model',
      properties: { ...own, Description: 'of notes', Schema: { type: 'object' } },
      changed: { ...own, Schema: { type: 'array' } },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ ModelId: kept.id });
  });

  it('has routes and their responses', async () => {
    const integration = await made(stack, types['AWS::ApiGatewayV2::Integration'], 'Ws', {
      ApiId: socket.id,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: uri,
    });
    const route = await routeTo(socket, 'notes', integration);
    const own = { ApiId: socket.id, RouteId: route.id, RouteResponseKey: '$default' };
    const kept = await live(stack, {
      type: types['AWS::ApiGatewayV2::RouteResponse'],
      logicalId: 'RouteResponse',
      properties: { ...own, ResponseParameters: { 'route.response.header.X-A': { Required: true } } },
      changed: { ...own, ResponseModels: { 'application/json': 'Note' } },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ RouteResponseId: kept.id });
    const parameters = (...names: string[]): Properties => ({
      RequestParameters: Object.fromEntries(
        names.map((name) => [`route.request.querystring.${name}`, { Required: true }]),
      ),
    });
    const connect = { ApiId: socket.id, RouteKey: '$connect', Target: `integrations/${integration.id}` };
    await live(stack, {
      type: types['AWS::ApiGatewayV2::Route'],
      logicalId: 'Connect',
      properties: { ...connect, ...parameters('One', 'two'), ApiKeyRequired: true },
      changed: { ...connect, ...parameters('two', 'three') },
      found: 'find',
    });
  });

  it('has integrations with responses', async () => {
    const integration = await made(stack, types['AWS::ApiGatewayV2::Integration'], 'Mock', {
      ApiId: socket.id,
      IntegrationType: 'MOCK',
      RequestTemplates: { '200': '{"statusCode": 200}' },
    });
    const own = { ApiId: socket.id, IntegrationId: integration.id };
    const kept = await live(stack, {
      type: types['AWS::ApiGatewayV2::IntegrationResponse'],
      logicalId: 'IntegrationResponse',
      properties: { ...own, IntegrationResponseKey: '$default', ResponseTemplates: { Any: '{"A": 1}' } },
      changed: { ...own, IntegrationResponseKey: '/2../', TemplateSelectionExpression: 'Any' },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ IntegrationResponseId: kept.id });
  });
});

describe('what templates leave out or write as numbers', () => {
  it('is understood', async () => {
    const integration = await made(stack, types['AWS::ApiGatewayV2::Integration'], 'Numbered', {
      ...behind(http.id),
      PayloadFormatVersion: '2',
    });
    const place = { ApiId: http.id, IntegrationId: integration.id };
    const now = await stack.call('apigatewayv2', 'GetIntegration', place);
    expect(now.PayloadFormatVersion).toBe('2.0');
    const authorizer = await made(stack, types['AWS::ApiGatewayV2::Authorizer'], 'Sourceless', {
      ApiId: socket.id,
      Name: 'sourceless',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: uri,
    });
    expect(authorizer.id).toMatch(/^\w{6}$/);
    const ofHttp = await made(stack, types['AWS::ApiGatewayV2::Authorizer'], 'SourcelessHttp', {
      ApiId: http.id,
      Name: 'sourceless',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: uri,
      AuthorizerPayloadFormatVersion: '1',
    });
    const one = { ApiId: http.id, AuthorizerId: ofHttp.id };
    expect(await stack.call('apigatewayv2', 'GetAuthorizer', one)).toMatchObject({
      AuthorizerPayloadFormatVersion: '1.0',
      AuthorizerResultTtlInSeconds: 0,
    });
  });
});

describe('beside the APIs', () => {
  it('are domain names and their mappings', async () => {
    const DomainName = 'v2.example.com';
    const configurations = (id: string) => ({
      DomainNameConfigurations: [{ CertificateArn: `arn:aws:acm:${region}:${account}:certificate/${id}` }],
    });
    const type = types['AWS::ApiGatewayV2::DomainName'];
    const properties = { DomainName, Tags: { a: '1' } };
    const domain = await made(stack, type, 'Domain', { ...properties, ...configurations('one') });
    expect(domain.id).toBe(DomainName);
    expect(Object.keys(domain.attributes)).toEqual(['DomainNameArn', 'RegionalDomainName']);
    const work = workOf(stack, 'Domain');
    const wanted = { DomainName, Tags: { b: '2' }, ...configurations('two') };
    await type.update?.(domain, wanted, work);
    const now = await type.read?.({ ...domain, properties: wanted }, work);
    expect(now).toMatchObject(wanted);

    const integration = await integrationOf(http.id, 'Mapped');
    await routeTo(http, 'GET /mapped', integration);
    for (const StageName of ['one', 'two'])
      await made(stack, types['AWS::ApiGatewayV2::Stage'], StageName, {
        ApiId: http.id,
        StageName,
        AutoDeploy: true,
      });
    const mapping = await live(stack, {
      type: types['AWS::ApiGatewayV2::ApiMapping'],
      logicalId: 'Mapping',
      properties: { DomainName, ApiId: http.id, Stage: 'one' },
      changed: { DomainName, ApiId: http.id, Stage: 'two', ApiMappingKey: 'v1' },
      found: 'find',
    });
    expect(mapping.attributes).toEqual({ ApiMappingId: mapping.id });
    await type.delete(domain, work);
    expect(await type.read?.(domain, work)).toBeUndefined();
    await type.delete(domain, work);
  });

  it('are VPC links', async () => {
    const own = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
    const kept = await live(stack, {
      type: types['AWS::ApiGatewayV2::VpcLink'],
      logicalId: 'Link',
      properties: { Name: 'link', ...own, Tags: { a: '1' } },
      changed: { Name: 'other', ...own, Tags: { a: '2' } },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ VpcLinkId: kept.id });
  });
});
