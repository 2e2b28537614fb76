import {
  ExportApiCommand,
  GetApiCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  ImportApiCommand,
  ReimportApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { refusal } from '../../apigateway/testing/trial-gateway.ts';
import { without } from '../changes.ts';
import { TrialHttp } from '../http/testing/trial-http.ts';

let http: TrialHttp;
beforeAll(async () => {
  http = await TrialHttp.start();
});
afterAll(async () => {
  await http.stop();
});

/** As SAM writes it for an `AWS::Serverless::HttpApi`. */
const document = {
  openapi: '3.0.1',
  info: { title: 'shop', version: '1.0', description: 'd' },
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'order',
        security: [{ Jwt: ['read'] }],
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          httpMethod: 'POST',
          payloadFormatVersion: '2.0',
          uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations',
        },
      },
    },
    '/$default': {
      'x-amazon-apigateway-any-method': {
        isDefaultRoute: true,
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/site' },
      },
    },
  },
  components: {
    securitySchemes: {
      Jwt: {
        type: 'oauth2',
        'x-amazon-apigateway-authorizer': {
          type: 'jwt',
          identitySource: '$request.header.Authorization',
          jwtConfiguration: { issuer: 'https://issuer.example', audience: ['app'] },
        },
      },
    },
    'x-amazon-apigateway-integrations': {
      site: {
        type: 'http_proxy',
        httpMethod: 'ANY',
        uri: 'https://example.com',
        payloadFormatVersion: '1.0',
        responseParameters: { '404': { 'overwrite:statuscode': '200' } },
      },
    },
  },
  'x-amazon-apigateway-cors': { allowOrigins: ['https://a.example'], maxAge: 5 },
};

/** What an API is, without its ids. */
async function shape(ApiId: string) {
  const { client } = http;
  const { Items: routes = [] } = await client.send(new GetRoutesCommand({ ApiId }));
  const { Items: integrations = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));
  const { Items: authorizers = [] } = await client.send(new GetAuthorizersCommand({ ApiId }));
  const api = await client.send(new GetApiCommand({ ApiId }));
  return {
    api: { Name: api.Name, Version: api.Version, Description: api.Description, cors: api.CorsConfiguration },
    authorizers: authorizers.map((one) => without(one, 'AuthorizerId')),
    routes: Object.fromEntries(
      routes.map((route): [string, unknown] => {
        const integration = integrations.find(
          (one) => route.Target === `integrations/${one.IntegrationId ?? ''}`,
        );
        const guard = authorizers.find((one) => one.AuthorizerId === route.AuthorizerId)?.Name;
        const told = integration && without(integration, 'IntegrationId');
        return [
          route.RouteKey ?? '',
          { ...without(route, 'RouteId', 'Target', 'AuthorizerId'), guard, integration: told },
        ];
      }),
    ),
  };
}

describe('OpenAPI 3', () => {
  it('makes an HTTP API', async () => {
    const { ApiId = '' } = await http.client.send(new ImportApiCommand({ Body: JSON.stringify(document) }));
    expect(await shape(ApiId)).toMatchObject({
      api: {
        Name: 'shop',
        Version: '1.0',
        Description: 'd',
        cors: { AllowOrigins: ['https://a.example'], MaxAge: 5 },
      },
      authorizers: [{ Name: 'Jwt', AuthorizerType: 'JWT' }],
      routes: {
        'GET /orders/{id}': {
          AuthorizationType: 'JWT',
          AuthorizationScopes: ['read'],
          OperationName: 'order',
          guard: 'Jwt',
          integration: { IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' },
        },
        $default: {
          integration: {
            IntegrationType: 'HTTP_PROXY',
            ResponseParameters: { '404': { 'overwrite:statuscode': '200' } },
          },
        },
      },
    });
  });

  it('comes back as it went', async () => {
    const { client } = http;
    const { ApiId = '' } = await client.send(new ImportApiCommand({ Body: JSON.stringify(document) }));
    for (const OutputType of ['JSON', 'YAML']) {
      const { body } = await client.send(new ExportApiCommand({ ApiId, OutputType, Specification: 'OAS30' }));
      const Body = Buffer.from(body ?? []).toString('utf8');
      expect(parse(Body)).toMatchObject({ openapi: '3.0.1', info: { title: 'shop' } });
      const again = await client.send(new ImportApiCommand({ Body }));
      expect(await shape(again.ApiId ?? '')).toEqual(await shape(ApiId));
    }
  });

  it('takes the place of what an API had, or changes nothing', async () => {
    const { client } = http;
    const { ApiId = '' } = await client.send(new ImportApiCommand({ Body: JSON.stringify(document) }));
    const before = await shape(ApiId);
    const paths = { '/x': { get: { 'x-amazon-apigateway-integration': { $ref: '#/components/no' } } } };
    const wrong = JSON.stringify({ ...document, paths });
    expect(await refusal(client.send(new ReimportApiCommand({ ApiId, Body: wrong })))).toMatch(
      /^BadRequestException: Warnings found during import/,
    );
    expect(await refusal(client.send(new ReimportApiCommand({ ApiId, Body: 'nonsense' })))).toBe(
      'BadRequestException: Invalid OpenAPI input.',
    );
    expect(await shape(ApiId)).toEqual(before);
    const Body = JSON.stringify({ openapi: '3.0.1', info: { title: 'new', version: '2' }, paths: {} });
    await client.send(new ReimportApiCommand({ ApiId, Body }));
    expect((await shape(ApiId)).routes).toEqual({});
  });

  it('that nests without end is refused', async () => {
    const Body = `{"openapi":"3.0.1","a":${'['.repeat(100_000)}`;
    expect(await refusal(http.client.send(new ImportApiCommand({ Body })))).toBe(
      'BadRequestException: Invalid OpenAPI input.',
    );
  });
});
