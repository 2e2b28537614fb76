import {
  CreateDeploymentCommand,
  GetDocumentationPartsCommand,
  GetExportCommand,
  GetResourcesCommand,
  ImportDocumentationPartsCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
  type PutMode,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, TrialGateway } from '../testing/trial-gateway.ts';

/** What the documents themselves mean is proved in `openapi/`; here, that an API becomes what they say. */
describe('APIs from documents', () => {
  let gateway: TrialGateway;
  beforeAll(async () => {
    gateway = await TrialGateway.start();
  });
  afterAll(() => gateway.stop());

  const mock = {
    'x-amazon-apigateway-integration': { type: 'mock', passthroughBehavior: 'when_no_match' },
    responses: { 200: { description: 'ok' } },
  };
  const bytes = (document: object): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
  const openapi = (title: string, paths: object, more: object = {}): Uint8Array =>
    bytes({ openapi: '3.0.1', info: { title, version: '1.0' }, paths, ...more });
  const paths = async (restApiId: string | undefined) => {
    const { items = [] } = await gateway.client.send(new GetResourcesCommand({ restApiId }));
    return items.map(
      ({ path, resourceMethods = {} }) => `${path ?? ''} ${Object.keys(resourceMethods).join()}`,
    );
  };

  it('are made, merged, overwritten, deployed and exported', async () => {
    const { client } = gateway;
    const part = { location: { type: 'API' }, properties: { description: 'All of it.' } };
    const api = await client.send(
      new ImportRestApiCommand({
        body: openapi(
          'notes',
          { '/notes': { get: mock } },
          { 'x-amazon-apigateway-documentation': { documentationParts: [part] } },
        ),
        parameters: { endpointConfigurationTypes: 'REGIONAL' },
      }),
    );
    expect(api).toMatchObject({
      name: 'notes',
      version: '1.0',
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    expect(await paths(api.id)).toEqual(['/ ', '/notes GET']);
    const parts = await client.send(new GetDocumentationPartsCommand({ restApiId: api.id }));
    expect(parts.items).toMatchObject([{ location: { type: 'API' } }]);
    const put = (mode: PutMode, body: Uint8Array) =>
      client.send(new PutRestApiCommand({ restApiId: api.id, mode, body }));
    await put('merge', openapi('notes', { '/notes/{id}': { delete: mock } }));
    expect(await paths(api.id)).toEqual(['/ ', '/notes GET', '/notes/{id} DELETE']);
    await client.send(new CreateDeploymentCommand({ restApiId: api.id, stageName: 'dev' }));
    const replaced = await put('overwrite', openapi('other', { '/other': { post: mock } }));
    expect(replaced).toMatchObject({
      id: api.id,
      rootResourceId: api.rootResourceId,
      name: 'other',
      tags: {},
    });
    expect(await paths(api.id)).toEqual(['/ ', '/other POST']);
    // What is exported is what is deployed, not what is being edited.
    const exported = await client.send(
      new GetExportCommand({
        restApiId: api.id,
        stageName: 'dev',
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
      }),
    );
    expect(exported.contentType).toBe('application/octet-stream');
    expect(exported.contentDisposition).toBe('attachment; filename="oas30_1.0.json"');
    const document = JSON.parse(new TextDecoder().decode(exported.body)) as { paths: object };
    expect(Object.keys(document.paths).sort()).toEqual(['/notes', '/notes/{id}']);
  });

  it('are refused in AWS’s words, and nothing is changed', async () => {
    const { client } = gateway;
    const bad = new TextEncoder().encode('not: [an api');
    expect(await refusal(client.send(new ImportRestApiCommand({ body: bad })))).toBe(
      'BadRequestException: Invalid OpenAPI input.',
    );
    const { restApiId, rootId } = await gateway.api();
    await gateway.mock(restApiId, rootId);
    expect(
      await refusal(client.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bad }))),
    ).toBe('BadRequestException: Invalid OpenAPI input.');
    expect(await paths(restApiId)).toEqual(['/ GET']);
    expect(await refusal(client.send(new ImportDocumentationPartsCommand({ restApiId, body: bad })))).toBe(
      'BadRequestException: Unable to build importer with provided input.',
    );
  });
});
