import {
  TestInvokeAuthorizerCommand,
  TestInvokeMethodCommand,
  CreateAuthorizerCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { studentForTests } from '../../testing/for-tests.ts';
import { recorded, recordedAtHand } from '../../testing/recorded.ts';
import { build, functionOf, permit, uriOf } from '../../testing/trial-api.ts';
import { replace, scope } from '../../testing/trial-gateway.ts';

const trial = studentForTests();

describe('a test', () => {
  it('of a method runs what is not deployed, and tells all, as recorded', async () => {
    const arn = await functionOf(
      trial.student,
      'tested',
      'return { statusCode: 200, body: JSON.stringify(event) };',
    );
    const made = await trial.gateway.api();
    const { restApiId } = made;
    const ids = await build(trial.gateway, made, {
      'GET /foo': {
        integration: { type: 'AWS', integrationHttpMethod: 'POST', uri: uriOf(arn) },
        responses: [{ statusCode: '200' }],
      },
    });
    await permit(trial.student.lambda, 'tested', restApiId);
    const method = { restApiId, resourceId: ids.get('/foo') ?? '', httpMethod: 'GET' };
    const answer = await trial.gateway.client.send(
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
    await trial.gateway.client.send(
      new UpdateIntegrationCommand({ ...method, patchOperations: [replace('/timeoutInMillis', '50')] }),
    );
  });

  it('of an authorizer says what it decides', async () => {
    const arn = await functionOf(
      trial.student,
      'tested-authorizer',
      `if (event.authorizationToken === 'no') throw new Error('Unauthorized');
       return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: event.methodArn }] } };`,
    );
    const { restApiId } = await trial.gateway.api();
    const { id: authorizerId = '' } = await trial.gateway.client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'a',
        type: 'TOKEN',
        authorizerUri: uriOf(arn),
        identitySource: 'method.request.header.Authorization',
      }),
    );
    await permit(trial.student.lambda, 'tested-authorizer', restApiId, `authorizers/${authorizerId}`);
    const test = async (token: string) =>
      trial.gateway.client.send(
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
