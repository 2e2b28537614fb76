import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  FlushStageAuthorizersCacheCommand,
  FlushStageCacheCommand,
  GetAccountCommand,
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccountCommand,
  UpdateBasePathMappingCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { bare, gatewayForTests } from '../testing/for-tests.ts';
import { replace, refusal } from '../testing/trial-gateway.ts';

describe('a REST API’s life', () => {
  const trial = gatewayForTests();

  it('begins with AWS’s defaults, and each account has its own', async () => {
    const { createdDate, id, rootResourceId, ...rest } = bare(
      await trial.client.send(new CreateRestApiCommand({ name: 'first' })),
    );
    expect(createdDate).toBeInstanceOf(Date);
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(rootResourceId).toMatch(/^[a-z0-9]{10}$/);
    expect(rest).toEqual({
      name: 'first',
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    });
    const got = bare(await trial.client.send(new GetRestApiCommand({ restApiId: id })));
    expect(got).toEqual({ ...rest, id, rootResourceId, createdDate, tags: {} });
    const other = new APIGatewayClient(trial.gateway.settings('222222222222'));
    expect(bare(await other.send(new GetRestApisCommand({}))).items).toEqual([]);
    expect(await refusal(other.send(new GetRestApiCommand({ restApiId: id })))).toBe(
      `NotFoundException: Invalid API identifier specified 222222222222:${id ?? ''}`,
    );
    other.destroy();
  });

  it('is updated by patches', async () => {
    const { restApiId } = await trial.gateway.api();
    const update = async (...patchOperations: PatchOperation[]) =>
      bare(await trial.client.send(new UpdateRestApiCommand({ restApiId, patchOperations })));
    const one = await update(
      replace('/name', 'renamed'),
      replace('/description', 'about'),
      { op: 'add', path: '/binaryMediaTypes/image~1png' },
      { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
      replace('/minimumCompressionSize', '10'),
    );
    expect(one).toMatchObject({
      name: 'renamed',
      description: 'about',
      binaryMediaTypes: ['image/png', 'image/jpeg'],
      minimumCompressionSize: 10,
    });
    const two = await update(
      replace('/binaryMediaTypes/image~1png', 'image/gif'),
      { op: 'remove', path: '/description' },
      replace('/minimumCompressionSize', ''),
      replace('/endpointConfiguration/types/EDGE', 'PRIVATE'),
    );
    expect(two).toMatchObject({ binaryMediaTypes: ['image/gif', 'image/jpeg'] });
    expect([two.description, two.minimumCompressionSize]).toEqual([undefined, undefined]);
    expect(two.endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
  });

  it('keeps its policy with addresses written out', async () => {
    const { restApiId } = await trial.gateway.api();
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
    };
    const value = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
    const patchOperations = [replace('/policy', value)];
    const { policy = '' } = await trial.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    // AWS answers the inside of a JSON string.
    expect(JSON.parse(JSON.parse(`"${policy}"`) as string)).toEqual({
      Version: '2012-10-17',
      Statement: [{ ...statement, Resource: `arn:aws:execute-api:us-east-1:111111111111:${restApiId}/*` }],
    });
    const { id = '' } = await trial.client.send(new CreateRestApiCommand({ name: 'same', policy }));
    expect((await trial.gateway.catalogue).draftOf(id)?.policy).toContain(`arn:aws:execute-api:us-east-1`);
  });

  it('has resources in the order of their paths, whose paths follow their parents', async () => {
    const { restApiId, rootId } = await trial.gateway.api();
    const child = async (parentId: string, pathPart: string): Promise<string> =>
      (await trial.client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? '';
    const b = await child(rootId, 'b');
    const inner = await child(b, '{id}');
    await child(rootId, 'a');
    await trial.gateway.mock(restApiId, inner);
    const paths = async () =>
      (await trial.client.send(new GetResourcesCommand({ restApiId }))).items?.map(({ path }) => path);
    expect(await paths()).toEqual(['/', '/a', '/b', '/b/{id}']);
    const patchOperations = [replace('/pathPart', 'c')];
    await trial.client.send(new UpdateResourceCommand({ restApiId, resourceId: b, patchOperations }));
    expect(await paths()).toEqual(['/', '/a', '/c', '/c/{id}']);
    const find = async (embed?: string[]) =>
      (await trial.client.send(new GetResourcesCommand({ restApiId, embed }))).items?.find(
        ({ id }) => id === inner,
      );
    expect((await find())?.resourceMethods).toEqual({ GET: {} });
    expect((await find(['methods']))?.resourceMethods?.['GET']?.methodIntegration?.type).toBe('MOCK');
    await trial.client.send(new DeleteResourceCommand({ restApiId, resourceId: b }));
    expect(await paths()).toEqual(['/', '/a']);
    expect(await refusal(child(rootId, 'a b'))).toMatch(
      /^BadRequestException: Resource's path part only allow/,
    );
  });

  it('logs once the account has a role for it', async () => {
    const account = await trial.client.send(new GetAccountCommand({}));
    expect(account).toMatchObject({
      throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
      features: ['UsagePlans'],
    });
    const role = await trial.gateway.role('gateway-logs', 'apigateway.amazonaws.com');
    await trial.gateway.iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'gateway-logs',
        PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      }),
    );
    const patchOperations = [replace('/cloudwatchRoleArn', role)];
    const updated = await trial.client.send(new UpdateAccountCommand({ patchOperations }));
    expect(updated.cloudwatchRoleArn).toBe(role);
    expect(
      (await trial.gateway.catalogue).cloudWatchRole({ account: '111111111111', region: 'us-east-1' }),
    ).toBe(role);
    const { restApiId } = await trial.gateway.deployed();
    const stage = await trial.client.send(
      new UpdateStageCommand({
        restApiId,
        stageName: 'dev',
        patchOperations: [
          replace('/*/*/logging/loglevel', 'INFO'),
          replace('/accessLogSettings/destinationArn', 'arn:aws:logs:us-east-1:111111111111:log-group:g:*'),
          replace('/accessLogSettings/format', '{"id":"$context.requestId"}'),
        ],
      }),
    );
    expect(stage.methodSettings?.['*/*']?.loggingLevel).toBe('INFO');
    expect(stage.accessLogSettings).toEqual({
      destinationArn: 'arn:aws:logs:us-east-1:111111111111:log-group:g',
      format: '{"id":"$context.requestId"}',
    });
  });

  it('is tagged, as its stages are', async () => {
    const { restApiId } = await trial.gateway.deployed();
    const arn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
    for (const resourceArn of [arn, `${arn}/stages/dev`]) {
      const tags = async () => (await trial.client.send(new GetTagsCommand({ resourceArn }))).tags;
      expect(await tags()).toEqual({});
      await trial.client.send(new TagResourceCommand({ resourceArn, tags: { a: '1', b: '한글' } }));
      await trial.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
      expect(await tags()).toEqual({ b: '한글' });
    }
    expect((await trial.client.send(new GetRestApiCommand({ restApiId }))).tags).toEqual({ b: '한글' });
    expect(await refusal(trial.client.send(new GetTagsCommand({ resourceArn: `${arn}x` })))).toMatch(
      /^NotFoundException: Invalid API identifier specified/,
    );
  });

  it('is reached by a domain name’s base paths, and ends', async () => {
    const { restApiId } = await trial.gateway.deployed();
    const domainName = 'api.example.com';
    const domain = await trial.client.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/c',
        endpointConfiguration: { types: ['REGIONAL'] },
      }),
    );
    expect(domain.regionalDomainName).toMatch(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
    await trial.client.send(new CreateBasePathMappingCommand({ domainName, restApiId, stage: 'dev' }));
    const mapping = new CreateBasePathMappingCommand({ domainName, restApiId, stage: 'dev', basePath: 'v1' });
    await trial.client.send(mapping);
    expect(await refusal(trial.client.send(mapping))).toBe(
      'ConflictException: Base path already exists for this domain name',
    );
    const catalogue = await trial.gateway.catalogue;
    expect(catalogue.mappingOf(domainName, '')).toMatchObject({ apiId: restApiId, stageName: 'dev' });
    const patchOperations = [replace('/basePath', 'v2')];
    await trial.client.send(
      new UpdateBasePathMappingCommand({ domainName, basePath: 'v1', patchOperations }),
    );
    expect(catalogue.mappingOf(domainName, 'v1')).toBeUndefined();
    const { items } = await trial.client.send(new GetBasePathMappingsCommand({ domainName }));
    expect(items?.map(({ basePath }) => basePath)).toEqual(['(none)', 'v2']);
    expect((await trial.client.send(new GetDomainNameCommand({ domainName }))).domainNameStatus).toBe(
      'AVAILABLE',
    );
    await trial.client.send(new FlushStageCacheCommand({ restApiId, stageName: 'dev' }));
    await trial.client.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName: 'dev' }));
    await trial.client.send(new DeleteRestApiCommand({ restApiId }));
    expect(catalogue.stageOf(restApiId, 'dev')).toBeUndefined();
    expect(catalogue.scopeOf(restApiId)).toBeUndefined();
    expect(await refusal(trial.client.send(new DeleteRestApiCommand({ restApiId })))).toBe(
      `NotFoundException: Invalid API identifier specified 111111111111:${restApiId}`,
    );
  });

  it('is cloned', async () => {
    const { restApiId, rootId } = await trial.gateway.api();
    const { id: parentId = '' } = await trial.client.send(
      new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: 'a' }),
    );
    const inner = new CreateResourceCommand({ restApiId, parentId, pathPart: 'b' });
    await trial.gateway.mock(restApiId, (await trial.client.send(inner)).id ?? '');
    const clone = await trial.client.send(new CreateRestApiCommand({ name: 'clone', cloneFrom: restApiId }));
    const { items = [] } = await trial.client.send(
      new GetResourcesCommand({ restApiId: clone.id, embed: ['methods'] }),
    );
    expect(items.map(({ path }) => path)).toEqual(['/', '/a', '/a/b']);
    expect(items[2]?.parentId).toBe(items[1]?.id);
    expect(items[2]?.resourceMethods?.['GET']?.methodIntegration?.type).toBe('MOCK');
  });
});
