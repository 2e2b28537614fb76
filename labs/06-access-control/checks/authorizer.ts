import { GetAuthorizerCommand, type Authorizer } from '@aws-sdk/client-api-gateway';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { calledBy, type Called } from '../../rest-api/found-api.ts';
import { policyOf } from '../../rest-api/function-policy.ts';
import { admissionsOf, covers } from '../../rest-api/source-arns.ts';
import { shown } from '../../wording/wording.ts';
import { names, routes, secretVariable, shortestSecret, type Route } from '../names.ts';
import { apiOf, methodOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';
import { inSeconds, signed, type Claims } from './token.ts';

/** The student's authorizer. */
export interface FoundAuthorizer {
  readonly type: 'TOKEN' | 'REQUEST';
  readonly secret: string;
  /** Its answers are kept for each method by itself: what it knows a caller by has the method in it. */
  readonly keptByMethod: boolean;
}

/** What the check `authorizer` has found. */
export const authorizerOf = (context: Context): FoundAuthorizer =>
  context.from<FoundAuthorizer>('authorizer');

/** A token that holds for five minutes, unless its claims say otherwise. */
export const tokenOf = (context: Context, claims: Claims): string =>
  signed({ exp: inSeconds(300), ...claims }, authorizerOf(context).secret);

const authorizer: LabCheck = {
  id: 'authorizer',
  title: (text) => text.authorizer.title,
  points: 5,
  needs: ['ready', 'api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.authorizer.hints,
  async run(context): Promise<FoundAuthorizer> {
    const { text } = context;
    const ids = [routes.admin, routes.publish].map((route) => authorizerIdOf(context, route));
    const [id = '', other] = ids;
    if (other !== id) context.fail({ ...text.authorizer.two, actual: ids.join(', ') });
    const found = await context.clients.apigateway.send(
      new GetAuthorizerCommand({ restApiId: apiOf(context).id, authorizerId: id }),
    );
    const { type, authorizerUri = '', identitySource = '', authorizerResultTtlInSeconds = 300 } = found;
    const evidence = [
      {
        label: 'GetAuthorizer',
        value: shown({ type, authorizerUri, identitySource, authorizerResultTtlInSeconds }),
      },
    ];
    if (type !== 'TOKEN' && type !== 'REQUEST')
      return context.fail({ ...text.authorizer.type(type ?? '?'), expected: 'TOKEN, REQUEST', evidence });
    const name = context.name(names.authorizer);
    const called = calledBy(authorizerUri, apiOf(context).stageVariables);
    if (called?.functionName !== name)
      return context.fail({
        ...text.authorizer.other(name),
        expected: name,
        actual: authorizerUri,
        evidence,
      });
    if (!/(^|,)\s*method\.request\.header\.authorization\s*(,|$)/i.test(identitySource))
      context.fail({
        ...text.authorizer.source,
        expected: 'method.request.header.Authorization',
        actual: identitySource,
        evidence,
      });
    if (authorizerResultTtlInSeconds === 0) context.fail({ ...text.authorizer.notKept, evidence });
    await expectPermission(context, found, called);
    const keptByMethod = /\bcontext\.(httpMethod|path|resource)/i.test(identitySource);
    return { type, secret: secretIn(context), keptByMethod };
  },
};

function authorizerIdOf(context: Context, route: Route): string {
  const { authorizationType, authorizerId } = methodOf(context, route);
  if (authorizationType === 'CUSTOM' && authorizerId !== undefined) return authorizerId;
  return context.fail({
    ...context.text.authorizer.open(route, authorizationType ?? '?'),
    expected: 'CUSTOM',
    actual: shown(authorizationType),
    evidence: [{ label: 'GetMethod', value: shown({ authorizationType, authorizerId }) }],
  });
}

/** The gateway may ask the function as this authorizer, by a role or by the function's own policy. */
async function expectPermission(context: Context, found: Authorizer, called: Called): Promise<void> {
  if (found.authorizerCredentials !== undefined && found.authorizerCredentials !== '') return;
  const { text } = context;
  const [, partition = '', , region = '', account = ''] = called.arn.split(':');
  const arn = `arn:${partition}:execute-api:${region}:${account}:${apiOf(context).id}/authorizers/${found.id ?? ''}`;
  const admissions = admissionsOf(await policyOf(context.clients.lambda, called));
  const evidence = admissions.map(({ statement }) => ({
    label: text.evidence.statement,
    value: shown(statement),
  }));
  const admits = (sources: readonly string[] | undefined) =>
    sources === undefined || sources.some((source) => covers(source, arn));
  if (!admissions.some(({ sources }) => admits(sources)))
    context.fail({ ...text.authorizer.permission, expected: arn, evidence });
  if (admissions.some(({ everybody }) => everybody)) context.fail({ ...text.authorizer.everybody, evidence });
}

function secretIn(context: Context): string {
  const [, configuration] = context.from<readonly FunctionConfiguration[]>('ready');
  const secret = configuration?.Environment?.Variables?.[secretVariable] ?? '';
  if (secret === '') context.fail({ ...context.text.authorizer.noSecret, expected: secretVariable });
  if (secret.length < shortestSecret)
    context.fail({ ...context.text.authorizer.shortSecret(shortestSecret), actual: String(secret.length) });
  return secret;
}

export const authorizerChecks = { authorizer };
