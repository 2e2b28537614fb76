import { type Obj, isIntrinsic, isList, isNothing, isObj, isText, obj, said, truthy } from '../json.ts';
import type { Source } from '../made.ts';
import { operations } from '../openapi/editor.ts';
import type { Work } from '../work.ts';

/** `Auth` of an HTTP API: the authorizers, and which of them each route asks. */
export function addHttpAuth(
  work: Work,
  source: Source,
  body: unknown,
  fail: (reason: string) => Error,
): void {
  const auth = source.properties['Auth'];
  if (isNothing(auth)) return;
  if (!isObj(auth)) throw fail("Property 'Auth' should be a map.");
  if (!isObj(body))
    throw fail("Auth works only with inline OpenApi specified in the 'DefinitionBody' property.");
  const written = auth['Authorizers'] ?? {};
  if (!isObj(written)) throw fail("Property 'Auth.Authorizers' should be a map.");
  const schemes: Obj = {};
  for (const [name, one] of Object.entries(written)) {
    if (!isObj(one)) throw fail(`Property 'Auth.Authorizers.${name}' should be a map.`);
    if (!isNothing(one['Identity']) && !isObj(one['Identity']))
      throw fail(`Property 'Auth.Authorizers.${name}.Identity' should be a map.`);
    schemes[name] = scheme(work, one);
  }
  const present = obj(obj(body['components'])['securitySchemes']);
  if (auth['EnableIamAuthorizer'] === true)
    schemes['AWS_IAM'] ??= present['AWS_IAM'] ?? {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    };
  if (Object.keys(schemes).length > 0) {
    const components = obj(body['components']);
    body['components'] = {
      ...components,
      securitySchemes: { ...obj(components['securitySchemes']), ...schemes },
    };
  }
  const name = auth['DefaultAuthorizer'];
  if (isNothing(name)) return;
  if (isIntrinsic(name))
    throw fail(
      'Unable to set DefaultAuthorizer because intrinsic functions are not supported for this field.',
    );
  if (!isText(name)) throw fail('DefaultAuthorizer is not a string.');
  if (!(name in schemes))
    throw fail(`Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`);
  const scopes = obj(written[name])['AuthorizationScopes'];
  for (const { method, operation } of operations(body)) {
    if (method === 'options') continue;
    const present = isList(operation['security']) ? operation['security'] : [];
    if (present.length > 0) continue;
    operation['security'] = [{ [name]: isList(scopes) ? scopes : [] }];
  }
}

function scheme(work: Work, given: Obj): Obj {
  if (!isNothing(given['JwtConfiguration']))
    return {
      type: 'oauth2',
      'x-amazon-apigateway-authorizer': said({
        jwtConfiguration: Object.fromEntries(
          Object.entries(obj(given['JwtConfiguration'])).map(([key, value]) => [key.toLowerCase(), value]),
        ),
        identitySource: given['IdentitySource'],
        type: 'jwt',
      }),
    };
  const identity = obj(given['Identity']);
  const sources = [
    ['Headers', '$request.header.'],
    ['QueryStrings', '$request.querystring.'],
    ['StageVariables', '$stageVariables.'],
    ['Context', '$context.'],
  ].flatMap(([key = '', prefix = '']) => {
    const values = identity[key];
    return isList(values) ? values.map((one) => prefix + String(one)) : [];
  });
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': said({
      type: 'request',
      authorizerUri: {
        'Fn::Sub': [
          `arn:${work.given.partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`,
          { __FunctionArn__: given['FunctionArn'] },
        ],
      },
      identitySource: sources.length > 0 ? sources : undefined,
      authorizerResultTtlInSeconds: identity['ReauthorizeEvery'],
      authorizerCredentials: truthy(given['FunctionInvokeRole']) ? given['FunctionInvokeRole'] : undefined,
      authorizerPayloadFormatVersion: given['AuthorizerPayloadFormatVersion'],
      enableSimpleResponses: given['EnableSimpleResponses'],
    }),
  };
}
