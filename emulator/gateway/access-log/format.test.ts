import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variablesFor } from '../../services/apigateway/mapping/testing.ts';
import { accessLogLine, hasRequestId } from './format.ts';

const { context } = variablesFor({
  context: {
    status: 200,
    responseLength: 12,
    resourcePath: '/notes/{id}',
    authorizer: { principalId: 'user', claims: { sub: 's"1', 'cognito:username': 'ann' }, scope: '' },
    integration: { latency: 5, status: 201, error: null },
    error: { message: null, messageString: 'null', responseType: 'THROTTLED' },
  },
});

describe('access log lines', () => {
  it('in JSON', () => {
    const format =
      '{ "requestId":"$context.requestId","ip":"$context.identity.sourceIp","caller":"$context.identity.caller","user":"$context.identity.user","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","resourcePath":"$context.resourcePath","status":"$context.status","protocol":"$context.protocol","responseLength":"$context.responseLength" }';
    expect(JSON.parse(accessLogLine(format, context))).toEqual({
      requestId: context.requestId,
      ip: '127.0.0.1',
      caller: '-',
      user: '-',
      requestTime: '23/Nov/2026:11:51:40 +0000',
      httpMethod: 'POST',
      resourcePath: '/notes/{id}',
      status: '200',
      protocol: 'HTTP/1.1',
      responseLength: '12',
    });
  });

  it('in CLF, CSV and XML', () => {
    expect(
      accessLogLine(
        '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId',
        context,
      ),
    ).toBe(
      `127.0.0.1 - - [23/Nov/2026:11:51:40 +0000] "POST /notes/{id} HTTP/1.1" 200 12 ${context.requestId}`,
    );
    expect(accessLogLine('$context.stage,$context.apiId,$context.none', context)).toBe('dev,abc123,-');
    expect(
      accessLogLine('<request id="$context.requestId">\n <s>$context.status</s>\n</request>\n', context),
    ).toBe(`<request id="${context.requestId}">  <s>200</s> </request>`);
  });

  it('reach into what is nested, and know the other names of the integration', () => {
    expect(
      accessLogLine(
        '$context.authorizer.claims.sub $context.authorizer.claims.cognito:username $context.authorizer.scope $context.integration.latency $context.integrationLatency $context.integrationStatus $context.integration.error $context.error.message $context.error.responseType ${context.stage}s',
        context,
      ),
    ).toBe('s"1 ann - 5 5 201 - - THROTTLED devs');
  });

  it('leave all other text as it is', () => {
    expect(accessLogLine('$5 $input.x #set($x) \\ $context.stage. $contexts', context)).toBe(
      '$5 $input.x #set($x) \\ dev. $contexts',
    );
    expect(hasRequestId('$context.requestId')).toBe(true);
    expect(hasRequestId('$context.stage')).toBe(false);
  });

  it('of any format are one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (format) => {
        expect(
          accessLogLine(`${format}$context.constructor.prototype$context.__proto__`, context),
        ).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 3000 },
    );
  });
});
