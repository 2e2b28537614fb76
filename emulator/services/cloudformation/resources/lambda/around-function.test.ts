import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kept, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { archive } from '../../../lambda/testing/archive.ts';
import { account, refusal, region, trialRole, trialStack } from '../testing/trial-stack.ts';
import type { TrialStack } from '../testing/trial-stack.ts';
import { alias } from './alias.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { layerVersion } from './layer-version.ts';
import { layerVersionPermission } from './layer-version-permission.ts';
import { lambdaFunction } from './function.ts';
import { permission } from './permission.ts';
import { url } from './url.ts';
import { version } from './version.ts';

const sqsAll = 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole';
let stack: TrialStack;
let owner: Kept;
let name: string;
beforeAll(async () => {
  stack = await trialStack();
  const Role = await trialRole(stack, 'worker', 'lambda.amazonaws.com', [sqsAll]);
  const properties = {
    FunctionName: 'owner',
    Role,
    Code: { ZipFile: 'exports.handler = async () => 1;' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
  };
  owner = { ...(await lambdaFunction.create(properties, stack.work('Owner'))), properties };
  name = owner.id;
});
afterAll(async () => await stack.stop());

const made = async (type: ResourceType, properties: Properties, work: ResourceWork): Promise<Kept> => ({
  ...(await type.create(properties, work)),
  properties,
});
/* Removes a resource twice: the second time it is gone already. */
const goes = async (type: ResourceType, kept: Kept, work: ResourceWork): Promise<void> => {
  await type.delete(kept, work);
  expect(await type.read?.(kept, work)).toBeUndefined();
  await type.delete(kept, work);
};
const arn = (suffix = ''): string => `arn:aws:lambda:${region}:${account}:function:${name}${suffix}`;

describe('AWS::Lambda::Version and AWS::Lambda::Alias', () => {
  it('are published, pointed at, weighted and removed', async () => {
    const work = stack.work('One');
    const first = await made(version, { FunctionName: name, Description: 'first' }, work);
    expect(first).toMatchObject({ id: arn(':1'), attributes: { Version: '1', FunctionArn: arn(':1') } });
    expect(await version.read?.(first, work)).toEqual(first.properties);
    expect((await refusal(version.create({ FunctionName: name }, stack.work('Two')))).message).toBe(
      'A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
    );
    await stack.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: name, Timeout: 8 });
    const second = await made(version, { FunctionName: arn() }, stack.work('Two'));
    expect(second.attributes['Version']).toBe('2');
    const { Tags } = await stack.call('lambda', 'ListTags', { Resource: arn() });
    expect(Tags).toEqual({});

    const properties = { FunctionName: name, FunctionVersion: '1', Name: 'live' };
    const live = await made(alias, properties, work);
    expect(live).toMatchObject({ id: arn(':live'), attributes: { AliasArn: arn(':live') } });
    expect(alias.nameOf?.(properties, work)).toBe(live.id);
    const weighted = {
      ...properties,
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.5 }] },
    };
    await alias.update?.(live, weighted, work);
    expect(await alias.read?.({ ...live, properties: weighted }, work)).toEqual(weighted);
    const prepared = {
      ...properties,
      FunctionVersion: '2',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
    };
    await alias.update?.({ ...live, properties: weighted }, prepared, work);
    const ready = await stack.call('lambda', 'GetProvisionedConcurrencyConfig', {
      FunctionName: name,
      Qualifier: 'live',
    });
    expect(ready.Status).toBe('READY');
    await alias.update?.({ ...live, properties: prepared }, weighted, work);
    await goes(alias, live, work);
    await goes(version, first, work);
    await goes(version, second, work);
  });

  it('of a step that was cut off after it had published is the same version', async () => {
    const work = stack.work('Cut');
    const Resource = arn();
    await stack.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: name, Timeout: 11 });
    await stack.call('lambda', 'TagResource', {
      Resource,
      Tags: { 'aws:cloudformation:publishing-Cut': `${work.token} 2` },
    });
    await work.until(10, 'updated', async () => {
      const now = await stack.call('lambda', 'GetFunctionConfiguration', { FunctionName: name });
      return now.LastUpdateStatus === 'Successful' ? true : undefined;
    });
    const { Version } = await stack.call('lambda', 'PublishVersion', { FunctionName: name });
    const kept = await made(version, { FunctionName: name }, work);
    expect(kept.attributes['Version']).toBe(Version);
    await goes(version, kept, work);
  });
});

