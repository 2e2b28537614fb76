import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { live, made, marks, workOf } from '../gateway/testing/life.ts';
import type { Kept } from '../resource-type.ts';
import { region, trialRole, trialStack, type TrialStack } from '../testing/trial-stack.ts';
import { text } from '../translate/shaped.ts';
import { apiGatewayTypes as types } from './types.ts';

let stack: TrialStack;
let api: Kept;
let root: string;
const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:111122223333:function:fn/invocations`;

beforeAll(async () => {
  stack = await trialStack();
  api = await made(stack, types['AWS::ApiGateway::RestApi'], 'Api', { Name: 'parts' });
  root = text(api.attributes['RootResourceId']) ?? '';
}, 60_000);
afterAll(async () => stack.stop(), 60_000);

/** What belongs to the trial API. */
const ofApi = () => ({ RestApiId: api.id });

describe('parts of a REST API', () => {
  it('has resources', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::Resource'],
      logicalId: 'Notes',
      properties: { ...ofApi(), ParentId: root, PathPart: 'notes' },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ ResourceId: kept.id });
  });

  it('has models', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::Model'],
      logicalId: 'Model',
      properties: {
        ...ofApi(),
        Name: 'Note',
        ContentType: 'application/json',
        Description: 'of notes',
        Schema: { type: 'object', properties: { Text: { type: 'string' } } },
      },
      changed: { ...ofApi(), Name: 'Note', ContentType: 'application/json', Schema: { type: 'array' } },
      found: 'name',
    });
    expect(kept.id).toBe('Note');
  });

  it('has request validators', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::RequestValidator'],
      logicalId: 'Validator',
      properties: { ...ofApi(), Name: 'strict', ValidateRequestBody: true },
      changed: { ...ofApi(), Name: 'strict', ValidateRequestParameters: true },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ RequestValidatorId: kept.id });
  });

  it('has authorizers', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::Authorizer'],
      logicalId: 'Authorizer',
      properties: {
        ...ofApi(),
        Name: 'by-token',
        Type: 'TOKEN',
        AuthorizerUri: uri,
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerResultTtlInSeconds: 60,
      },
      changed: {
        ...ofApi(),
        Name: 'by-request',
        Type: 'REQUEST',
        AuthorizerUri: uri,
        IdentitySource: 'method.request.querystring.key',
      },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ AuthorizerId: kept.id });
  });

  it('has authorizers by user pools', async () => {
    const pool = (name: string) => `arn:aws:cognito-idp:${region}:111122223333:userpool/${name}`;
    const own = { ...ofApi(), Name: 'pools', Type: 'COGNITO_USER_POOLS' };
    const IdentitySource = 'method.request.header.Authorization';
    await live(stack, {
      type: types['AWS::ApiGateway::Authorizer'],
      logicalId: 'Pools',
      properties: { ...own, IdentitySource, ProviderARNs: [pool('one'), pool('two')] },
      changed: { ...own, IdentitySource, ProviderARNs: [pool('two'), pool('three')] },
      found: 'find',
    });
  });

  it('has gateway responses', async () => {
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::GatewayResponse'],
      logicalId: 'Response',
      properties: {
        ...ofApi(),
        ResponseType: 'DEFAULT_4XX',
        StatusCode: '418',
        ResponseParameters: { 'gatewayresponse.header.X-Kind': "'tea'" },
        ResponseTemplates: { 'application/json': '{"Kind": "tea"}' },
      },
      changed: {
        ...ofApi(),
        ResponseType: 'DEFAULT_4XX',
        ResponseTemplates: { 'application/json': '{}' },
      },
      found: 'name',
    });
    expect(kept.id).toMatch(/^trial-Respo-\w{12}$/);
    expect(kept.attributes).toEqual({ Id: kept.id });
  });

  it('has documentation and versions of it', async () => {
    const part = types['AWS::ApiGateway::DocumentationPart'];
    const location = { Type: 'METHOD', Path: '/notes', Method: 'GET' };
    const properties = { ...ofApi(), Location: location, Properties: '{"summary": "first"}' };
    const kept = await live(stack, {
      type: part,
      logicalId: 'Part',
      properties,
      changed: { ...properties, Properties: '{"summary": "second"}' },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ DocumentationPartId: kept.id });

    const there = await made(stack, part, 'There', properties);
    const version = await live(stack, {
      type: types['AWS::ApiGateway::DocumentationVersion'],
      logicalId: 'Version',
      properties: { ...ofApi(), DocumentationVersion: '1.0', Description: 'first' },
      changed: { ...ofApi(), DocumentationVersion: '1.0', Description: 'again' },
      found: 'name',
    });
    expect(version.id).toBe('1.0');
    await part.delete(there, workOf(stack, 'There'));
  });

  it('has methods with their responses and what is behind them', async () => {
    const place = { ...ofApi(), ResourceId: root, HttpMethod: 'POST' };
    const model = await made(stack, types['AWS::ApiGateway::Model'], 'Body', {
      ...ofApi(),
      Name: 'Body',
      Schema: {},
    });
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::Method'],
      logicalId: 'Post',
      properties: {
        ...place,
        AuthorizationType: 'NONE',
        ApiKeyRequired: true,
        OperationName: 'postNote',
        RequestParameters: { 'method.request.querystring.Page': true, 'method.request.header.X-A': false },
        RequestModels: { 'application/json': 'Body' },
        MethodResponses: [
          { StatusCode: '200', ResponseModels: { 'application/json': 'Body' } },
          { StatusCode: '404', ResponseParameters: { 'method.response.header.X-Why': true } },
        ],
        Integration: {
          Type: 'AWS',
          IntegrationHttpMethod: 'POST',
          Uri: uri,
          PassthroughBehavior: 'NEVER',
          RequestTemplates: { 'application/json': '{"Page": "$input.params(\'Page\')"}' },
          TimeoutInMillis: 5000,
          IntegrationResponses: [
            { StatusCode: '200' },
            {
              StatusCode: '404',
              SelectionPattern: 'none.*',
              ResponseParameters: { 'method.response.header.X-Why': "'gone'" },
            },
          ],
        },
      },
      changed: {
        ...place,
        AuthorizationType: 'AWS_IAM',
        RequestParameters: { 'method.request.querystring.Page': false },
        MethodResponses: [{ StatusCode: '201' }],
        Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode": 201}' } },
      },
      found: 'name',
    });
    expect(kept.id).toMatch(/^trial-Post-\w{12}$/);
    expect(kept.attributes).toEqual({});
    await types['AWS::ApiGateway::Model'].delete(model, workOf(stack, 'Body'));
  });

  it('leaves no method behind whose integration is refused', async () => {
    const method = types['AWS::ApiGateway::Method'];
    const properties = {
      ...ofApi(),
      ResourceId: root,
      HttpMethod: 'PUT',
      AuthorizationType: 'NONE',
      Integration: { Type: 'HTTP', IntegrationHttpMethod: 'GET', Uri: 'nowhere' },
    };
    const work = workOf(stack, 'Put');
    await expect(method.create(properties, work)).rejects.toThrow('Invalid HTTP endpoint specified for URI');
    expect(await method.read?.({ id: 'any', attributes: {}, properties }, work)).toBeUndefined();
  });
});

describe('what an account has for its REST APIs', () => {
  it('is a role that logs are written with', async () => {
    const logging = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
    const role = await trialRole(stack, 'logs', 'apigateway.amazonaws.com', [logging]);
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::Account'],
      logicalId: 'Account',
      properties: {},
      changed: { CloudWatchRoleArn: role },
      found: 'name',
      stays: true,
    });
    expect(kept.attributes).toEqual({ Id: kept.id });
    expect(await stack.call('apigateway', 'GetAccount', {})).toMatchObject({ cloudwatchRoleArn: role });
  });

  it('is API keys', async () => {
    const value = 'a-value-of-twenty-characters';
    const kept = await live(stack, {
      type: types['AWS::ApiGateway::ApiKey'],
      logicalId: 'Key',
      properties: { Name: 'key', Value: value, Enabled: true, Tags: [{ Key: 'of', Value: 'me' }] },
      changed: {
        Name: 'key',
        Value: value,
        Enabled: false,
        Description: 'off',
        StageKeys: [{ RestApiId: 'abc', StageName: 'dev' }],
        Tags: [{ Key: 'of', Value: 'you' }],
      },
      found: 'find',
    });
    expect(kept.attributes).toEqual({ APIKeyId: kept.id });
  });

  it('is API keys without a name of their own, with the tags of the stack', async () => {
    const type = types['AWS::ApiGateway::ApiKey'];
    const kept = await made(stack, type, 'Unnamed', { Enabled: true });
    const found = await stack.call('apigateway', 'GetApiKey', { apiKey: kept.id });
    expect(found.name).toMatch(/^trial-Unnamed-\w{12}$/);
    expect(found.tags).toEqual(marks('Unnamed'));
    expect(await type.find?.({ Enabled: true }, stack.work('Unnamed', 'another', {}))).toBeUndefined();
    await type.delete(kept, workOf(stack, 'Unnamed'));
  });

  it('is custom domain names and the paths that they lead to APIs by', async () => {
    const arn = (id: string) => `arn:aws:acm:${region}:111122223333:certificate/${id}`;
    const own = { DomainName: 'api.example.com', EndpointConfiguration: { Types: ['REGIONAL'] } };
    const type = types['AWS::ApiGateway::DomainName'];
    const properties = { ...own, RegionalCertificateArn: arn('one'), SecurityPolicy: 'TLS_1_2' };
    const kept = await live(stack, {
      type,
      logicalId: 'Domain',
      properties,
      changed: { ...own, RegionalCertificateArn: arn('two'), Tags: [{ Key: 'of', Value: 'me' }] },
      found: 'name',
    });
    expect(kept.id).toBe('api.example.com');
    expect(Object.keys(kept.attributes)).toEqual(['DomainNameArn', 'RegionalDomainName']);

    await made(stack, type, 'There', properties);
    const place = { DomainName: 'api.example.com', BasePath: 'v1' };
    const mapping = await live(stack, {
      type: types['AWS::ApiGateway::BasePathMapping'],
      logicalId: 'Mapping',
      properties: { ...place, RestApiId: api.id },
      changed: { ...place, RestApiId: api.id },
      found: 'name',
    });
    expect(mapping.id).toBe('api.example.com|v1');
  });
});
