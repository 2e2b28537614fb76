import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  DeleteGatewayResponseCommand,
  DeleteModelCommand,
  GetAuthorizersCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorCommand,
  UpdateGatewayResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  type GatewayResponseType,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { refusal } from '../../testing/trial-gateway.ts';
import { bad, missing, patch, type RefusalBench } from './bench.ts';

/** What models, validators, authorizers and gateway responses cannot be. */
export function partRefusals(bench: RefusalBench): void {
  it('of models', async () => {
    const { client, restApiId } = bench;
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
    await bench.expectTold(create({ restApiId: 'abcde0' }), noApi);
    await bench.expectTold(client.send(new GetModelsCommand({ restApiId: 'abcde0' })), noApi);
    await bench.expectTold(
      client.send(new GetModelCommand({ restApiId, modelName: 'MySchema' })),
      missing('Invalid model name specified: MySchema'),
    );
    await bench.expectTold(
      update('mySchema', patch('replace', '/schema', '{}')),
      missing('Invalid model name specified: mySchema'),
    );
    await bench.expectTold(create({ name: '' }), bad('Model name must be non-empty'));
    await bench.expectTold(
      create({ name: 'Empty' }),
      'ConflictException: Model name already exists for this REST API',
    );
    const empty = bad('Model schema must have at least 1 property or array items defined');
    expect(await refusal(create({ schema: '' }))).toBe(empty);
    expect(await refusal(update('Used', patch('replace', '/schema', '')))).toBe(empty);
    await bench.expectTold(
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
    const { client, restApiId, validatorId } = bench;
    const update = (patchOperations: PatchOperation[]) =>
      client.send(
        new UpdateRequestValidatorCommand({ restApiId, requestValidatorId: validatorId, patchOperations }),
      );
    await bench.expectTold(
      client.send(new CreateRequestValidatorCommand({ restApiId: 'fake', name: 'x' })),
      bad('Invalid REST API identifier specified'),
    );
    await bench.expectTold(
      client.send(new GetRequestValidatorCommand({ restApiId: 'fake', requestValidatorId: validatorId })),
      missing('Invalid Request Validator identifier specified'),
    );
    for (const op of ['add', 'remove'])
      await bench.expectTold(
        update(patch(op, '/validateRequestBody', 'true')),
        bad(
          `Invalid patch path  '/validateRequestBody' specified for op '${op}'. Please choose supported operations`,
        ),
      );
    await bench.expectTold(
      update(patch('replace', '/invalidPath', 'true')),
      bad(
        "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
      ),
    );
    await bench.expectTold(
      update(patch('replace', '/name', '')),
      bad('Request Validator name cannot be blank'),
    );
  });

  it('of authorizers', async () => {
    const { client } = bench;
    const fake = 'test-fake-rest-id';
    expect(
      await refusal(client.send(new CreateAuthorizerCommand({ restApiId: fake, name: 'a', type: 'TOKEN' }))),
    ).toBe(
      'ConflictException: Unable to complete operation due to concurrent modification. Please try again later.',
    );
    await bench.expectTold(
      client.send(new GetAuthorizersCommand({ restApiId: fake })),
      missing(`Invalid API identifier specified 111111111111:${fake}`),
    );
  });

  it('of gateway responses', async () => {
    const { client, restApiId } = bench;
    const responseType: GatewayResponseType = 'DEFAULT_4XX';
    const update = (patchOperations: PatchOperation[], id = restApiId) =>
      client.send(new UpdateGatewayResponseCommand({ restApiId: id, responseType, patchOperations }));
    await bench.expectTold(
      update(patch('replace', '/statusCode', '444'), 'fake-api-id'),
      missing('Invalid API identifier specified 111111111111:fake-api-id'),
    );
    await bench.expectTold(
      client.send(new DeleteGatewayResponseCommand({ restApiId, responseType })),
      missing('Gateway response type not defined on api'),
    );
    for (const op of ['add', 'remove'])
      await bench.expectTold(update(patch(op, '/statusCode', '444')), bad('Invalid patch path /statusCode'));
    await bench.expectTold(update(patch('replace', undefined, 'x')), bad('Invalid patch path null'));
    await bench.expectTold(update(patch('replace', '/wrongPath', 'x')), bad('Invalid patch path /wrongPath'));
    for (const map of ['responseTemplates/application~1json', 'responseParameters/x'])
      expect(await refusal(update(patch('replace', `/${map}`)))).toBe(
        bad(`Invalid null or empty value in ${map.split('/')[0] ?? ''}`),
      );
  });
}
