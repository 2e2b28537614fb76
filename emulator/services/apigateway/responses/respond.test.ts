import { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import type { ApiDefinition } from '../definition/definition.ts';
import { GatewayFailure } from '../execution/exchange.ts';
import { variablesFor } from '../mapping/testing.ts';
import { gatewayResponse } from './respond.ts';
import { GATEWAY_RESPONSE_TYPES, GATEWAY_RESPONSES } from './types.ts';

type Customised = ApiDefinition['gatewayResponses'];

function answer(
  failure: GatewayFailure,
  customised: Customised = {},
  variables = variablesFor({}),
): { status: number; body: string; headers: Readonly<Record<string, readonly string[]>> } {
  const { status, body, headers } = gatewayResponse(failure, customised, variables);
  return { status, body: new TextDecoder().decode(body), headers };
}

describe('gateway responses that nobody customised', () => {
  it('are the 21 of the SDK', () => {
    expect([...GATEWAY_RESPONSE_TYPES].sort()).toEqual(Object.values(GatewayResponseType).sort());
    expect(GATEWAY_RESPONSE_TYPES).toHaveLength(21);
  });

  // Facts, §3.2.
  it.each([
    [
      'MISSING_AUTHENTICATION_TOKEN',
      403,
      { message: 'Missing Authentication Token' },
      'MissingAuthenticationTokenException',
    ],
    ['INVALID_API_KEY', 403, { message: 'Forbidden' }, 'ForbiddenException'],
    ['UNAUTHORIZED', 401, { message: 'Unauthorized' }, 'UnauthorizedException'],
    [
      'ACCESS_DENIED',
      403,
      { Message: 'User is not authorized to access this resource' },
      'AccessDeniedException',
    ],
    ['AUTHORIZER_FAILURE', 500, { message: null }, 'AuthorizerConfigurationException'],
    ['AUTHORIZER_CONFIGURATION_ERROR', 500, { message: null }, 'AuthorizerConfigurationException'],
    ['THROTTLED', 429, { message: 'Too Many Requests' }, 'TooManyRequestsException'],
    ['QUOTA_EXCEEDED', 429, { message: 'Limit Exceeded' }, 'LimitExceededException'],
    ['BAD_REQUEST_BODY', 400, { message: 'Invalid request body' }, 'BadRequestException'],
    ['UNSUPPORTED_MEDIA_TYPE', 415, { message: 'Unsupported Media Type' }, 'BadRequestException'],
    ['INTEGRATION_TIMEOUT', 504, { message: 'Endpoint request timed out' }, 'InternalServerErrorException'],
  ] as const)('%s', (type, status, body, errorType) => {
    const given = answer(new GatewayFailure(type, GATEWAY_RESPONSES[type].message));
    expect(given.status).toBe(status);
    expect(JSON.parse(given.body)).toEqual(body);
    expect(given.headers).toEqual({ 'Content-Type': ['application/json'], 'x-amzn-ErrorType': [errorType] });
  });

  it("keep a failure's own status: a function that answers nonsense is 502", () => {
    const failure = new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 502 });
    expect(answer(failure)).toMatchObject({ status: 502, body: '{"message":"Internal server error"}' });
  });

  it('leave the error in the context for the access log', () => {
    const variables = variablesFor({});
    const failure = new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body', {
      validationErrors: '[x]',
    });
    answer(failure, {}, variables);
    expect(variables.context.error).toEqual({
      message: 'Invalid request body',
      messageString: '"Invalid request body"',
      responseType: 'BAD_REQUEST_BODY',
      validationErrorString: '[x]',
    });
  });
});

describe('customised gateway responses', () => {
  const customised: Customised = {
    DEFAULT_4XX: {
      responseType: 'DEFAULT_4XX',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
    },
    UNAUTHORIZED: {
      responseType: 'UNAUTHORIZED',
      statusCode: '418',
      responseParameters: {
        'gatewayresponse.header.X-Kind': 'context.error.responseType',
        'gatewayresponse.header.X-Stage': 'stageVariables.colour',
        'gatewayresponse.header.X-Origin': 'method.request.header.origin',
        'gatewayresponse.header.X-Query': 'method.request.querystring.q',
        'gatewayresponse.header.X-Id': 'method.request.path.id',
        'gatewayresponse.header.X-None': 'method.request.header.none',
        'gatewayresponse.header.x-amzn-errortype': "'Mine'",
      },
      responseTemplates: {
        'application/json':
          '{"m":$context.error.messageString,"raw":"$context.error.message","s":"${context.stage}","v":"$stageVariables.colour","no":"$context.none.such","price":"$5","x":"$other"}',
        'application/xml': '<m>$context.error.message</m>',
      },
    },
  };
  const failure = new GatewayFailure('UNAUTHORIZED', 'No "token"');
  const variables = (accept?: string): ReturnType<typeof variablesFor> =>
    variablesFor({
      stageVariables: { colour: 'green' },
      request: {
        headers: { Origin: ['https://a.example'], ...(accept === undefined ? {} : { Accept: [accept] }) },
        query: { q: ['1', '2'] },
        path: { id: '7' },
      },
    });

  it('put variables into templates and headers, and nothing of VTL', () => {
    const given = answer(failure, customised, variables());
    expect(given.status).toBe(418);
    expect(given.body).toBe(
      '{"m":"No \\"token\\"","raw":"No "token"","s":"dev","v":"green","no":"","price":"$5","x":"$other"}',
    );
    expect(given.headers).toEqual({
      'Content-Type': ['application/json'],
      'x-amzn-ErrorType': ['Mine'],
      'X-Kind': ['UNAUTHORIZED'],
      'X-Stage': ['green'],
      'X-Origin': ['https://a.example'],
      'X-Query': ['2'],
      'X-Id': ['7'],
    });
  });

  it('are chosen by what the client accepts', () => {
    expect(answer(failure, customised, variables('text/html, application/xml;q=0.9'))).toMatchObject({
      body: '<m>No "token"</m>',
      headers: { 'Content-Type': ['application/xml'] },
    });
    expect(answer(failure, customised, variables('text/html')).headers['Content-Type']).toEqual([
      'application/json',
    ]);
  });

  it('fall back to DEFAULT_4XX and DEFAULT_5XX, whose status counts only where it is set', () => {
    const denied = new GatewayFailure('ACCESS_DENIED', 'no');
    expect(answer(denied, customised)).toMatchObject({
      status: 403,
      body: '{"Message":"no"}',
      headers: { 'Access-Control-Allow-Origin': ['*'] },
    });
    const gone: Customised = { DEFAULT_5XX: { responseType: 'DEFAULT_5XX', statusCode: '503' } };
    expect(answer(new GatewayFailure('INTEGRATION_TIMEOUT', 'late'), gone).status).toBe(503);
    expect(answer(new GatewayFailure('THROTTLED', 'slow'), gone).status).toBe(429);
  });
});