describe('AWS::Lambda::Permission, Url and EventInvokeConfig', () => {
  it('is a statement under a name of its own', async () => {
    const work = stack.work('Permission');
    const properties = {
      FunctionName: arn(),
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: `arn:aws:events:${region}:${account}:rule/r`,
    };
    const kept = await made(permission, properties, work);
    expect(kept.id).toBe(permission.nameOf?.(properties, work));
    expect(await permission.read?.(kept, work)).toEqual(properties);
    await goes(permission, kept, work);
  });

  it('is an address', async () => {
    const work = stack.work('Url');
    const properties = { TargetFunctionArn: arn(), AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } };
    const kept = await made(url, properties, work);
    expect(kept.id).toBe(arn());
    expect(kept.id).toBe(url.nameOf?.(properties, work));
    expect(kept.attributes['FunctionUrl']).toMatch(/^http/);
    expect(await url.read?.(kept, work)).toEqual(properties);
    const wanted = { TargetFunctionArn: arn(), AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' };
    await url.update?.(kept, wanted, work);
    expect(await url.read?.({ ...kept, properties: wanted }, work)).toEqual(wanted);
    await goes(url, kept, work);
  });

  it('is what becomes of events', async () => {
    const work = stack.work('Invoke');
    const properties = { FunctionName: name, Qualifier: '$LATEST', MaximumRetryAttempts: 0 };
    const kept = await made(eventInvokeConfig, properties, work);
    expect(kept.id).toBe('owner|$LATEST');
    expect(eventInvokeConfig.nameOf?.(properties, work)).toBe(kept.id);
    expect(await eventInvokeConfig.read?.(kept, work)).toEqual(properties);
    const wanted = { FunctionName: name, Qualifier: '$LATEST', MaximumEventAgeInSeconds: 60 };
    await eventInvokeConfig.update?.(kept, wanted, work);
    expect(await eventInvokeConfig.read?.({ ...kept, properties: wanted }, work)).toEqual(wanted);
    await goes(eventInvokeConfig, kept, work);
  });
});

describe('AWS::Lambda::EventSourceMapping', () => {
  it('polls a queue, is changed, found again and removed', async () => {
    const tags = {
      'aws:cloudformation:stack-id': stack.work('Mapping').stackId,
      'aws:cloudformation:logical-id': 'Mapping',
    };
    const work = stack.work('Mapping', 'mapping', tags);
    await stack.call('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '60' } });
    const properties = {
      EventSourceArn: `arn:aws:sqs:${region}:${account}:jobs`,
      FunctionName: name,
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
    const kept = await made(eventSourceMapping, properties, work);
    expect(kept.attributes['Id']).toBe(kept.id);
    expect(kept.attributes['EventSourceMappingArn']).toContain(kept.id);
    expect(await eventSourceMapping.read?.(kept, work)).toEqual(properties);
    expect(await eventSourceMapping.find?.(properties, work)).toMatchObject({ id: kept.id });
    expect(await eventSourceMapping.find?.(properties, stack.work('Other'))).toBeUndefined();
    const wanted = {
      EventSourceArn: properties.EventSourceArn,
      FunctionName: arn(),
      BatchSize: 7,
      Enabled: false,
    };
    await eventSourceMapping.update?.(kept, wanted, work);
    expect(await eventSourceMapping.read?.({ ...kept, properties: wanted }, work)).toEqual(wanted);
    const now = await stack.call('lambda', 'GetEventSourceMapping', { UUID: kept.id });
    expect(now.FunctionResponseTypes).toEqual([]);
    await goes(eventSourceMapping, kept, work);
  });
});

describe('AWS::Lambda::LayerVersion and LayerVersionPermission', () => {
  it('are published, opened, found again and removed', async () => {
    const work = stack.work('Layer');
    await stack.call('s3', 'CreateBucket', { Bucket: 'layers-of-trial' });
    const Body = archive({ 'nodejs/node_modules/x/index.js': '' });
    await stack.call('s3', 'PutObject', { Bucket: 'layers-of-trial', Key: 'l.zip', Body });
    const properties = {
      Content: { S3Bucket: 'layers-of-trial', S3Key: 'l.zip' },
      CompatibleRuntimes: ['nodejs24.x'],
      Description: 'mine',
    };
    const kept = await made(layerVersion, properties, work);
    expect(kept.id).toMatch(/:layer:trial-Layer-[A-Za-z0-9]{12}:1$/);
    expect(await layerVersion.find?.(properties, work)).toMatchObject({ id: kept.id });
    expect(await layerVersion.read?.(kept, work)).toEqual({
      CompatibleRuntimes: ['nodejs24.x'],
      Description: 'mine',
    });
    const opened = { LayerVersionArn: kept.id, Action: 'lambda:GetLayerVersion', Principal: '*' };
    const open = await made(layerVersionPermission, opened, stack.work('Open'));
    expect(open.id).toBe(layerVersionPermission.nameOf?.(opened, stack.work('Open')));
    expect(await layerVersionPermission.read?.(open, work)).toEqual(opened);
    await goes(layerVersionPermission, open, work);
    await goes(layerVersion, kept, work);
  });
});
