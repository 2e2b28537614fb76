import type { Scope } from '../../../service/call.ts';
import type { AuthorizerDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';

const tokenSource = /^method\.request\.header\.[^\s,]+$/;
const requestSource =
  /^(method\.request\.(header|querystring|multivalueheader|multivaluequerystring)|stageVariables|context)\.[^\s,]+$/;

/**
 * Whether an authorizer can work.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 * @throws BadRequestException
 */
export function checkAuthorizer(authorizer: AuthorizerDefinition, { account }: Scope): void {
  const { type, name, authorizerUri, identitySource, authorizerResultTtlInSeconds: ttl = 300 } = authorizer;
  if (name === '') throw badRequest('Authorizer name cannot be empty');
  if (!(Number.isInteger(ttl) && ttl >= 0 && ttl <= 3600))
    throw badRequest('Authorizer TTL must be between 0 and 3600 seconds.');
  if (type === 'COGNITO_USER_POOLS') {
    const arns = authorizer.providerARNs ?? [];
    const wrong = arns.find((arn) => !/^arn:aws[\w-]*:cognito-idp:[\w-]+:\d{12}:userpool\/.+$/.test(arn));
    if (arns.length === 0 || wrong !== undefined)
      throw badRequest(`Invalid Cognito user pool ARN specified: ${wrong ?? ''}`);
  } else if (!isLambdaInvocation(authorizerUri ?? ''))
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri ?? ''}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  checkSources(authorizer, identitySource, ttl);
  checkExpression(authorizer.identityValidationExpression);
  const { authorizerCredentials: role } = authorizer;
  if (role === undefined || role === '') return;
  const owner = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+$/.exec(role)?.[1];
  if (owner === undefined) throw badRequest('Invalid ARN specified in the request');
  if (owner !== account) throw badRequest('Cross-account pass role is not allowed.');
}

function isLambdaInvocation(uri: string): boolean {
  return /^arn:aws[\w-]*:apigateway:[^:]+:lambda:path\/20\d\d-\d\d-\d\d\/functions\/.+\/invocations$/s.test(
    uri,
  );
}

function checkSources({ type }: AuthorizerDefinition, source: string | undefined, ttl: number): void {
  if (source === undefined || source === '') {
    // A REQUEST authorizer that remembers nothing needs no key to remember by.
    if (type === 'REQUEST' && ttl === 0) return;
    throw badRequest('Identity source is required for this authorizer.');
  }
  const allowed = type === 'REQUEST' ? requestSource : tokenSource;
  const parts = type === 'REQUEST' ? source.split(',').map((part) => part.trim()) : [source];
  const wrong = parts.find((part) => !allowed.test(part));
  if (wrong !== undefined) throw badRequest(`Invalid identity source specified: ${wrong}`);
}

function checkExpression(expression: string | undefined): void {
  if (expression === undefined || expression === '') return;
  try {
    new RegExp(expression);
  } catch {
    throw badRequest(`Invalid identity validation expression specified: ${expression}`);
  }
}
