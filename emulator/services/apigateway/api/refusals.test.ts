import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteGatewayResponseCommand,
  DeleteIntegrationResponseCommand,
  DeleteMethodResponseCommand,
  DeleteModelCommand,
  GetAuthorizersCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorCommand,
  GetStageCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateAccountCommand,
  UpdateGatewayResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  type APIGatewayClient,
  type EndpointType,
  type GatewayResponseType,
  type IntegrationType,
  type IpAddressType,
  type Op,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { refusal, TrialGateway } from '../testing/trial-gateway.ts';

/** What a real client is told, word for word. Texts were recorded on AWS unless a comment says otherwise. */
describe('refusals', () => {
  let gateway: TrialGateway;
  let client: APIGatewayClient;
  let restApiId: string;
  let rootId: string;
  let petsId: string;
  let subpetsId: string;
  let innerId: string;
  let validatorId: string;
  /** Everything that was told, to compare with what was recorded. */
  const told = new Set<string>();

  const child = async (parentId: string, pathPart: string): Promise<string> =>
    (await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? '';
  const at = (resourceId: string, httpMethod: string) => ({ restApiId, resourceId, httpMethod });

  beforeAll(async () => {
    gateway = await TrialGateway.start();
    ({ client } = gateway);
    ({ restApiId, rootId } = await gateway.api());
    petsId = await child(rootId, 'pets');
    subpetsId = await child(petsId, 'subpets');
    innerId = await child(subpetsId, 'pets');
    const greedy = await child(rootId, '{proxy+}');
    expect(greedy).toMatch(/^[a-z0-9]{6}$/);
    await client.send(new PutMethodCommand({ ...at(rootId, 'ANY'), authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...at(rootId, 'ANY'), type: 'MOCK' }));
    await client.send(new PutMethodResponseCommand({ ...at(rootId, 'ANY'), statusCode: '200' }));
    await client.send(new PutMethodCommand({ ...at(petsId, 'GET'), authorizationType: 'NONE' }));
    const validator = new CreateRequestValidatorCommand({ restApiId, name: 'v' });
    validatorId = (await client.send(validator)).id ?? '';
    await client.send(
      new CreateModelCommand({ restApiId, name: 'Used', contentType: 'application/json', schema: '{}' }),
    );
    await client.send(
      new PutMethodCommand({
        ...at(subpetsId, 'ANY'),
        authorizationType: 'NONE',
        requestModels: { 'application/json': 'Used' },
      }),
    );
  });
  afterAll(() => gateway.stop());

  const expectTold = async (sent: Promise<unknown>, text: string): Promise<void> => {
    const said = await refusal(sent);
    told.add(said);
    expect(said).toBe(text);
  };
  const bad = (text: string): string => `BadRequestException: ${text}`;
  const missing = (text: string): string => `NotFoundException: ${text}`;
  const patch = (op: string, path: string | undefined, value?: string): PatchOperation[] => [
    { op: op as Op, path, value },
  ];

  it('of APIs that cannot be', async () => {
    const create = (more: object) => client.send(new CreateRestApiCommand({ name: 'x', ...more }));
    const endpoint = (types: string[], ipAddressType?: string) =>
      create({
        endpointConfiguration: {
          types: types as EndpointType[],
          ipAddressType: ipAddressType as IpAddressType,
        },
      });
    await expectTold(create({ description: '' }), bad('Description cannot be an empty string'));
    const size = bad('Invalid minimum compression size, must be between 0 and 10485760');
    await expectTold(create({ minimumCompressionSize: -1 }), size);
    await expectTold(
      endpoint([]),
      bad('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'),
    );
    await expectTold(
      endpoint(['EDGE', 'REGIONAL']),
      bad('Cannot create an api with multiple Endpoint Types.'),
    );
    const dual = bad('Only dualstack ipAddressType is supported for Private APIs.');
    await expectTold(endpoint(['PRIVATE'], 'ipv4'), dual);
    const types =
      "Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]";
    const address =
      "Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]";
    await expectTold(endpoint(['wrong']), `ValidationException: 1 validation error detected: ${types}`);
    await expectTold(
      endpoint(['wrong'], 'wrong'),
      `ValidationException: 2 validation errors detected: ${types}; ${address}`,
    );
  });

  it('of changes to APIs', async () => {
    const update = (patchOperations: PatchOperation[], id = restApiId) =>
      client.send(new UpdateRestApiCommand({ restApiId: id, patchOperations }));
    await expectTold(
      update(patch('replace', '/name', 'x'), 'api_id'),
      missing('Invalid API identifier specified 111111111111:api_id'),
    );
    const size = bad('Invalid minimum compression size, must be between 0 and 10485760');
    await expectTold(update(patch('replace', '/minimumCompressionSize', 'test')), size);
    const replaceOnly = bad('Invalid patch operation specified. Must be one of: [replace]');
    await expectTold(update(patch('add', '/minimumCompressionSize', '1')), replaceOnly);
    await expectTold(
      update(patch('add', '/binaryMediaTypes', 'x')),
      bad('Invalid patch path /binaryMediaTypes'),
    );
    const type = '/endpointConfiguration/types/EDGE';
    await expectTold(
      update(patch('replace', type, 'wrong')),
      bad('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'),
    );
    await expectTold(
      update(patch('copy', type, 'REGIONAL')),
      bad("Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    );
    const word = (index: number): string =>
      `Value 'wrong' at 'updateRestApiInput.patchOperations.${index}.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]`;
    await expectTold(
      update([...patch('wrong', type), ...patch('wrong', type)]),
      `ValidationException: 2 validation errors detected: ${word(1)}; ${word(2)}`,
    );
    await expectTold(
      update([...patch('wrong', type), ...patch('wrong', type), ...patch('wrong', '/description')]),
      `ValidationException: 3 validation errors detected: ${word(1)}; ${word(2)}; ${word(3)}`,
    );
    // AWS's sentence for a policy that it cannot read.
    await expectTold(
      update(patch('replace', '/policy', '{"Version":"2012-10-17"}')),
      bad('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.'),
    );
  });

  it('of resources', async () => {
    const update = (resourceId: string, patchOperations: PatchOperation[]) =>
      client.send(new UpdateResourceCommand({ restApiId, resourceId, patchOperations }));
    const noResource = missing('Invalid Resource identifier specified');
    await expectTold(update('fake', patch('replace', '/pathPart', 'x')), noResource);
    await expectTold(child('fake', 'x'), noResource);
    await expectTold(
      update(petsId, patch('replace', '/invalid', 'x')),
      bad(
        "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
      ),
    );
    for (const op of ['add', 'remove'])
      await expectTold(
        update(petsId, patch(op, '/pathPart', 'x')),
        bad(`Invalid patch path  '/pathPart' specified for op '${op}'. Please choose supported operations`),
      );
    const conflict = 'ConflictException: Another resource with the same parent already has this name: pets';
    await expectTold(update(innerId, patch('replace', '/parentId', rootId)), conflict);
    await expectTold(
      update(petsId, patch('replace', '/parentId', subpetsId)),
      bad('Resources cannot be cyclical.'),
    );
    await expectTold(
      child(rootId, '{other+}'),
      bad('A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed'),
    );
    // The root's own refusals were recorded later than the rest.
    await expectTold(
      update(rootId, patch('replace', '/pathPart', 'x')),
      bad('Root resource cannot update its pathPart.'),
    );
    await expectTold(
      update(rootId, patch('replace', '/parentId', petsId)),
      bad('Root resource cannot update its parentId.'),
    );
  });

  it('of methods', async () => {
    const put = (more: object) =>
      client.send(new PutMethodCommand({ ...at(rootId, 'GET'), authorizationType: 'NONE', ...more }));
    const update = (patchOperations: PatchOperation[]) =>
      client.send(new UpdateMethodCommand({ ...at(rootId, 'ANY'), patchOperations }));
    await expectTold(put({ restApiId: 'x' }), missing('Invalid Resource identifier specified'));
    await expectTold(
      put({ httpMethod: 'GETS' }),
      bad('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
    );
    const authorizer = bad(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
    await expectTold(put({ authorizationType: 'CUSTOM' }), authorizer);
    await expectTold(update(patch('replace', '/authorizationType', 'CUSTOM')), authorizer);
    const validator = bad('Invalid Request Validator identifier specified');
    await expectTold(put({ requestValidatorId: 'fake' }), validator);
    await expectTold(
      put({ requestModels: { 'application/json': 'petModel' } }),
      bad('Invalid model identifier specified: petModel'),
    );
    const same = { 'method.request.header.a': true, 'method.request.querystring.a': true };
    await expectTold(
      put({ requestParameters: same }),
      bad('Parameter names must be unique across querystring, header and path'),
    );
    await expectTold(
      update(patch('add', '/authorizationType', 'NONE')),
      bad('Invalid patch operation specified. Must be one of: [replace]'),
    );
    for (const path of ['/httpMethod', '/requestParameters', '/requestModels/application/json'])
      await expectTold(update(patch('replace', path, 'x')), bad(`Invalid patch path ${path}`));
    // An authorizer is not looked for where the type needs none.
    const ignored = await update(patch('replace', '/authorizerId', 'abc123'));
    expect(ignored.authorizerId).toBeUndefined();
  });

  it('of integrations', async () => {
    const put = (type: string, more: object = {}) =>
      client.send(
        new PutIntegrationCommand({ ...at(petsId, 'GET'), type: type as IntegrationType, ...more }),
      );
    await expectTold(
      put('HTTPS_PROXY'),
      "ValidationException: 1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    );
    const GET = { integrationHttpMethod: 'GET' };
    for (const type of ['HTTP', 'HTTP_PROXY']) {
      await expectTold(
        put(type, { uri: 'http://example.com' }),
        bad('Enumeration value for HttpMethod must be non-empty'),
      );
      await expectTold(
        put(type, { ...GET, uri: 'invalid-uri' }),
        bad('Invalid HTTP endpoint specified for URI'),
      );
    }
    const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';
    const path = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambda}/invocations`;
    for (const uri of [lambda, path.replace(':path/', ':test/')])
      await expectTold(
        put('AWS', { ...GET, uri }),
        bad('AWS ARN for integration must contain path or action'),
      );
    // Of the recordings of functions.
    expect(await refusal(put('AWS_PROXY', { ...GET, uri: path.replace('arn:aws:api', 'bad-arn:api') }))).toBe(
      bad('Invalid ARN specified in the request'),
    );
    const unsupported = bad(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
    for (const uri of [path.replace(':lambda:path', ':firehose:path'), path.replace('functions/', 'random/')])
      expect(await refusal(put('AWS_PROXY', { ...GET, uri }))).toBe(unsupported);
    await expectTold(
      put('MOCK', { requestParameters: { 'integration.request.path.a': 'true' } }),
      bad(
        'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]',
      ),
    );
    expect(await refusal(put('MOCK', { timeoutInMillis: 30_000 }))).toBe(
      bad('Timeout should be between 50 ms and 29000 ms'),
    );
    await expectTold(
      client.send(new GetIntegrationCommand(at(petsId, 'GET'))),
      missing('Invalid Integration identifier specified'),
    );
    // What AWS takes: stage variables anywhere.
    const variable = path.replace(':f/', ':f:${stageVariables.alias}/');
    await put('AWS_PROXY', { integrationHttpMethod: 'POST', uri: variable });
    await put('HTTP_PROXY', { ...GET, uri: 'http://${stageVariables.host}/pets/{id}' });
  });

  it('of responses', async () => {
    const ANY = at(rootId, 'ANY');
    const status =
      "ValidationException: 1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d";
    await expectTold(client.send(new PutIntegrationResponseCommand({ ...ANY, statusCode: 'wrong' })), status);
    const noStatus = missing('Invalid Response status code specified');
    await expectTold(client.send(new GetIntegrationResponseCommand({ ...ANY, statusCode: '201' })), noStatus);
    await expectTold(client.send(new DeleteMethodResponseCommand({ ...ANY, statusCode: '201' })), noStatus);
    await expectTold(
      client.send(new DeleteIntegrationResponseCommand({ ...at(rootId, 'BAD'), statusCode: '200' })),
      missing('Invalid Integration identifier specified'),
    );
    await expectTold(
      client.send(
        new PutIntegrationResponseCommand({ ...ANY, statusCode: '200', responseTemplates: { 123: 'x' } }),
      ),
      bad('Validation Result: warnings : [], errors : [Invalid content type specified: 123]'),
    );
    const update = (patchOperations: PatchOperation[], statusCode = '200') =>
      client.send(new UpdateMethodResponseCommand({ ...ANY, statusCode, patchOperations }));
    const header = '/responseParameters/method.response.header.x';
    await expectTold(update(patch('replace', header, 'true')), missing('Invalid parameter name specified'));
    await expectTold(
      update(patch('remove', '/responseModels/application~1json')),
      missing('Content-Type specified was not found'),
    );
    const wrong = '/wrong/method.response.header.my-header';
    await expectTold(update(patch('add', wrong, 'true')), bad(`Invalid patch path ${wrong}`));
    const op = (index: number): string =>
      `Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.${index}.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]`;
    const four = [1, 2, 3, 4].flatMap(() => patch('wrong_op', header));
    await expectTold(
      update(four),
      `ValidationException: 4 validation errors detected: ${[1, 2, 3, 4].map(op).join('; ')}`,
    );
    // Recorded: what is in the body comes before what is in the path.
    expect(await refusal(update(patch('wrong_op', header), 'wrong'))).toBe(
      status
        .replace('1 validation error', '2 validation errors')
        .replace("detected: Value 'wrong' at", `detected: ${op(1)}; Value 'wrong' at`),
    );
  });

  it('of models', async () => {
    const create = (more: object) =>
      client.send(
        new CreateModelCommand({
          restApiId,
          name: 'M',
          contentType: 'application/json',
          schema: '{}',
          ...more,
        }),
      );
    const update = (modelName: string, patchOperations: PatchOperation[]) =>
      client.send(new UpdateModelCommand({ restApiId, modelName, patchOperations }));
    const noApi = missing('Invalid API identifier specified 111111111111:abcde0');
    await expectTold(create({ restApiId: 'abcde0' }), noApi);
    await expectTold(client.send(new GetModelsCommand({ restApiId: 'abcde0' })), noApi);
    await expectTold(
      client.send(new GetModelCommand({ restApiId, modelName: 'MySchema' })),
      missing('Invalid model name specified: MySchema'),
    );
    await expectTold(
      update('mySchema', patch('replace', '/schema', '{}')),
      missing('Invalid model name specified: mySchema'),
    );
    await expectTold(create({ name: '' }), bad('Model name must be non-empty'));
    await expectTold(
      create({ name: 'Empty' }),
      'ConflictException: Model name already exists for this REST API',
    );
    const empty = bad('Model schema must have at least 1 property or array items defined');
    expect(await refusal(create({ schema: '' }))).toBe(empty);
    expect(await refusal(update('Used', patch('replace', '/schema', '')))).toBe(empty);
    await expectTold(
      update('Used', patch('add', '/wrong-path', 'x')),
      bad("Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations"),
    );
    expect(await refusal(update('Used', patch('replace', '/name', 'x')))).toBe(
      bad("Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]"),
    );
    expect(await refusal(client.send(new DeleteModelCommand({ restApiId, modelName: 'Used' })))).toBe(
      "ConflictException: Cannot delete model 'Used', is referenced in method request: /pets/subpets/ANY",
    );
  });

  it('of request validators', async () => {
    const update = (patchOperations: PatchOperation[]) =>
      client.send(
        new UpdateRequestValidatorCommand({ restApiId, requestValidatorId: validatorId, patchOperations }),
      );
    await expectTold(
      client.send(new CreateRequestValidatorCommand({ restApiId: 'fake', name: 'x' })),
      bad('Invalid REST API identifier specified'),
    );
    await expectTold(
      client.send(new GetRequestValidatorCommand({ restApiId: 'fake', requestValidatorId: validatorId })),
      missing('Invalid Request Validator identifier specified'),
    );
    for (const op of ['add', 'remove'])
      await expectTold(
        update(patch(op, '/validateRequestBody', 'true')),
        bad(
          `Invalid patch path  '/validateRequestBody' specified for op '${op}'. Please choose supported operations`,
        ),
      );
    await expectTold(
      update(patch('replace', '/invalidPath', 'true')),
      bad(
        "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
      ),
    );
    await expectTold(update(patch('replace', '/name', '')), bad('Request Validator name cannot be blank'));
  });

  it('of authorizers', async () => {
    const fake = 'test-fake-rest-id';
    expect(
      await refusal(client.send(new CreateAuthorizerCommand({ restApiId: fake, name: 'a', type: 'TOKEN' }))),
    ).toBe(
      'ConflictException: Unable to complete operation due to concurrent modification. Please try again later.',
    );
    await expectTold(
      client.send(new GetAuthorizersCommand({ restApiId: fake })),
      missing(`Invalid API identifier specified 111111111111:${fake}`),
    );
  });

  it('of gateway responses', async () => {
    const responseType: GatewayResponseType = 'DEFAULT_4XX';
    const update = (patchOperations: PatchOperation[], id = restApiId) =>
      client.send(new UpdateGatewayResponseCommand({ restApiId: id, responseType, patchOperations }));
    await expectTold(
      update(patch('replace', '/statusCode', '444'), 'fake-api-id'),
      missing('Invalid API identifier specified 111111111111:fake-api-id'),
    );
    await expectTold(
      client.send(new DeleteGatewayResponseCommand({ restApiId, responseType })),
      missing('Gateway response type not defined on api'),
    );
    for (const op of ['add', 'remove'])
      await expectTold(update(patch(op, '/statusCode', '444')), bad('Invalid patch path /statusCode'));
    await expectTold(update(patch('replace', undefined, 'x')), bad('Invalid patch path null'));
    await expectTold(update(patch('replace', '/wrongPath', 'x')), bad('Invalid patch path /wrongPath'));
    for (const map of ['responseTemplates/application~1json', 'responseParameters/x'])
      expect(await refusal(update(patch('replace', `/${map}`)))).toBe(
        bad(`Invalid null or empty value in ${map.split('/')[0] ?? ''}`),
      );
  });

  it('of stages', async () => {
    const { restApiId: api } = await gateway.deployed();
    const update = (patchOperations: PatchOperation[]) =>
      client.send(new UpdateStageCommand({ restApiId: api, stageName: 'dev', patchOperations }));
    const log = '/accessLogSettings';
    await expectTold(
      update(patch('replace', `${log}/destinationArn`, '')),
      bad('Access Log value must not be empty'),
    );
    for (const op of ['add', 'replace'])
      await expectTold(
        update(patch(op, `${log}/randomValue`, 'x')),
        bad(
          'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
        ),
      );
    for (const name of ['randomValue', '*'])
      await expectTold(
        update(patch('remove', `${log}/${name}`)),
        bad(
          `Cannot remove method setting accessLogSettings/${name} because there is no method setting for this method `,
        ),
      );
    // AWS's sentences, not among the recordings.
    const noRole = bad('CloudWatch Logs role ARN must be set in account settings to enable logging');
    expect(await refusal(update(patch('replace', '/*/*/logging/loglevel', 'INFO')))).toBe(noRole);
    expect(await refusal(update(patch('replace', '/variables/a', 'a b;')))).toContain(
      'Invalid stage variable value: a b;. Please use values with alphanumeric characters and the symbols',
    );
    expect(await refusal(client.send(new GetStageCommand({ restApiId: api, stageName: 'no' })))).toBe(
      missing('Invalid stage identifier specified'),
    );
  });

  it('of the account', async () => {
    const update = (value: string) =>
      client.send(
        new UpdateAccountCommand({ patchOperations: patch('replace', '/cloudwatchRoleArn', value) }),
      );
    const role = await gateway.role('nobody-of-gateways', 'lambda.amazonaws.com');
    const unusable = bad(
      'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
    );
    expect(await refusal(update(role))).toBe(unusable);
    expect(await refusal(update('arn:aws:iam::111111111111:role/none'))).toBe(unusable);
    const trusted = await gateway.role('gateway-without-policy', 'apigateway.amazonaws.com');
    expect(await refusal(update(trusted))).toBe(unusable);
    expect(await refusal(update('role'))).toBe(bad('Invalid ARN specified in the request'));
  });

  it.runIf(recordedAtHand)('are those that were recorded, and no recorded one is left out', () => {
    const recordings = recordedErrors();
    // With names of their own, or proved where stages, canaries, keys and plans are; the last ones are not built.
    const elsewhere =
      /<name:1>|<api-id:1>|API Stage|API Key|anary|\*\/\*|method setting path|Deployment id|Invalid deployment content|Vpc Link|ARN is not well formed|Name cannot be empty|Active stages|copy operation|add operation|Usage Plan|'\/id'|Documentation|documentation|importer|OpenAPI|can not be converted|AWS_PROXY|Invalid ARN specified|ipAddressType must be/;
    expect([...recordings].filter((text) => !told.has(text) && !elsewhere.test(text))).toEqual([]);
    expect([...told].filter((text) => !recordings.has(text)).length).toBeLessThan(12);
  });
});
