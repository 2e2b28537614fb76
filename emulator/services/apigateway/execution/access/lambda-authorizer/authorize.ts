import type { Cloud } from '../../../../../cloud.ts';
import { ServiceFailure } from '../../../../../service/failure.ts';
import { decide } from '../../../../../policy/decide.ts';
import type { AuthorizerDefinition } from '../../../definition/definition.ts';
import { GatewayFailure } from '../../exchange.ts';
import { withDeadline } from '../../../../../gateway/backends/deadline.ts';
import { timedOut } from '../../integrations/failures.ts';
import { eventOf } from '../../integrations/lambda/event.ts';
import { functionTarget, invokeFunction } from '../../../../../gateway/functions/function.ts';
import type { Passage } from '../../passage.ts';
import { methodArn } from '../arn.ts';
import { conditionsOf } from '../resource-policy.ts';
import type { StageCache } from '../../../../../gateway/authorizers/stage-cache.ts';
import { identityOf, isOfForm } from './identity.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** As long as an integration may take at most, in ms. */
const PATIENCE = 29_000;

/**
 * `CUSTOM`: a function decides, and what it decided is kept for the client and held against each request.
 * @param kept undefined: nothing is kept, as in a test
 * @throws GatewayFailure
 */
export async function authorizeByFunction(
  cloud: Cloud,
  kept: StageCache<Verdict> | undefined,
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<Verdict> {
  const started = cloud.clock.now();
  const verdict = await decided(cloud, kept, passage, authorizer);
  holdAgainst(passage, verdict, cloud.clock.now() - started);
  return verdict;
}

/**
 * Lets a request through that a verdict allows, and tells back ends of the verdict.
 * @param integrationLatency ms
 * @throws GatewayFailure ACCESS_DENIED
 */
export function holdAgainst(passage: Passage, verdict: Verdict, integrationLatency: number): void {
  const { context, log } = passage;
  context.authorizer = { ...verdict.context, principalId: verdict.principalId, integrationLatency };
  const { decision } = decide([verdict.policy], {
    action: 'execute-api:Invoke',
    resource: methodArn(passage),
    context: conditionsOf(passage),
  });
  if (decision === 'allow') {
    log.info(() => 'Successfully completed authorizer execution');
    return;
  }
  log.error(() => `The client is not authorized to perform this operation.`);
  throw new GatewayFailure('ACCESS_DENIED', decision === 'explicitDeny' ? explicitly : implicitly);
}

/* As AWS words it since 2025. */
const denied = 'User is not authorized to access this resource';
const explicitly = `${denied} with an explicit deny in an identity-based policy`;
const implicitly = `${denied} because no identity-based policy allows the execute-api:Invoke action`;

/** What the function decides, or has decided. @throws GatewayFailure */
export async function decided(
  cloud: Cloud,
  kept: StageCache<Verdict> | undefined,
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<Verdict> {
  const { context, log } = passage;
  const { id, type, authorizerResultTtlInSeconds: ttl = 300 } = authorizer;
  log.info(() => `Starting authorizer: ${id} for request: ${context.requestId}`);
  const identity = identityOf(authorizer, passage);
  const isToken = type === 'TOKEN';
  const missing = identity.length === 0 ? isToken : identity.includes(undefined);
  // Without a cache a REQUEST authorizer sees for itself what is missing.
  if (missing && (isToken || ttl > 0)) throw unauthorized();
  if (isToken && !isOfForm(authorizer.identityValidationExpression, identity[0] ?? '')) throw unauthorized();
  const stage = `${context.apiId}/${context.stage}`;
  const key = JSON.stringify([context.deploymentId, id, ...identity]);
  const known = ttl > 0 ? kept?.get(stage, key) : undefined;
  if (known !== undefined) {
    log.info(() => `Using valid authorizer policy for principal: ${known.principalId}`);
    return known;
  }
  const event = isToken
    ? { type, methodArn: methodArn(passage), authorizationToken: identity[0] }
    : { type, methodArn: methodArn(passage), ...eventOf(passage, {}) };
  const verdict = await askAuthorizer(cloud, passage, authorizer, event);
  if (ttl > 0) kept?.set(stage, key, verdict, ttl);
  return verdict;
}

/**
 * Has an authorizer's function decide.
 * @throws GatewayFailure UNAUTHORIZED, AUTHORIZER_FAILURE, AUTHORIZER_CONFIGURATION_ERROR
 */
export async function askAuthorizer(
  cloud: Cloud,
  passage: Passage,
  authorizer: AuthorizerDefinition,
  event: object,
): Promise<Verdict> {
  const { scope, context, variables, visitor, cause, trace, log } = passage;
  const target = functionTarget(authorizer.authorizerUri, variables.stageVariables);
  if (target === undefined) throw misconfigured();
  const sourceArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${context.apiId}/authorizers/${authorizer.id}`;
  const caller = {
    scope,
    sourceArn,
    credentials: authorizer.authorizerCredentials,
    visitor,
    cause,
    traceHeader: trace,
  };
  const payload = Buffer.from(JSON.stringify(event));
  log.data(() => `Endpoint request body after transformations: ${payload.toString()}`);
  let result: Awaited<ReturnType<typeof invokeFunction>>;
  try {
    result = await withDeadline(cloud.clock, PATIENCE, timedOut, () =>
      invokeFunction(cloud, caller, target, payload),
    );
  } catch (error) {
    log.error(
      () =>
        `Execution failed due to configuration error: Invalid permissions on Lambda function or: ${String(error)}`,
    );
    if (error instanceof ServiceFailure && error.code === 'TooManyRequestsException')
      throw new GatewayFailure('AUTHORIZER_FAILURE', null, { cause: error });
    throw misconfigured(error);
  }
  log.data(() => `Authorizer result body before parsing: ${Buffer.from(result.payload).toString('utf8')}`);
  if (result.functionError !== undefined) {
    if (errorMessage(result.payload) === 'Unauthorized') throw unauthorized();
    log.error(() => 'Execution failed due to an authorizer error');
    throw new GatewayFailure('AUTHORIZER_FAILURE', null);
  }
  const verdict = verdictOf(result.payload);
  if (verdict === undefined) {
    log.error(() => 'Execution failed due to configuration error: Invalid JSON in response from authorizer');
    throw misconfigured();
  }
  return verdict;
}

const unauthorized = (): GatewayFailure => new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
const misconfigured = (cause?: unknown): GatewayFailure =>
  new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null, { cause });

function errorMessage(payload: Uint8Array): unknown {
  try {
    const told = JSON.parse(Buffer.from(payload).toString('utf8')) as { errorMessage?: unknown } | null;
    return told?.errorMessage;
  } catch {
    return undefined;
  }
}
