import * as v1 from '@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js';
import * as v2 from '@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js';
import { describe, expect, it } from 'vitest';
import { actionOf } from '../server/access/actions.ts';
import { identities } from '../services/identities.ts';
import { resourceNames } from './named-resources.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
describe('what a role needs to manage APIs', () => {
  const scope = { account: '111111111111', region: 'us-east-1' };
  const method = { restApiId: 'a', resourceId: 'r', httpMethod: 'GET' };
  it.each([
    ['CreateRestApi', { name: 'n' }, 'POST', '/restapis'],
    ['GetRestApi', { restApiId: 'a' }, 'GET', '/restapis/a'],
    ['PutMethod', method, 'PUT', '/restapis/a/resources/r/methods/GET'],
    ['UpdateStage', { restApiId: 'a', stageName: 'dev' }, 'PATCH', '/restapis/a/stages/dev'],
    ['FlushStageCache', { restApiId: 'a', stageName: 'dev' }, 'DELETE', '/restapis/a/stages/dev/cache/data'],
    ['TestInvokeMethod', method, 'POST', '/restapis/a/resources/r/methods/GET'],
    ['TagResource', { resourceArn: 'x' }, 'PUT', '/tags/x'],
    ['UntagResource', { resourceArn: 'x' }, 'DELETE', '/tags/x'],
    ['ImportRestApi', {}, 'POST', '/restapis'],
    ['PutRestApi', { restApiId: 'a' }, 'PUT', '/restapis/a'],
    ['GetAccount', {}, 'GET', '/account'],
  ] as const)('%s', (operation, input, action, path) => {
    expect(actionOf(identities.apigateway, operation, input)).toBe(`apigateway:${action}`);
    const names = resourceNames({ [operation]: () => ({}) }, v1 as Readonly<Record<string, unknown>>);
    expect(names[operation]?.(input, scope)).toBe(`arn:aws:apigateway:us-east-1::${path}`);
  });

  it.each([
    ['CreateApi', { Name: 'n' }, 'POST', '/apis'],
    ['ImportApi', {}, 'PUT', '/apis'],
    ['ExportApi', { ApiId: 'a', Specification: 'OAS30' }, 'GET', '/apis/a/exports/OAS30'],
    ['UpdateRoute', { ApiId: 'a', RouteId: 'r' }, 'PATCH', '/apis/a/routes/r'],
    [
      'ResetAuthorizersCache',
      { ApiId: 'a', StageName: 'dev' },
      'DELETE',
      '/apis/a/stages/dev/cache/authorizers',
    ],
  ] as const)('%s of version two', (operation, input, action, path) => {
    expect(actionOf(identities.apigatewayv2, operation, input)).toBe(`apigateway:${action}`);
    const names = resourceNames({ [operation]: () => ({}) }, v2 as Readonly<Record<string, unknown>>);
    expect(names[operation]?.(input, scope)).toBe(`arn:aws:apigateway:us-east-1::${path}`);
  });
});
