import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { ApiDefinition } from '../../definition/definition.ts';
import { importApi } from './import.ts';
import type { ImportOptions } from './options.ts';
import { emptyApi, importOptions } from '../testing/small-api.ts';
import { SWAGGER } from '../testing/shop.ts';

const imported = (document: unknown, change: Partial<ImportOptions> = {}): ApiDefinition =>
  importApi(JSON.stringify(document), importOptions(change)).definition;
const at = (api: ApiDefinition, path: string): ApiDefinition['resources'][string] => {
  const found = Object.values(api.resources).find((one) => one.path === path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found;
};
const paths = (api: ApiDefinition): string[] =>
  Object.values(api.resources)
    .map((one) => one.path)
    .sort();
const refusal = (body: string | object, change: Partial<ImportOptions> = {}): string => {
  try {
    importApi(typeof body === 'string' ? body : JSON.stringify(body), importOptions(change));
  } catch (error) {
    if (error instanceof ServiceFailure) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};

describe('a document that is imported', () => {
  const api = imported(SWAGGER, { existing: emptyApi({ rootResourceId: 'r0' }) });

  it('gives the API its settings', () => {
    expect(api).toMatchObject({
      apiId: 'abc123',
      name: 'Shop',
      version: '1',
      description: 'A shop',
      rootResourceId: 'r0',
      apiKeySource: 'AUTHORIZER',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 100,
      policy: '{"Version":"2012-10-17","Statement":[]}',
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['EDGE'], vpcEndpointIds: ['vpce-1'] },
      gatewayResponses: {
        DEFAULT_4XX: {
          responseType: 'DEFAULT_4XX',
          responseParameters: { 'gatewayresponse.header.X': "'1'" },
        },
        THROTTLED: { responseType: 'THROTTLED', statusCode: '420' },
      },
    });
    expect(Object.values(api.models).map((one) => one.name)).toContain('Order');
    expect(api.models['Order']?.schema).toContain(
      'https://apigateway.amazonaws.com/restapis/abc123/models/Item',
    );
  });

  it('gives resources with all that lie above them', () => {
    expect(paths(api)).toEqual(['/', '/orders', '/orders/{id}', '/{proxy+}']);
    expect(at(api, '/orders/{id}')).toMatchObject({ pathPart: '{id}', parentId: at(api, '/orders').id });
    expect(at(api, '/orders')).toMatchObject({ parentId: 'r0', methods: {} });
  });

  it('gives methods with parameters, models, security and integration', () => {
    const { GET, PUT, ANY } = at(api, '/orders/{id}').methods;
    const mine = Object.values(api.authorizers).find((one) => one.name === 'mine');
    const validator = Object.values(api.requestValidators)[0];
    expect(mine).toMatchObject({
      type: 'TOKEN',
      authType: 'custom',
      identitySource: 'method.request.header.Authorization',
      authorizerResultTtlInSeconds: 60,
    });
    expect(GET).toMatchObject({
      operationName: 'GetOrder',
      authorizationType: 'CUSTOM',
      authorizerId: mine?.id,
      authorizationScopes: ['read'],
      apiKeyRequired: true,
      requestValidatorId: validator?.id,
      requestParameters: {
        'method.request.path.id': true,
        'method.request.querystring.verbose': false,
        'method.request.header.X-Trace': true,
      },
      methodResponses: {
        200: {
          statusCode: '200',
          responseParameters: { 'method.response.header.X-A': false },
          responseModels: { 'application/json': 'Order' },
        },
      },
      integration: {
        type: 'AWS_PROXY',
        httpMethod: 'POST',
        passthroughBehavior: 'NEVER',
        timeoutInMillis: 1500,
        tlsConfig: { insecureSkipVerification: true },
        integrationResponses: {
          400: {
            statusCode: '400',
            selectionPattern: '4\\d{2}',
            responseTemplates: { 'application/json': '{}' },
          },
          200: { statusCode: '200' },
        },
      },
    });
    expect(GET).not.toHaveProperty('requestModels');
    expect(PUT).toMatchObject({
      authorizationType: 'NONE',
      requestModels: { 'application/json': 'Order', 'application/xml': 'Order' },
    });
    expect(ANY).toMatchObject({
      httpMethod: 'ANY',
      authorizationType: 'AWS_IAM',
      integration: { type: 'MOCK', timeoutInMillis: 29_000 },
    });
    const post = at(api, '/{proxy+}').methods['POST'];
    expect(post).toMatchObject({ authorizationType: 'COGNITO_USER_POOLS' });
    expect(post?.requestModels?.['application/json']).toMatch(/^MODEL[0-9a-f]{6}$/);
  });

  it('may be YAML, and bytes', () => {
    const yaml = new TextEncoder().encode(stringify(SWAGGER));
    expect(
      importApi(yaml, importOptions({ existing: emptyApi({ rootResourceId: 'r0' }) })).definition,
    ).toEqual(api);
  });

  it('has its base path ignored, put before all paths, or split after the stage', () => {
    const of = (basePath: ImportOptions['basePath'], document: object = SWAGGER): string[] =>
      paths(imported(document, { basePath }));
    expect(of('prepend')).toContain('/live/v1/orders/{id}');
    expect(of('split')).toContain('/v1/orders/{id}');
    const openapi = {
      openapi: '3.0.1',
      info: { title: 'x' },
      paths: { '/a': {} },
      servers: [{ url: 'https://h/{basePath}/c', variables: { basePath: { default: '/s' } } }],
    };
    expect(of('prepend', openapi)).toContain('/s/c/a');
    expect(of('split', openapi)).toContain('/c/a');
    expect(of('ignore', openapi)).toEqual(['/', '/a']);
  });

  it('is merged into an API, or takes its place; ids of what stays stay', () => {
    const more = {
      swagger: '2.0',
      info: { title: 'More' },
      paths: { '/orders/{id}': { get: { responses: {} } }, '/new': { get: { responses: {} } } },
      definitions: { Item: { type: 'integer' } },
    };
    const ids = { newId: (): string => `new${String((count += 1))}` };
    let count = 0;
    const merged = imported(more, { ...ids, existing: api, mode: 'merge' });
    expect(paths(merged)).toEqual(['/', '/new', '/orders', '/orders/{id}', '/{proxy+}']);
    expect(Object.keys(at(merged, '/orders/{id}').methods).sort()).toEqual(['ANY', 'GET', 'PUT']);
    expect(at(merged, '/orders/{id}').methods['GET']).toMatchObject({
      authorizationType: 'NONE',
      methodResponses: {},
    });
    expect(at(merged, '/orders/{id}').id).toBe(at(api, '/orders/{id}').id);
    expect(merged.models['Item']).toMatchObject({
      id: api.models['Item']?.id,
      schema: expect.stringContaining('integer') as string,
    });
    expect(merged).toMatchObject({
      name: 'More',
      authorizers: api.authorizers,
      gatewayResponses: api.gatewayResponses,
    });
    const over = imported(more, { ...ids, existing: api });
    expect(paths(over)).toEqual(['/', '/new', '/orders', '/orders/{id}']);
    expect(at(over, '/orders').id).toBe(at(api, '/orders').id);
    expect(over).toMatchObject({
      apiId: 'abc123',
      authorizers: {},
      gatewayResponses: {},
      requestValidators: {},
    });
    expect(Object.keys(over.models)).toEqual(['Item']);
  });

  it('is refused where it is none, or has errors', () => {
    for (const bad of [
      '',
      'x',
      '{',
      '[]',
      'a: [',
      '{"swagger":"1.2"}',
      '{"openapi":"4.0"}',
      '{"openapi":"3.0.1"}',
      'null',
      '&a [*a]',
      '- - -',
    ]) {
      expect(refusal(bad), bad).toBe('BadRequestException: Invalid OpenAPI input.');
    }
    const broken = {
      swagger: '2.0',
      info: { title: 'x' },
      paths: {
        '/a': {
          get: {
            parameters: [{ in: 'body', schema: { $ref: '#/definitions/Gone' } }],
            'x-amazon-apigateway-integration': { type: 'nothing' },
          },
        },
      },
    };
    expect(refusal(broken)).toBe(
      "BadRequestException: Errors found during import:\n\tUnable to put method 'GET' on resource at path '/a': Invalid model identifier specified: Gone\n\tUnable to put integration on 'GET' for resource at path '/a': Enumeration value for IntegrationType must be non-empty",
    );
    const warned = {
      swagger: '2.0',
      info: { title: 'x' },
      paths: { '/a': { get: { 'x-amazon-apigateway-request-validator': 'none' } } },
    };
    expect(importApi(JSON.stringify(warned), importOptions()).warnings).toHaveLength(1);
    expect(refusal(warned, { failOnWarnings: true })).toMatch(
      /^BadRequestException: Warnings found during import:\n\t/,
    );
  });
});
