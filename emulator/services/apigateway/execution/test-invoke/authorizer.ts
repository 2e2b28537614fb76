import type { Scope } from '../../../../service/call.ts';
import type { AuthorizerAnswer, AuthorizerTest } from '../../port.ts';
import { authorizeByPool } from '../access/cognito/authorize.ts';
import { decided } from '../access/lambda-authorizer/authorize.ts';
import type { AuthorizerDefinition } from '../../definition/definition.ts';
import type { Gates } from '../pipeline.ts';
import { failureResponse } from '../response/failure.ts';
import type { Route } from '../routes/tree.ts';
import { logText, testPassage, type TestPassage } from './passage.ts';

type Said = Pick<AuthorizerAnswer, 'clientStatus' | 'principalId' | 'policy' | 'claims'>;
const nothing = { principalId: undefined, policy: undefined, claims: undefined };

/** `TestInvokeAuthorizer`: what an authorizer says of a request; nothing is kept, and no policy is applied. */
export async function testAuthorizer(
  gates: Gates,
  scope: Scope,
  test: AuthorizerTest,
): Promise<AuthorizerAnswer> {
  const { definition, authorizerId } = test;
  const authorizer = definition.authorizers[authorizerId];
  const root = definition.resources[definition.rootResourceId];
  if (authorizer === undefined || root === undefined)
    throw new Error('The control plane let a test of an authorizer through that is not there.');
  const method: Route['method'] = {
    httpMethod: 'GET',
    authorizationType: 'NONE',
    apiKeyRequired: false,
    methodResponses: {},
  };
  const route = { resource: root, method, name: 'GET' };
  const made = testPassage(gates, scope, { ...test, httpMethod: 'GET' }, route, 'ESTestInvoke-stage');
  Object.assign(made.passage.context, test.additionalContext);
  const started = gates.cloud.clock.now();
  const said = await ask(gates, made, authorizer).catch((error: unknown): Said => {
    const { status } = failureResponse(error, {}, made.passage.variables);
    return { clientStatus: status, ...nothing };
  });
  return {
    ...said,
    authorization: undefined,
    log: logText(made),
    latency: gates.cloud.clock.now() - started,
  };
}

async function ask(gates: Gates, { passage }: TestPassage, authorizer: AuthorizerDefinition): Promise<Said> {
  if (authorizer.type === 'COGNITO_USER_POOLS') {
    const claims = await authorizeByPool(gates, passage, authorizer);
    return { ...nothing, clientStatus: 200, claims };
  }
  const verdict = await decided(gates.cloud, undefined, passage, authorizer);
  return {
    ...nothing,
    clientStatus: 200,
    principalId: verdict.principalId,
    policy: verdict.policyText,
  };
}
