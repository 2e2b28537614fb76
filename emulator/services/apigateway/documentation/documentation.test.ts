import {
  CreateDocumentationPartCommand,
  CreateDocumentationVersionCommand,
  DeleteDocumentationPartCommand,
  GetDocumentationPartCommand,
  GetDocumentationPartsCommand,
  GetDocumentationVersionCommand,
  UpdateDocumentationPartCommand,
  UpdateDocumentationVersionCommand,
  type DocumentationPartType,
  type Op,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalised, recorded, recordedAtHand } from '../testing/recorded.ts';
import { refusal, TrialGateway } from '../testing/trial-gateway.ts';

describe('documentation', () => {
  let gateway: TrialGateway;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  });
  afterAll(() => gateway.stop());

  it.runIf(recordedAtHand)('parts and versions are as recorded on AWS', async () => {
    const expected = recorded('common', 'TestDocumentations::test_documentation_parts_and_versions');
    const { client } = gateway;
    const { restApiId } = await gateway.api();
    const part = await client.send(
      new CreateDocumentationPartCommand({
        restApiId,
        location: { type: 'API' },
        properties: '{"foo":"bar"}',
      }),
    );
    const parts = await client.send(new GetDocumentationPartsCommand({ restApiId }));
    // The recordings show the properties read.
    const read = (answer: unknown): unknown =>
      JSON.parse(JSON.stringify(normalised(answer, { '<id:1>': part.id ?? '' })), (key, value: unknown) =>
        key === 'properties' ? (JSON.parse(String(value)) as unknown) : value,
      );
    expect(read(part)).toEqual(expected['create-part-response']);
    expect(read(parts)).toEqual(expected['get-parts-response']);
    const version = { restApiId, documentationVersion: 'v123' };
    expect(normalised(await client.send(new CreateDocumentationVersionCommand(version)), {})).toEqual(
      expected['create-version-response'],
    );
    const updated = await client.send(
      new UpdateDocumentationVersionCommand({
        ...version,
        patchOperations: [{ op: 'replace', path: '/description', value: 'doc version new' }],
      }),
    );
    expect(normalised(updated, {})).toEqual(expected['update-version-response']);
    expect(normalised(await client.send(new GetDocumentationVersionCommand(version)), {})).toEqual(
      expected['get-version-response'],
    );
  });

  it('is refused in AWS’s words', async () => {
    const { client } = gateway;
    const { restApiId } = await gateway.api();
    const create = (type: string, id = restApiId) =>
      client.send(
        new CreateDocumentationPartCommand({
          restApiId: id,
          location: { type: type as DocumentationPartType },
          properties: '{}',
        }),
      );
    expect(await refusal(create('INVALID'))).toBe(
      "ValidationException: 1 validation error detected: Value 'INVALID' at 'createDocumentationPartInput.location.type' failed to satisfy constraint: Member must satisfy enum value set: [RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER]",
    );
    expect(await refusal(create('API', 'api_id'))).toBe(
      'NotFoundException: Invalid API identifier specified 111111111111:api_id',
    );
    const { id: documentationPartId } = await create('API');
    const update = (op: Op, path: string) =>
      refusal(
        client.send(
          new UpdateDocumentationPartCommand({
            restApiId,
            documentationPartId,
            patchOperations: [{ op, path, value: '{}' }],
          }),
        ),
      );
    expect(await update('add', '/properties')).toBe(
      "BadRequestException: Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations",
    );
    expect(await update('replace', '/invalidPath')).toBe(
      "BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/properties]",
    );
    await client.send(new DeleteDocumentationPartCommand({ restApiId, documentationPartId }));
    for (const id of [restApiId, 'wrong'])
      expect(
        await refusal(client.send(new GetDocumentationPartCommand({ restApiId: id, documentationPartId }))),
      ).toBe('NotFoundException: Invalid Documentation part identifier specified');
  });
});
