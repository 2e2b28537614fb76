import * as sdk from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { forTests } from '../../apigateway/testing/for-tests.ts';
import { refusal } from '../../apigateway/testing/trial-gateway.ts';
import { TrialHttp } from '../http/testing/trial-http.ts';

const http = forTests(() => TrialHttp.start());
const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';

describe('refusals in AWS’s words', () => {
  // Any command: its answer is of no interest.
  const send = (command: unknown) => refusal(http().client.send(command as sdk.GetApiCommand));
  it.each<[string, Partial<sdk.CreateApiRequest>, string]>([
    ['WEBSOCKET', {}, 'Invalid routeSelectionExpression'],
    [
      'HTTP',
      { RouteSelectionExpression: '$request.body.action' },
      'Route selection expression is currently limited to "${request.method} ${request.path}"',
    ],
    [
      'WEBSOCKET',
      { RouteSelectionExpression: '$request.body.a', CorsConfiguration: { AllowOrigins: ['*'] } },
      'Cors is not supported for WEBSOCKET protocolType',
    ],
    [
      'HTTP',
      { CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } },
      "allow-credentials is not supported if 'allow-origin' is *",
    ],
  ])('of a %s API with %o', async (protocol, more, text) => {
    const ProtocolType = protocol as sdk.ProtocolType;
    expect(await send(new sdk.CreateApiCommand({ Name: 'n', ProtocolType, ...more }))).toBe(
      `BadRequestException: ${text}`,
    );
  });

  it.each<[Partial<sdk.CreateRouteRequest>, string]>([
    [
      { RouteKey: 'GET/x' },
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    ],
    [
      { RouteKey: 'GET /x', Target: 'integrations' },
      'Unexpected or malformed target in route. Correct format should be integrations/<integration_id>.',
    ],
    [
      { RouteKey: 'GET /x', ApiKeyRequired: true },
      'ApiKeyRequired is not currently supported for HTTP APIs.',
    ],
    [
      { RouteKey: 'GET /x', AuthorizationType: 'JWT' },
      'Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.',
    ],
    [
      { RouteKey: 'GET /x', AuthorizationScopes: ['a'] },
      'Invalid Route authorization type specified. Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization types',
    ],
  ])('of a route %o', async (input, text) => {
    const ApiId = await http().bare();
    const command = new sdk.CreateRouteCommand({ RouteKey: 'GET /', ...input, ApiId });
    expect(await send(command)).toBe(`BadRequestException: ${text}`);
  });

  it.each<[Partial<sdk.CreateIntegrationRequest>, string]>([
    [{ IntegrationUri: lambda }, 'PayloadFormatVersion is a required parameter for integration'],
    [{ IntegrationUri: lambda, PayloadFormatVersion: '3.0' }, 'Unsupported PayloadFormatVersion: 3.0'],
    [
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://a.b', PayloadFormatVersion: '2.0' },
      'PayloadFormatVersion 2.0 is not supported for integration of type HTTP_PROXY',
    ],
    [
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://a.b' },
      'HttpMethod parameter method must be specified for integrationType HTTPPROXY',
    ],
    [
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'x', IntegrationMethod: 'GET' },
      'Invalid HTTP endpoint specified for URI',
    ],
    [
      { IntegrationUri: lambda, PayloadFormatVersion: '2.0', RequestParameters: { 'header.x': "'1'" } },
      'Invalid Request Actioned Parameter',
    ],
    [
      {
        IntegrationUri: lambda,
        PayloadFormatVersion: '2.0',
        RequestParameters: { 'overwrite:header.Authorization': "'1'" },
      },
      'Operations on header authorization are restricted',
    ],
    [
      { IntegrationSubtype: 'SQS-Nothing', PayloadFormatVersion: '1.0' },
      'Operation: SQS-Nothing is not supported.',
    ],
    [
      { IntegrationSubtype: 'SQS-PurgeQueue', PayloadFormatVersion: '1.0' },
      'Role ARN must be specified for AWS integration configuration with Subtype: SQS-PurgeQueue',
    ],
    [
      { IntegrationUri: lambda, PayloadFormatVersion: '2.0', ConnectionType: 'VPC_LINK' },
      'ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK',
    ],
  ])('of an integration %o', async (input, text) => {
    const ApiId = await http().bare();
    const command = new sdk.CreateIntegrationCommand({ IntegrationType: 'AWS_PROXY', ...input, ApiId });
    expect(await send(command)).toBe(`BadRequestException: ${text}`);
  });

  it.each<[Partial<sdk.CreateAuthorizerRequest>, string]>([
    [{ AuthorizerType: 'JWT' }, 'JwtConfiguration must not be null for JWT Authorizer'],
    [{}, 'AuthorizerUri is a required field in an Authorizer'],
    [
      {
        AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambda}/invocations`,
      },
      'AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer',
    ],
  ])('of an authorizer %o', async (input, text) => {
    const ApiId = await http().bare();
    const basics = { Name: 'a', AuthorizerType: 'REQUEST' as const, IdentitySource: ['$request.header.a'] };
    expect(await send(new sdk.CreateAuthorizerCommand({ ...basics, ...input, ApiId }))).toBe(
      `BadRequestException: ${text}`,
    );
  });

  it('of what WebSocket APIs alone have, or have not', async () => {
    const ApiId = await http().webSocket();
    const route = (RouteKey: string, more = {}) =>
      send(new sdk.CreateRouteCommand({ ApiId, RouteKey, ...more }));
    expect(await route('$other')).toBe(
      'BadRequestException: The provided route key is not formatted properly',
    );
    expect(await route('hello', { AuthorizationType: 'AWS_IAM' })).toBe(
      'BadRequestException: Currently, authorization is restricted to the $connect route only',
    );
    const late = { ApiId, IntegrationType: 'MOCK' as const, TimeoutInMillis: 29_500 };
    expect(await send(new sdk.CreateIntegrationCommand(late))).toBe(
      'BadRequestException: Timeout should be between 50 ms and 29000 ms',
    );
    const plain = await http().bare();
    const response = { ApiId: plain, RouteId: 'r', RouteResponseKey: '$default' };
    expect(await send(new sdk.CreateRouteResponseCommand(response))).toBe(
      'BadRequestException: RouteResponses are currently not supported for this API protocol type.',
    );
  });

  it('of what is there already, is used, or is not there', async () => {
    const ApiId = await http().api({
      'GET /': { integration: { IntegrationUri: lambda, PayloadFormatVersion: '2.0' } },
    });
    const { Items: [route] = [] } = await http().client.send(new sdk.GetRoutesCommand({ ApiId }));
    const IntegrationId = route?.Target?.slice('integrations/'.length);
    expect(await send(new sdk.CreateRouteCommand({ ApiId, RouteKey: 'GET /' }))).toBe(
      'ConflictException: Route with key GET / already exists for this API',
    );
    expect(await send(new sdk.DeleteIntegrationCommand({ ApiId, IntegrationId }))).toBe(
      `ConflictException: Cannot delete Integration because it is referenced by the following Routes with Ids: [${route?.RouteId ?? ''}]`,
    );
    expect(await send(new sdk.CreateStageCommand({ ApiId, StageName: '$default' }))).toBe(
      'ConflictException: Stage already exists',
    );
    expect(await send(new sdk.GetStageCommand({ ApiId, StageName: 'x' }))).toBe(
      'NotFoundException: Invalid stage identifier specified',
    );
    const settings = { RouteSettings: { 'GET /x': {} } };
    expect(await send(new sdk.UpdateStageCommand({ ApiId, StageName: '$default', ...settings }))).toBe(
      'NotFoundException: Unable to find Route by key GET /x within the provided RouteSettings',
    );
    const logging = { DefaultRouteSettings: { LoggingLevel: 'INFO' as const } };
    expect(await send(new sdk.UpdateStageCommand({ ApiId, StageName: '$default', ...logging }))).toBe(
      'BadRequestException: Execution logs are not supported on protocolType HTTP',
    );
    expect(await send(new sdk.CreateDeploymentCommand({ ApiId: await http().bare() }))).toBe(
      'BadRequestException: At least one route is required before deploying the Api.',
    );
  });
});
