import fc from 'fast-check';
import type {
  ApiDefinition,
  IntegrationDefinition,
  MethodDefinition,
  ResourceDefinition,
} from '../../definition/definition.ts';
import { GATEWAY_RESPONSE_TYPES } from '../../responses/types.ts';
import { toModel } from '../schema-refs.ts';
import { emptyApi } from './small-api.ts';

const JSON_TYPE = 'application/json';
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,7}$/);
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
const mapOf = (key: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(key, anyText, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

const MODELS = ['Pet', 'Pets', 'Error'];
const VALIDATORS = ['body', 'both'];

const integration = fc
  .record({
    type: fc.constantFrom<IntegrationDefinition['type']>('AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'),
    httpMethod: maybe(fc.constantFrom('GET', 'POST')),
    uri: maybe(anyText),
    credentials: maybe(anyText),
    connectionType: maybe(fc.constantFrom('INTERNET' as const, 'VPC_LINK' as const)),
    connectionId: maybe(name),
    requestParameters: maybe(mapOf(name.map((one) => `integration.request.header.${one}`))),
    requestTemplates: maybe(mapOf(fc.constant(JSON_TYPE))),
    passthroughBehavior: fc.constantFrom('WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'),
    contentHandling: maybe(fc.constantFrom('CONVERT_TO_BINARY' as const, 'CONVERT_TO_TEXT' as const)),
    timeoutInMillis: fc.integer({ min: 50, max: 29_000 }),
    cacheNamespace: fc.constant('own'),
    cacheKeyParameters: fc.uniqueArray(name, { maxLength: 2 }),
    tlsConfig: maybe(fc.record({ insecureSkipVerification: fc.boolean() })),
    integrationResponses: fc
      .uniqueArray(
        fc.record({
          statusCode: fc.constantFrom('200', '400', '500'),
          responseTemplates: maybe(mapOf(fc.constant(JSON_TYPE))),
        }),
        {
          selector: (one) => one.statusCode,
        },
      )
      .map((all) =>
        Object.fromEntries(
          all.map((one, index) => [
            one.statusCode,
            defined({ ...one, selectionPattern: index === 0 ? undefined : `.*${one.statusCode}.*` }),
          ]),
        ),
      ),
  })
  .map((value) => defined(value) as IntegrationDefinition);

const method = (httpMethod: string): fc.Arbitrary<MethodDefinition> =>
  fc
    .record({
      security: fc.constantFrom(
        { authorizationType: 'NONE' },
        { authorizationType: 'AWS_IAM' },
        { authorizationType: 'CUSTOM', authorizerId: 'token' },
        { authorizationType: 'CUSTOM', authorizerId: 'request' },
        { authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'pool', authorizationScopes: ['a/read'] },
      ),
      apiKeyRequired: fc.boolean(),
      operationName: maybe(name),
      requestValidatorId: maybe(fc.constantFrom(...VALIDATORS)),
      requestParameters: maybe(
        fc.dictionary(
          fc
            .tuple(fc.constantFrom('path', 'querystring', 'header'), name)
            .map(([place, one]) => `method.request.${place}.${one}`),
          fc.boolean(),
          { minKeys: 1, maxKeys: 3, noNullPrototype: true },
        ),
      ),
      requestModels: maybe(fc.constantFrom(...MODELS).map((model) => ({ [JSON_TYPE]: model }))),
      methodResponses: fc
        .uniqueArray(
          fc.record({
            statusCode: fc.constantFrom('200', '404', '500'),
            responseParameters: maybe(name.map((one) => ({ [`method.response.header.${one}`]: false }))),
            responseModels: maybe(fc.constantFrom(...MODELS).map((model) => ({ [JSON_TYPE]: model }))),
          }),
          { selector: (one) => one.statusCode },
        )
        .map((all) => Object.fromEntries(all.map((one) => [one.statusCode, defined(one)]))),
      integration: maybe(integration),
    })
    .map(({ security, ...rest }) => defined({ httpMethod, ...security, ...rest }) as MethodDefinition);

const resources = fc
  .uniqueArray(
    fc
      .array(
        fc.oneof(
          name,
          name.map((one) => `{${one}}`),
          fc.constant('{proxy+}'),
        ),
        { maxLength: 3 },
      )
      .map((parts) => `/${parts.join('/')}`),
    { maxLength: 5 },
  )
  .chain((paths) =>
    fc.tuple(
      fc.constant(paths),
      fc.array(
        fc
          .uniqueArray(fc.constantFrom('GET', 'POST', 'ANY'), { minLength: 1 })
          .chain((names) => fc.tuple(...names.map(method))),
        { minLength: paths.length, maxLength: paths.length },
      ),
    ),
  )
  .map(([paths, methods]) => {
    const all = new Map<string, ResourceDefinition>([['/', { id: 'root', path: '/', methods: {} }]]);
    const grow = (path: string): ResourceDefinition => {
      const known = all.get(path);
      if (known !== undefined) return known;
      const cut = path.lastIndexOf('/');
      const parent = grow(cut === 0 ? '/' : path.slice(0, cut));
      const made = { id: `of${path}`, parentId: parent.id, pathPart: path.slice(cut + 1), path, methods: {} };
      all.set(path, made);
      return made;
    };
    for (const [index, path] of paths.entries()) {
      const resource = grow(path);
      const own = (methods[index] ?? []).map((one) => [
        one.httpMethod,
        one.integration === undefined
          ? one
          : { ...one, integration: { ...one.integration, cacheNamespace: resource.id } },
      ]);
      all.set(path, { ...resource, methods: Object.fromEntries(own) as ResourceDefinition['methods'] });
    }
    return Object.fromEntries([...all.values()].map((one) => [one.id, one]));
  });

const schema = fc.constantFrom<unknown>(
  { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  { type: 'array', items: { $ref: '#/definitions/Pet' } },
  { oneOf: [{ type: 'null' }, { $ref: '#/definitions/Error' }] },
);

/** Any API that there can be. */
export const api: fc.Arbitrary<ApiDefinition> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    description: maybe(anyText),
    version: name,
    apiKeySource: fc.constantFrom('HEADER' as const, 'AUTHORIZER' as const),
    binaryMediaTypes: fc.uniqueArray(fc.constantFrom('image/png', '*/*', 'application/octet-stream')),
    minimumCompressionSize: maybe(fc.integer({ min: 0, max: 10_485_760 })),
    disableExecuteApiEndpoint: fc.boolean(),
    policy: maybe(fc.constant('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*"}]}')),
    schemas: fc.tuple(schema, schema, schema),
    gatewayResponses: fc.dictionary(
      fc.constantFrom(...GATEWAY_RESPONSE_TYPES),
      fc.record({
        statusCode: maybe(fc.constantFrom('401', '503')),
        responseParameters: maybe(mapOf(name.map((one) => `gatewayresponse.header.${one}`))),
        responseTemplates: maybe(mapOf(fc.constant(JSON_TYPE))),
      }),
      { maxKeys: 3, noNullPrototype: true },
    ),
    resources,
  })
  .map(({ schemas, gatewayResponses, ...rest }) =>
    emptyApi(
      defined({
        ...rest,
        models: Object.fromEntries(
          MODELS.map((model, index) => [
            model,
            {
              id: model,
              name: model,
              contentType: JSON_TYPE,
              schema: JSON.stringify(toModel(schemas[index], 'abc123')),
            },
          ]),
        ),
        requestValidators: {
          body: { id: 'body', name: 'body', validateRequestBody: true, validateRequestParameters: false },
          both: { id: 'both', name: 'both', validateRequestBody: true, validateRequestParameters: true },
        },
        authorizers: {
          token: {
            id: 'token',
            name: 'token',
            type: 'TOKEN' as const,
            authType: 'custom',
            authorizerUri: 'u',
            identitySource: 'method.request.header.Auth',
          },
          request: {
            id: 'request',
            name: 'request',
            type: 'REQUEST' as const,
            authType: 'custom',
            identitySource: 'method.request.header.A, method.request.querystring.b',
            authorizerResultTtlInSeconds: 0,
          },
          pool: {
            id: 'pool',
            name: 'pool',
            type: 'COGNITO_USER_POOLS' as const,
            authType: 'cognito_user_pools',
            identitySource: 'method.request.header.Authorization',
            providerARNs: ['arn:a'],
          },
        },
        gatewayResponses: Object.fromEntries(
          Object.entries(gatewayResponses).map(([responseType, one]) => [
            responseType,
            defined({ responseType, ...one }),
          ]),
        ),
      }),
    ),
  );
