import * as sdk from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../apigateway/testing/trial-gateway.ts';
import { TrialHttp } from '../http/testing/trial-http.ts';

let http: TrialHttp;
let client: sdk.ApiGatewayV2Client;
const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';
beforeAll(async () => {
  http = await TrialHttp.start();
  ({ client } = http);
});
afterAll(async () => {
  await http.stop();
});

const made = async (more: Partial<sdk.CreateApiRequest> = {}): Promise<string> => {
  const { ApiId = '' } = await client.send(
    new sdk.CreateApiCommand({ Name: 'n', ProtocolType: 'HTTP', ...more }),
  );
  return ApiId;
};
const webSocket = () => made({ ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' });

describe('APIs', () => {
  it('have AWS’s defaults, are changed and deleted', async () => {
    const input = { Name: 'shop', ProtocolType: 'HTTP' as const, Tags: { team: 'a' } };
    const { $metadata, ...api } = await client.send(new sdk.CreateApiCommand(input));
    expect($metadata.httpStatusCode).toBe(201);
    const { ApiId } = api;
    expect(api).toEqual({
      ApiId,
      ApiEndpoint: expect.stringContaining(ApiId ?? '') as unknown,
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CreatedDate: expect.any(Date) as unknown,
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      Name: 'shop',
      ProtocolType: 'HTTP',
      RouteSelectionExpression: '$request.method $request.path',
      Tags: { team: 'a' },
    });
    const changed = await client.send(
      new sdk.UpdateApiCommand({ ApiId, Description: 'd', DisableExecuteApiEndpoint: true }),
    );
    expect(changed).toMatchObject({ Name: 'shop', Description: 'd', DisableExecuteApiEndpoint: true });
    expect(await client.send(new sdk.GetApiCommand({ ApiId }))).toMatchObject({ Description: 'd' });
    await client.send(new sdk.DeleteApiCommand({ ApiId }));
    expect(await refusal(client.send(new sdk.GetApiCommand({ ApiId })))).toBe(
      `NotFoundException: Invalid API identifier specified 111111111111:${ApiId ?? ''}`,
    );
  });

  it('are listed by pages', async () => {
    const ids = [await made(), await made(), await made()];
    const found: (string | undefined)[] = [];
    for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
      const page: sdk.GetApisResponse = await client.send(
        new sdk.GetApisCommand({ MaxResults: '2', ...(NextToken !== undefined && { NextToken }) }),
      );
      expect(page.Items?.length).toBeLessThanOrEqual(2);
      found.push(...(page.Items ?? []).map(({ ApiId }) => ApiId));
      ({ NextToken } = page);
    }
    expect(found).toEqual(expect.arrayContaining(ids));
  });

  it('come whole by quick create', async () => {
    await http.function('f', 'return event.routeKey;');
    const ApiId = await made({ Target: lambda });
    await http.permit('f', ApiId);
    const { Items: [route] = [] } = await client.send(new sdk.GetRoutesCommand({ ApiId }));
    const { Items: [integration] = [] } = await client.send(new sdk.GetIntegrationsCommand({ ApiId }));
    const { Items: [stage] = [] } = await client.send(new sdk.GetStagesCommand({ ApiId }));
    expect(route).toMatchObject({
      RouteKey: '$default',
      ApiGatewayManaged: true,
      Target: `integrations/${integration?.IntegrationId ?? ''}`,
    });
    expect(integration).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true, ApiGatewayManaged: true });
    expect((await http.ask(ApiId, '/any/where')).text).toBe('$default');
    await client.send(new sdk.UpdateApiCommand({ ApiId, Target: `${lambda}-gone` }));
    expect((await http.ask(ApiId, '/any/where')).status).toBe(500);
  });

  it('keep tags by their ARNs', async () => {
    const ApiId = await made({ Tags: { a: '1' } });
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
    await client.send(new sdk.TagResourceCommand({ ResourceArn, Tags: { b: '2' } }));
    await client.send(new sdk.UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    expect((await client.send(new sdk.GetTagsCommand({ ResourceArn }))).Tags).toEqual({ b: '2' });
  });
});

describe('parts', () => {
  it('of integrations are changed one by one, and taken away by nothing', async () => {
    const ApiId = await made();
    const input = {
      ApiId,
      IntegrationType: 'HTTP_PROXY' as const,
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
      RequestParameters: { 'overwrite:header.a': "'1'", 'overwrite:header.b': "'2'" },
    };
    const { IntegrationId, PayloadFormatVersion, TimeoutInMillis } = await client.send(
      new sdk.CreateIntegrationCommand(input),
    );
    expect([PayloadFormatVersion, TimeoutInMillis]).toEqual(['1.0', 30_000]);
    const RequestParameters = { 'overwrite:header.a': '', 'overwrite:header.c': "'3'" };
    const changed = await client.send(
      new sdk.UpdateIntegrationCommand({ ApiId, IntegrationId, RequestParameters }),
    );
    expect(changed.RequestParameters).toEqual({ 'overwrite:header.b': "'2'", 'overwrite:header.c': "'3'" });
    expect(changed.IntegrationUri).toBe('https://example.com');
  });

  it('of WebSocket APIs: responses and models', async () => {
    const ApiId = await webSocket();
    const { IntegrationId } = await client.send(
      new sdk.CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK' }),
    );
    const key = { IntegrationResponseKey: '$default', ResponseTemplates: { $default: 'x' } };
    const { IntegrationResponseId } = await client.send(
      new sdk.CreateIntegrationResponseCommand({ ApiId, IntegrationId, ...key }),
    );
    const listed = await client.send(new sdk.GetIntegrationResponsesCommand({ ApiId, IntegrationId }));
    expect(listed.Items).toEqual([{ ...key, IntegrationResponseId }]);
    const { RouteId } = await client.send(new sdk.CreateRouteCommand({ ApiId, RouteKey: 'hello' }));
    const { RouteResponseId } = await client.send(
      new sdk.CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }),
    );
    await client.send(new sdk.DeleteRouteResponseCommand({ ApiId, RouteId, RouteResponseId }));
    expect((await client.send(new sdk.GetRouteResponsesCommand({ ApiId, RouteId }))).Items).toEqual([]);
    const Schema = '{"type":"object","properties":{"n":{"type":"integer"}}}';
    const { ModelId } = await client.send(new sdk.CreateModelCommand({ ApiId, Name: 'Note', Schema }));
    const template = await client.send(new sdk.GetModelTemplateCommand({ ApiId, ModelId }));
    expect(template.Value).toContain('"n" : 42');
  });

  it('VPC links are kept', async () => {
    const { VpcLinkId } = await client.send(new sdk.CreateVpcLinkCommand({ Name: 'l', SubnetIds: ['s'] }));
    expect((await client.send(new sdk.GetVpcLinkCommand({ VpcLinkId }))).VpcLinkStatus).toBe('AVAILABLE');
    await client.send(new sdk.DeleteVpcLinkCommand({ VpcLinkId }));
    expect(await refusal(client.send(new sdk.GetVpcLinkCommand({ VpcLinkId })))).toMatch(
      /^NotFoundException/,
    );
  });
});
