import { invalidTemplate } from '../failures.ts';
import { type Obj, isList, isNothing, isObj, isText, obj, said, truthy } from '../json.ts';
import type { Source } from '../made.ts';
import { isEditable, isOpenApi3, operations, pathItems, pathsOf } from '../openapi/editor.ts';
import type { Work } from '../work.ts';
import { addApiPolicy } from './resource-policy.ts';

/** `Auth` of a REST API: the authorizers, and which of them each route asks. */
export function addAuth(work: Work, source: Source, body: unknown, fail: (reason: string) => Error): void {
  const auth = source.properties['Auth'];
  if (!isObj(auth)) throw fail("Property 'Auth' should be a map.");
  if (isNothing(body))
    throw fail("Auth works only with inline Swagger specified in 'DefinitionBody' property.");
  if (!isEditable(body))
    throw fail(
      "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  const authorizers = authorizersOf(work, source, auth, fail);
  const schemes = Object.fromEntries(Object.entries(authorizers).map(([name, one]) => [name, one.scheme]));
  const defaultName = auth['DefaultAuthorizer'];
  if (!isNothing(defaultName) && !isText(defaultName)) throw fail('DefaultAuthorizer is not a string.');
  if (defaultName === 'AWS_IAM' || usesIam(body)) schemes['AWS_IAM'] = iamScheme();
  addSchemes(body, schemes);
  if (isText(defaultName)) {
    if (defaultName !== 'AWS_IAM' && !(defaultName in authorizers))
      throw fail(
        `Unable to set DefaultAuthorizer because '${defaultName}' was not defined in 'Authorizers'.`,
      );
    const preflight = auth['AddDefaultAuthorizerToCorsPreflight'] !== false;
    defaultAuthorizer(body, defaultName, authorizers[defaultName]?.scopes ?? [], preflight);
  }
  if (truthy(auth['ApiKeyRequired'])) requireKeys(body, auth['AddApiKeyRequiredToCorsPreflight'] !== false);
  keyScheme(body);
  if (!isNothing(auth['ResourcePolicy'])) {
    if (!isObj(auth['ResourcePolicy'])) throw fail("Property 'ResourcePolicy' should be a map.");
    addApiPolicy(body, auth['ResourcePolicy']);
  }
}

interface Authorizer {
  readonly scheme: Obj;
  readonly scopes: unknown[];
}

export const API_KEY: Obj = { type: 'apiKey', name: 'x-api-key', in: 'header' };

export const iamScheme = (): Obj => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
});

const usesIam = (body: Obj): boolean =>
  [...operations(body)].some(({ operation }) =>
    securityOf(operation).some((one) => isObj(one) && 'AWS_IAM' in one),
  );

const securityOf = (operation: Obj): unknown[] =>
  isList(operation['security']) ? operation['security'] : [];

function authorizersOf(
  work: Work,
  source: Source,
  auth: Obj,
  fail: (reason: string) => Error,
): Record<string, Authorizer> {
  const written = auth['Authorizers'];
  if (isNothing(written)) return {};
  if (!isObj(written)) throw fail("Property 'Auth.Authorizers' should be a map.");
  return Object.fromEntries(
    Object.entries(written).map(([name, one]) => {
      if (!isObj(one)) throw fail(`Property 'Auth.Authorizers.${name}' should be a map.`);
      return [name, authorizer(work, name, one, fail)];
    }),
  );
}

function authorizer(work: Work, name: string, given: Obj, fail: (reason: string) => Error): Authorizer {
  const identity = given['Identity'] ?? {};
  if (!isObj(identity) && given['FunctionPayloadType'] === 'REQUEST')
    throw fail(`Property 'Authorizer.${name}.Identity' should be a map.`);
  if (!isObj(identity))
    throw fail(
      isList(identity) || isText(identity)
        ? 'Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).'
        : `Property 'Auth.Authorizers.${name}.Identity' should be a map.`,
    );
  const scopes = given['AuthorizationScopes'];
  if (!isNothing(scopes) && !isList(scopes))
    throw fail(`Property 'Authorizers.${name}.AuthorizationScopes' should be a list.`);
  const cognito = !isNothing(given['UserPoolArn']);
  const request = given['FunctionPayloadType'] === 'REQUEST';
  const source = request ? sourcesOf(identity, fail, name) : undefined;
  const inner = cognito
    ? cognitoOf(given, identity)
    : said({
        type: request ? 'request' : 'token',
        authorizerUri: {
          'Fn::Sub': [
            `arn:${work.given.partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`,
            { __FunctionArn__: given['FunctionArn'] },
          ],
        },
        identitySource: source,
        identityValidationExpression: request ? undefined : identity['ValidationExpression'],
        authorizerResultTtlInSeconds: identity['ReauthorizeEvery'],
        authorizerCredentials:
          given['FunctionInvokeRole'] === 'NONE' ? undefined : given['FunctionInvokeRole'],
      });
  return {
    scheme: {
      type: 'apiKey',
      name: request ? 'Unused' : (identity['Header'] ?? 'Authorization'),
      in: 'header',
      'x-amazon-apigateway-authtype': cognito ? 'cognito_user_pools' : 'custom',
      'x-amazon-apigateway-authorizer': inner,
    },
    scopes: isList(scopes) ? scopes : [],
  };
}

