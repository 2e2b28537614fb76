import type { Scope } from '../../../../service/call.ts';
import type { TestAnswer, TestRequest } from '../../port.ts';
import { execute, type Gates } from '../pipeline.ts';
import { failureResponse } from '../response/failure.ts';
import { logText, testPassage } from './passage.ts';

/**
 * `TestInvokeMethod`: what an API that is being edited would answer, with all that it noted on the way.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html
 */
export async function testMethod(gates: Gates, scope: Scope, test: TestRequest): Promise<TestAnswer> {
  const { clock } = gates.cloud;
  const resource = test.definition.resources[test.resourceId];
  const method = resource?.methods[test.httpMethod];
  if (resource === undefined || method === undefined)
    throw new Error('The control plane let a test of a method through that is not there.');
  const route = { resource, method, name: test.httpMethod };
  const made = testPassage(gates, scope, test, route, 'test-invoke-stage');
  const { passage, log } = made;
  const started = clock.now();
  const response = await execute(gates.cloud, passage).catch((error: unknown) =>
    failureResponse(error, test.definition.gatewayResponses, passage.variables),
  );
  log.info(() => `Method completed with status: ${response.status}`);
  return {
    status: response.status,
    body: Buffer.from(response.body).toString('utf8'),
    headers: response.headers,
    log: logText(made),
    latency: clock.now() - started,
  };
}
