import * as sdk from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { forTests } from '../../apigateway/testing/for-tests.ts';
import { refusal } from '../../apigateway/testing/trial-gateway.ts';
import { TrialHttp } from '../http/testing/trial-http.ts';

const http = forTests(() => TrialHttp.start());
const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';

describe('APIs', () => {
  it('have AWS’s defaults, are changed and deleted', async () => {
    const input = { Name: 'shop', ProtocolType: 'HTTP' as const, Tags: { team: 'a' } };
    const { $metadata, ...api } = await http().client.send(new sdk.CreateApiCommand(input));
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
    const changed = await http().client.send(
      new sdk.UpdateApiCommand({ ApiId, Description: 'd', DisableExecuteApiEndpoint: true }),
    );
    expect(changed).toMatchObject({ Name: 'shop', Description: 'd', DisableExecuteApiEndpoint: true });
    expect(await http().client.send(new sdk.GetApiCommand({ ApiId }))).toMatchObject({ Description: 'd' });
    await http().client.send(new sdk.DeleteApiCommand({ ApiId }));
    expect(await refusal(http().client.send(new sdk.GetApiCommand({ ApiId })))).toBe(
      `NotFoundException: Invalid API identifier specified 111111111111:${ApiId ?? ''}`,
    );
  });

  it('are listed by pages', async () => {
    const ids = [await http().bare(), await http().bare(), await http().bare()];
    const found: (string | undefined)[] = [];
    for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
      const page: sdk.GetApisResponse = await http().client.send(
        new sdk.GetApisCommand({ MaxResults: '2', ...(NextToken !== undefined && { NextToken }) }),
      );
      expect(page.Items?.length).toBeLessThanOrEqual(2);
      found.push(...(page.Items ?? []).map(({ ApiId }) => ApiId));
      ({ NextToken } = page);
    }
    expect(found).toEqual(expect.arrayContaining(ids));
  });

  it('come whole by quick create', async () => {
    await http().function('f', 'return event.routeKey;');
    const ApiId = await http().bare({ Target: lambda });
    await http().permit('f', ApiId);
    const { Items: [route] = [] } = await http().client.send(new sdk.GetRoutesCommand({ ApiId }));
    const { Items: [integration] = [] } = await http().client.send(new sdk.GetIntegrationsCommand({ ApiId }));
    const { Items: [stage] = [] } = await http().client.send(new sdk.GetStagesCommand({ ApiId }));
    expect(route).toMatchObject({
      RouteKey: '$default',
      ApiGatewayManaged: true,
      Target: `integrations/${integration?.IntegrationId ?? ''}`,
    });
    expect(integration).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true, ApiGatewayManaged: true });
    expect((await http().ask(ApiId, '/any/where')).text).toBe('$default');
    await http().client.send(new sdk.UpdateApiCommand({ ApiId, Target: `${lambda}-gone` }));
    expect((await http().ask(ApiId, '/any/where')).status).toBe(500);
  });

  it('keep tags by their ARNs', async () => {
    const ApiId = await http().bare({ Tags: { a: '1' } });
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
    await http().client.send(new sdk.TagResourceCommand({ ResourceArn, Tags: { b: '2' } }));
    await http().client.send(new sdk.UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    expect((await http().client.send(new sdk.GetTagsCommand({ ResourceArn }))).Tags).toEqual({ b: '2' });
  });
});

describe('parts', () => {
  it('of integrations are changed one by one, and taken away by nothing', async () => {
    const ApiId = await http().bare();
    const input = {
      ApiId,
      IntegrationType: 'HTTP_PROXY' as const,
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
      RequestParameters: { 'overwrite:header.a': "'1'", 'overwrite:header.b': "'2'" },
    };
    const { IntegrationId, PayloadFormatVersion, TimeoutInMillis } = await http().client.send(
      new sdk.CreateIntegrationCommand(input),
    );
    expect([PayloadFormatVersion, TimeoutInMillis]).toEqual(['1.0', 30_000]);
    const RequestParameters = { 'overwrite:header.a': '', 'overwrite:header.c': "'3'" };
    const changed = await http().client.send(
      new sdk.UpdateIntegrationCommand({ ApiId, IntegrationId, RequestParameters }),
    );
    expect(changed.RequestParameters).toEqual({ 'overwrite:header.b': "'2'", 'overwrite:header.c': "'3'" });
    expect(changed.IntegrationUri).toBe('https://example.com');
  });

  it('of WebSocket APIs: responses and models', async () => {
    const ApiId = await http().webSocket();
    const { IntegrationId } = await http().client.send(
      new sdk.CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK' }),
    );
    const key = { IntegrationResponseKey: '$default', ResponseTemplates: { $default: 'x' } };
    const { IntegrationResponseId } = await http().client.send(
      new sdk.CreateIntegrationResponseCommand({ ApiId, IntegrationId, ...key }),
    );
    const listed = await http().client.send(new sdk.GetIntegrationResponsesCommand({ ApiId, IntegrationId }));
    expect(listed.Items).toEqual([{ ...key, IntegrationResponseId }]);
    const { RouteId } = await http().client.send(new sdk.CreateRouteCommand({ ApiId, RouteKey: 'hello' }));
    const { RouteResponseId } = await http().client.send(
      new sdk.CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }),
    );
    await http().client.send(new sdk.DeleteRouteResponseCommand({ ApiId, RouteId, RouteResponseId }));
    expect((await http().client.send(new sdk.GetRouteResponsesCommand({ ApiId, RouteId }))).Items).toEqual(
      [],
    );
    const Schema = '{"type":"object","properties":{"n":{"type":"integer"}}}';
    const { ModelId } = await http().client.send(new sdk.CreateModelCommand({ ApiId, Name: 'Note', Schema }));
    const template = await http().client.send(new sdk.GetModelTemplateCommand({ ApiId, ModelId }));
    expect(template.Value).toContain('"n" : 42');
  });

  it('VPC links are kept', async () => {
    const { VpcLinkId } = await http().client.send(
      new sdk.CreateVpcLinkCommand({ Name: 'l', SubnetIds: ['s'] }),
    );
    expect((await http().client.send(new sdk.GetVpcLinkCommand({ VpcLinkId }))).VpcLinkStatus).toBe(
      'AVAILABLE',
    );
    await http().client.send(new sdk.DeleteVpcLinkCommand({ VpcLinkId }));
    expect(await refusal(http().client.send(new sdk.GetVpcLinkCommand({ VpcLinkId })))).toMatch(
      /^NotFoundException/,
    );
  });
});