const cognitoOf = (given: Obj, identity: Obj): Obj =>
  said({
    type: 'cognito_user_pools',
    providerARNs: isList(given['UserPoolArn']) ? given['UserPoolArn'] : [given['UserPoolArn']],
    identityValidationExpression: identity['ValidationExpression'],
    authorizerResultTtlInSeconds: identity['ReauthorizeEvery'],
  });

const SOURCES: readonly (readonly [string, string])[] = [
  ['Headers', 'method.request.header.'],
  ['QueryStrings', 'method.request.querystring.'],
  ['StageVariables', 'stageVariables.'],
  ['Context', 'context.'],
];

function sourcesOf(identity: Obj, fail: (reason: string) => Error, name: string): string | undefined {
  const all = SOURCES.flatMap(([key, prefix]) => {
    const values = identity[key];
    if (!isNothing(values) && !isList(values))
      throw fail(`Property 'Auth.Authorizers.${name}.Identity.${key}' should be a list.`);
    return (isList(values) ? values : []).map((one, at) => {
      if (!isText(one))
        throw fail(`Property 'Auth.Authorizers.${name}.Identity.${key}[${String(at)}]' should be a string.`);
      return prefix + one;
    });
  });
  if (all.length === 0 && truthy(identity['ReauthorizeEvery'] ?? 300) && identity['ReauthorizeEvery'] !== 0)
    throw fail(
      `${name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.`,
    );
  return all.length > 0 ? all.join(', ') : undefined;
}

export function addSchemes(body: Obj, schemes: Obj): void {
  if (Object.keys(schemes).length === 0) return;
  if (isOpenApi3(body)) {
    const components = obj(body['components']);
    body['components'] = {
      ...components,
      securitySchemes: { ...obj(components['securitySchemes']), ...schemes },
    };
    return;
  }
  const present = body['securityDefinitions'];
  if (!isNothing(present) && !isObj(present))
    throw invalidTemplate('securityDefinitions must be a dictionary.');
  body['securityDefinitions'] = { ...obj(present), ...schemes };
}

/** What OpenAPI lets stand at a path beside its methods. */
const BESIDE_METHODS = ['parameters', 'servers', 'summary', 'description', '$ref'];

/** The default authorizer for every route that names none. */
function defaultAuthorizer(body: Obj, name: string, scopes: unknown[], preflight: boolean): void {
  for (const path of Object.keys(pathsOf(body)))
    for (const [member, value] of pathItems(body, path).flatMap(Object.entries))
      if (!BESIDE_METHODS.includes(member) && !isObj(value))
        throw invalidTemplate(`Definition of method '${member}' for path '${path}' should be a map.`);
  for (const { path, method, operation } of operations(body)) {
    if (method === 'options' && !preflight) continue;
    const written = operation['security'];
    if ('security' in operation && !isList(written))
      throw invalidTemplate(`Type of security for path ${path} method ${method} must be a list`);
    const present = isList(written) ? written : [];
    const keys = present.filter((one) => isObj(one) && ('api_key' in one || 'api_key_false' in one));
    if (present.length > keys.length) {
      // a route that names NONE asks nobody
      const rest = present.filter((one) => !(isObj(one) && 'NONE' in one && present.length > 1));
      operation['security'] = rest;
      continue;
    }
    operation['security'] = [...present, { [name]: scopes }];
  }
}

function requireKeys(body: Obj, preflight: boolean): void {
  for (const { path, method, operation } of operations(body)) {
    if (method === 'options' && !preflight) continue;
    const written = operation['security'];
    if (!isNothing(written) && !isList(written))
      throw invalidTemplate(`Type of security for path ${path} method ${method} must be a list`);
    const present = isList(written) ? written : [];
    for (const one of present)
      if (!isObj(one))
        throw invalidTemplate(
          `${isList(one) ? '[]' : String(one)} in Security for path ${path} method ${method} is not a valid dictionary.`,
        );
    if (present.some((one) => isObj(one) && ('api_key' in one || 'api_key_false' in one))) continue;
    operation['security'] = [...present.filter((one) => !isObj(one) || !('NONE' in one)), { api_key: [] }];
  }
}

/** Where a route asks for a key, the scheme is declared; where it refuses the key, nothing is left of it. */
function keyScheme(body: Obj): void {
  let asked = false;
  for (const { operation } of operations(body)) {
    const security = securityOf(operation);
    if (security.some((one) => isObj(one) && 'api_key_false' in one))
      operation['security'] = security.filter((one) => !(isObj(one) && 'api_key_false' in one));
    if (isList(operation['security']) && operation['security'].length === 0) delete operation['security'];
    if (security.some((one) => isObj(one) && 'api_key' in one)) asked = true;
  }
  if (asked) addSchemes(body, { api_key: API_KEY });
}
