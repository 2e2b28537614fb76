import { CreateBasePathMappingCommand, GetBasePathMappingsCommand } from '@aws-sdk/client-api-gateway';
import * as sdk from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../apigateway/testing/trial-api.ts';
import { refusal } from '../../apigateway/testing/trial-gateway.ts';
import { asking, TrialHttp } from '../http/testing/trial-http.ts';

let http: TrialHttp;
beforeAll(async () => {
  http = await TrialHttp.start();
});
afterAll(async () => {
  await http.stop();
});

const CertificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/c';
const DomainName = 'api.shop.example';

describe('custom domain names', () => {
  it('lead to HTTP APIs by their mappings, and are shared with REST APIs', async () => {
    const { client, gateway } = http;
    const made = await client.send(
      new sdk.CreateDomainNameCommand({
        DomainName,
        DomainNameConfigurations: [{ CertificateArn, EndpointType: 'REGIONAL' }],
      }),
    );
    expect(made).toMatchObject({
      DomainName,
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameConfigurations: [
        { CertificateArn, DomainNameStatus: 'AVAILABLE', SecurityPolicy: 'TLS_1_2' },
      ],
    });
    const echo = await http.function('echo', 'return event;');
    const ApiId = await http.api({ 'GET /hello': asking(echo) }, { stage: { StageName: 'dev' } });
    const { ApiMappingId } = await client.send(
      new sdk.CreateApiMappingCommand({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: 'v1/shop' }),
    );
    const headers = { host: DomainName };
    const { status, json } = await ask(gateway, '/v1/shop/hello', { headers });
    expect([status, json]).toMatchObject([
      200,
      { rawPath: '/hello', requestContext: { domainName: DomainName, stage: 'dev' } },
    ]);
    expect((await ask(gateway, '/v1/hello', { headers })).status).toBe(403);

    const { restApiId } = await gateway.deployed();
    const mapping = { basePath: 'rest', restApiId, stage: 'dev' };
    await gateway.client.send(new CreateBasePathMappingCommand({ domainName: DomainName, ...mapping }));
    const { Items = [] } = await client.send(new sdk.GetApiMappingsCommand({ DomainName }));
    expect(Items.map(({ ApiMappingKey, Stage }) => [ApiMappingKey, Stage])).toEqual([
      ['v1/shop', 'dev'],
      ['rest', 'dev'],
    ]);
    const { items } = await gateway.client.send(new GetBasePathMappingsCommand({ domainName: DomainName }));
    expect(items).toEqual([{ basePath: 'v1/shop', restApiId: ApiId, stage: 'dev' }, mapping]);

    const update = { DomainName, ApiMappingId, ApiId, ApiMappingKey: '' };
    await client.send(new sdk.UpdateApiMappingCommand(update));
    expect((await ask(gateway, '/hello', { headers })).status).toBe(200);
    expect(
      await refusal(client.send(new sdk.CreateApiMappingCommand({ DomainName, ApiId, Stage: 'dev' }))),
    ).toBe('ConflictException: ApiMapping key already exists for this domain name');
    expect(await refusal(client.send(new sdk.UpdateApiMappingCommand({ ...update, Stage: 'none' })))).toBe(
      'NotFoundException: Invalid stage identifier specified',
    );
    await client.send(new sdk.DeleteApiMappingCommand({ DomainName, ApiMappingId }));
    expect((await ask(gateway, '/hello', { headers })).status).toBe(403);
    await client.send(new sdk.DeleteDomainNameCommand({ DomainName }));
    expect((await client.send(new sdk.GetDomainNamesCommand({}))).Items).toEqual([]);
  });
});
