import { CreateResourceCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../service/call.ts';
import { createApiGateway } from '../apigateway.ts';
import type { ApiGatewayExecution, AuthorizerTest, TestRequest } from '../port.ts';
import { scope, TrialGateway } from '../testing/trial-gateway.ts';

describe('TestInvokeMethod', () => {
  let gateway: TrialGateway;
  let restApiId: string;
  let resourceId: string;
  const asked: (TestRequest | AuthorizerTest)[] = [];
  /** The data plane's part is proved where it is; here it says what it is asked. */
  const execution: ApiGatewayExecution = {
    flushCache: () => undefined,
    flushAuthorizers: () => undefined,
    testMethod: (_scope, request) => {
      asked.push(request);
      const headers = { 'Content-Type': ['application/json'], 'Set-Cookie': ['a=1', 'b=2'] };
      return Promise.resolve({ status: 200, body: '{}', headers, log: 'line\n', latency: 1.6 });
    },
    testAuthorizer: (_scope, request) => {
      asked.push(request);
      throw new Error('There is no authorizer to ask for.');
    },
  };
  beforeAll(async () => {
    gateway = await TrialGateway.start();
    const api = await gateway.api();
    restApiId = api.restApiId;
    const create = new CreateResourceCommand({ restApiId, parentId: api.rootId, pathPart: '{petId}' });
    resourceId = (await gateway.client.send(create)).id ?? '';
    await gateway.mock(restApiId, resourceId);
  });
  afterAll(() => gateway.stop());

  it('runs the API as it is being edited', async () => {
    const { cloud } = gateway.running;
    const { operations } = createApiGateway(cloud, () => execution);
    const facts = { service: 'apigateway', operation: 'TestInvokeMethod', requestId: 'r', principal: 'root' };
    const call: Call = {
      ...scope,
      ...facts,
      principal: { kind: 'root', account: scope.account, arn: 'a', accessKeyId: scope.account },
      signal: new AbortController().signal,
      trail: cloud.trail.record(scope, 'api.call', facts),
      origin: gateway.running.origin,
    };
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    const answer = await operations.TestInvokeMethod?.(
      {
        ...method,
        headers: { a: '1', b: '2' },
        multiValueHeaders: { b: ['3', '4'] },
        stageVariables: { v: 'x' },
      },
      call,
    );
    expect(answer).toEqual({
      status: 200,
      body: '{}',
      headers: { 'Content-Type': 'application/json', 'Set-Cookie': 'b=2' },
      multiValueHeaders: { 'Content-Type': ['application/json'], 'Set-Cookie': ['a=1', 'b=2'] },
      log: 'line\n',
      latency: 2,
    });
    // Recorded: without a path, the resource's own with its variables as they are written.
    expect(asked).toMatchObject([
      {
        resourceId,
        httpMethod: 'GET',
        pathWithQueryString: '/{petId}',
        body: '',
        headers: { a: ['1'], b: ['3', '4'] },
        stageVariables: { v: 'x' },
        definition: { resources: { [resourceId]: { path: '/{petId}' } } },
      },
    ]);
    const refused = async (name: object): Promise<unknown> =>
      operations.TestInvokeMethod?.({ ...method, ...name }, call);
    await expect(refused({ httpMethod: 'POST' })).rejects.toThrow('Invalid Method identifier specified');
    await expect(refused({ resourceId: 'x' })).rejects.toThrow('Invalid Resource identifier specified');
    const authorizer = { restApiId, authorizerId: 'none' };
    await expect(operations.TestInvokeAuthorizer?.(authorizer, call)).rejects.toThrow(
      'Invalid Authorizer identifier specified',
    );
    expect(asked).toHaveLength(1);
  });
});
