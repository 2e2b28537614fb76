import type { Cloud } from '../../../../cloud.ts';
import type { StageCache } from '../../../../gateway/authorizers/stage-cache.ts';
import { withDeadline } from '../../../../gateway/backends/deadline.ts';
import { invokeFunction } from '../../../../gateway/functions/function.ts';
import { decide } from '../../../../policy/decide.ts';
import { without } from '../../changes.ts';
import type { AuthorizerDefinition } from '../../definition/definition.ts';
import { askedInOne } from '../events/version-one.ts';
import { asked } from '../events/version-two.ts';
import { forbidden, internal, unauthorized } from '../failure.ts';
import { functionOf } from '../integrations/function-of.ts';
import type { Passage } from '../passage.ts';
import { conditionsOf, requestedArn } from './conditions.ts';
import { identityOf } from './identity.ts';
import { readVerdict, type Verdict } from './verdict.ts';

/** As long as an authorizer may take, in ms (Amazon API Gateway quotas for HTTP APIs). */
const PATIENCE = 10_000;

/**
 * `CUSTOM`: a function decides, and what it decided is kept for the client.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * @throws HttpFailure 401, 403, 500
 */
export async function authorizeByFunction(
  cloud: Cloud,
  kept: StageCache<Verdict>,
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<void> {
  const { context } = passage;
  const verdict = await decided(cloud, kept, passage, authorizer);
  const { allows } = verdict;
  const allowed =
    typeof allows === 'boolean'
      ? allows
      : decide([allows], {
          action: 'execute-api:Invoke',
          resource: requestedArn(passage),
          context: conditionsOf(passage),
        }).decision === 'allow';
  if (!allowed) throw forbidden(`Authorizer ${authorizer.Name} does not let the client in.`);
  passage.authorized = { kind: 'lambda', told: verdict.context };
  context.authorizer = { ...verdict.context };
}

/** What the function decides, or has decided. @throws HttpFailure */
async function decided(
  cloud: Cloud,
  kept: StageCache<Verdict>,
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<Verdict> {
  const { context } = passage;
  const identity = identityOf(authorizer, passage);
  if (identity.includes(undefined)) throw unauthorized('An identity source is missing.');
  const { AuthorizerResultTtlInSeconds: ttl = 0 } = authorizer;
  const stage = `${context.apiId}/${context.stage}`;
  const key = JSON.stringify([context.deploymentId, authorizer.AuthorizerId, ...identity]);
  const known = ttl > 0 ? kept.get(stage, key) : undefined;
  if (known !== undefined) return known;
  const verdict = await ask(cloud, passage, authorizer, identity as readonly string[]);
  if (ttl > 0) kept.set(stage, key, verdict, ttl);
  return verdict;
}

/** @throws HttpFailure */
async function ask(
  cloud: Cloud,
  passage: Passage,
  authorizer: AuthorizerDefinition,
  identity: readonly string[],
): Promise<Verdict> {
  const { served, context, visitor, cause, request } = passage;
  const target = functionOf(authorizer.AuthorizerUri, served.stage.StageVariables);
  if (target === undefined) throw internal('The authorizer names no function.');
  const { account, region } = served.scope;
  const caller = {
    scope: served.scope,
    sourceArn: `arn:aws:execute-api:${region}:${account}:${context.apiId}/authorizers/${authorizer.AuthorizerId}`,
    credentials: authorizer.AuthorizerCredentialsArn,
    visitor,
    cause,
    traceHeader: request.headers['X-Amzn-Trace-Id']?.[0],
  };
  const payload = Buffer.from(JSON.stringify(eventOf(passage, authorizer, identity)));
  const tooLate = (): Error => internal(`The authorizer did not answer within ${PATIENCE} ms.`);
  let result: Awaited<ReturnType<typeof invokeFunction>>;
  try {
    result = await withDeadline(cloud.clock, PATIENCE, tooLate, () =>
      invokeFunction(cloud, caller, target, payload),
    );
  } catch (error) {
    throw internal(error instanceof Error ? error.message : String(error), error);
  }
  const verdict =
    result.functionError === undefined
      ? readVerdict(result.payload, authorizer.EnableSimpleResponses === true)
      : undefined;
  if (verdict === undefined) throw internal(`Authorizer ${authorizer.Name} failed, or did not decide.`);
  return verdict;
}

function eventOf(
  passage: Passage,
  { AuthorizerPayloadFormatVersion }: AuthorizerDefinition,
  identity: readonly string[],
): Record<string, unknown> {
  const { context, request, route } = passage;
  const arn = requestedArn(passage);
  if (AuthorizerPayloadFormatVersion === '2.0')
    return { type: 'REQUEST', routeArn: arn, identitySource: identity, ...asked(passage) };
  const source = identity.join(',');
  const shown = without(askedInOne(passage), 'multiValueHeaders', 'multiValueQueryStringParameters');
  return {
    type: 'REQUEST',
    methodArn: arn,
    identitySource: source,
    authorizationToken: source,
    ...shown,
    requestContext: {
      path: request.path,
      accountId: context.accountId,
      resourceId: route.route.RouteKey,
      stage: context.stage,
      domainPrefix: context.domainPrefix,
      requestId: context.requestId,
      identity: { sourceIp: request.sourceIp, userAgent: context.identity['userAgent'] },
      domainName: context.domainName,
      resourcePath: route.path ?? '$default',
      httpMethod: request.method,
      extendedRequestId: context.requestId,
      apiId: context.apiId,
    },
  };
}
