import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateAuthorizerCommand,
  UpdateGatewayResponseCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { bare, gatewayForTests } from '../testing/for-tests.ts';
import { replace, refusal } from '../testing/trial-gateway.ts';

describe('what a REST API is made of', () => {
  const trial = gatewayForTests();

  it('are methods with what was put, and AWS’s defaults of integrations', async () => {
    const { restApiId, rootId: resourceId } = await trial.gateway.api();
    const ANY = { restApiId, resourceId, httpMethod: 'ANY' };
    expect(
      bare(await trial.client.send(new PutMethodCommand({ ...ANY, authorizationType: 'NONE' }))),
    ).toEqual({
      httpMethod: 'ANY',
      authorizationType: 'NONE',
      apiKeyRequired: false,
    });
    expect(
      await refusal(trial.client.send(new PutMethodCommand({ ...ANY, authorizationType: 'NONE' }))),
    ).toBe('ConflictException: Method already exists for this resource');
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    const integration = {
      type: 'MOCK',
      requestTemplates,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: resourceId,
      cacheKeyParameters: [],
    };
    expect(
      bare(await trial.client.send(new PutIntegrationCommand({ ...ANY, type: 'MOCK', requestTemplates }))),
    ).toEqual(integration);
    const none = new PutMethodResponseCommand({
      ...ANY,
      statusCode: '200',
      responseModels: {},
      responseParameters: {},
    });
    expect(bare(await trial.client.send(none))).toEqual({
      statusCode: '200',
      responseModels: {},
      responseParameters: {},
    });
    const header = 'method.response.header.my-header';
    const update = async (op: 'add' | 'remove') =>
      bare(
        await trial.client.send(
          new UpdateMethodResponseCommand({
            ...ANY,
            statusCode: '200',
            patchOperations: [
              { op, path: `/responseParameters/${header}`, value: 'true' },
              { op, path: '/responseModels/application~1json', value: 'Empty' },
            ],
          }),
        ),
      );
    expect(await update('add')).toEqual({
      statusCode: '200',
      responseModels: { 'application/json': 'Empty' },
      responseParameters: { [header]: true },
    });
    expect(await update('remove')).toEqual({ statusCode: '200' });
    await trial.client.send(
      new PutIntegrationResponseCommand({ ...ANY, statusCode: '200', selectionPattern: '' }),
    );
    expect(bare(await trial.client.send(new GetMethodCommand(ANY)))).toEqual({
      httpMethod: 'ANY',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      methodResponses: { 200: { statusCode: '200' } },
      methodIntegration: {
        ...integration,
        integrationResponses: { 200: { statusCode: '200', selectionPattern: '' } },
      },
    });
    const changed = await trial.client.send(
      new UpdateMethodCommand({
        ...ANY,
        patchOperations: [
          replace('/apiKeyRequired', 'true'),
          { op: 'add', path: '/requestParameters/method.request.querystring.q', value: 'true' },
        ],
      }),
    );
    expect(changed).toMatchObject({
      apiKeyRequired: true,
      requestParameters: { 'method.request.querystring.q': true },
    });
    const cached = await trial.client.send(
      new UpdateIntegrationCommand({
        ...ANY,
        patchOperations: [
          { op: 'add', path: '/cacheKeyParameters/method.request.querystring.q' },
          replace('/timeoutInMillis', '100'),
        ],
      }),
    );
    expect(cached).toMatchObject({
      cacheKeyParameters: ['method.request.querystring.q'],
      timeoutInMillis: 100,
    });
  });

  it('are models that refer to one another', async () => {
    const { restApiId } = await trial.gateway.api();
    const reference = { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Pet` };
    const create = (name: string, schema: object) =>
      trial.client.send(
        new CreateModelCommand({
          restApiId,
          name,
          contentType: 'application/json',
          schema: JSON.stringify(schema),
        }),
      );
    await create('Pet', {
      type: 'object',
      properties: { id: { type: 'integer' }, name: { type: 'string' } },
    });
    await create('Pets', { type: 'array', items: reference });
    const { items = [] } = await trial.client.send(new GetModelsCommand({ restApiId }));
    expect(items.map(({ name }) => name)).toEqual(['Empty', 'Error', 'Pet', 'Pets']);
    expect(JSON.parse(items[1]?.schema ?? '')).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Error Schema',
      type: 'object',
      properties: { message: { type: 'string' } },
    });
    const flat = await trial.client.send(
      new GetModelCommand({ restApiId, modelName: 'Pets', flatten: true }),
    );
    expect(JSON.parse(flat.schema ?? '')).toMatchObject({
      type: 'array',
      items: { $ref: '#/definitions/Pet' },
      definitions: { Pet: { type: 'object' } },
    });
    const template = await trial.client.send(new GetModelTemplateCommand({ restApiId, modelName: 'Pet' }));
    expect(template.value).toBe(
      '#set($inputRoot = $input.path(\'$\'))\n{\n  "id" : 42,\n  "name" : "foo"\n}',
    );
    expect(await refusal(create('Bad', { $ref: 'elsewhere' }))).toMatch(
      /Model reference must be in canonical form/,
    );
  });

  it('are authorizers, which methods hold fast', async () => {
    const { restApiId, rootId: resourceId } = await trial.gateway.api();
    const authorizerUri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:a/invocations';
    const identitySource = 'method.request.header.Auth';
    const create = (more: object = {}) =>
      trial.client.send(
        new CreateAuthorizerCommand({
          restApiId,
          name: 'lambda_authorizer',
          type: 'TOKEN',
          authorizerUri,
          identitySource,
          ...more,
        }),
      );
    const { id: authorizerId = '', ...authorizer } = bare(await create());
    expect(authorizer).toEqual({
      name: 'lambda_authorizer',
      type: 'TOKEN',
      authType: 'custom',
      authorizerUri,
      identitySource,
    });
    expect(await refusal(create())).toBe(
      'BadRequestException: Authorizer name must be unique. Authorizer lambda_authorizer already exists in this RestApi.',
    );
    expect(await refusal(create({ name: 'b', authorizerUri: 'x' }))).toBe(
      'BadRequestException: Invalid Authorizer URI: x. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.',
    );
    expect(await refusal(create({ name: 'c', type: 'REQUEST', identitySource: undefined }))).toMatch(
      /^BadRequestException: /,
    );
    await create({ name: 'd', type: 'REQUEST', identitySource: undefined, authorizerResultTtlInSeconds: 0 });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    const put = new PutMethodCommand({
      ...method,
      authorizationType: 'CUSTOM',
      authorizerId,
      apiKeyRequired: true,
    });
    expect(bare(await trial.client.send(put))).toEqual({
      httpMethod: 'GET',
      authorizationType: 'CUSTOM',
      authorizerId,
      apiKeyRequired: true,
    });
    expect(await refusal(trial.client.send(new DeleteAuthorizerCommand({ restApiId, authorizerId })))).toBe(
      `ConflictException: Cannot delete authorizer '${authorizerId}', is referenced in method: //GET`,
    );
    const patchOperations = [
      replace('/authorizerResultTtlInSeconds', '0'),
      replace('/identityValidationExpression', '^x'),
    ];
    const updated = await trial.client.send(
      new UpdateAuthorizerCommand({ restApiId, authorizerId, patchOperations }),
    );
    expect(updated).toMatchObject({ authorizerResultTtlInSeconds: 0, identityValidationExpression: '^x' });
  });

  it('are gateway responses with fallbacks', async () => {
    const { restApiId } = await trial.gateway.api();
    const standard = { 'application/json': '{"message":$context.error.messageString}' };
    const get = async (responseType: 'DEFAULT_4XX' | 'UNAUTHORIZED' | 'INTEGRATION_FAILURE') =>
      bare(await trial.client.send(new GetGatewayResponseCommand({ restApiId, responseType })));
    const unauthorized = {
      responseType: 'UNAUTHORIZED',
      statusCode: '401',
      responseParameters: {},
      responseTemplates: standard,
      defaultResponse: true,
    };
    expect(await get('UNAUTHORIZED')).toEqual(unauthorized);
    const all = await trial.client.send(new GetGatewayResponsesCommand({ restApiId }));
    expect(all.items).toHaveLength(21);
    expect(all.items?.find(({ responseType }) => responseType === 'DEFAULT_5XX')?.statusCode).toBeUndefined();
    const header = 'gatewayresponse.header.Access-Control-Allow-Origin';
    await trial.client.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: 'DEFAULT_4XX',
        statusCode: '444',
        responseParameters: { [header]: "'*'" },
      }),
    );
    expect(await get('UNAUTHORIZED')).toEqual({
      ...unauthorized,
      statusCode: '444',
      responseParameters: { [header]: "'*'" },
    });
    expect((await get('INTEGRATION_FAILURE')).statusCode).toBe('504');
    // Recorded: one that was put for itself has AWS's own for the rest.
    const patchOperations: PatchOperation[] = [
      { op: 'add', path: '/responseTemplates/application~1xml', value: '<m/>' },
    ];
    const own = new UpdateGatewayResponseCommand({
      restApiId,
      responseType: 'UNAUTHORIZED',
      patchOperations,
    });
    expect(bare(await trial.client.send(own))).toEqual({
      ...unauthorized,
      responseTemplates: { ...standard, 'application/xml': '<m/>' },
      defaultResponse: false,
    });
    await trial.client.send(new DeleteGatewayResponseCommand({ restApiId, responseType: 'UNAUTHORIZED' }));
    expect((await get('UNAUTHORIZED')).statusCode).toBe('444');
  });
});
