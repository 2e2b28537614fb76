import { describe, expect, it } from 'vitest';
import type { Protocol, WireIdentity } from '../service/service.ts';
import { identities } from '../services/identities.ts';
import { recognise } from './recognise.ts';
import { connect, packages, wires } from './round-trip/clients.ts';
import { cloudwatchIdentity } from './round-trip/identities.ts';
import { signingNameOf } from './round-trip/signing-name.ts';
import { restPaths } from './route/rest-paths.ts';
import { modelOf } from './schema/model.ts';
import type { WireRequest } from './wire.ts';

// S3 first on purpose: its paths take anything.
const all = [
  identities.s3,
  identities.iam,
  identities.lambda,
  identities.logs,
  identities.sts,
  identities.apigateway,
  identities.apigatewayv2,
  cloudwatchIdentity,
  identities.sqs,
];

function request(path: string, headers: Record<string, string> = {}, body = '', query = ''): WireRequest {
  return { method: 'POST', path, query, headers, body: Buffer.from(body) };
}
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('recognise', () => {
  it.each<[string, WireRequest, string | undefined, string | undefined]>([
    ['a signed request goes by its scope', request('/'), 'sts', 'sts'],
    ['even against its path', request('/2015-03-31/functions'), 's3', 's3'],
    [
      'an unknown scope is nobody’s',
      request('/', { 'x-amz-target': 'AmazonSQS.SendMessage' }),
      'ec2',
      undefined,
    ],
    ['x-amz-target', request('/', { 'x-amz-target': 'Logs_20140328.PutLogEvents' }), undefined, 'logs'],
    ['a form, by its version', request('/', form, 'Action=CreateRole&Version=2010-05-08'), undefined, 'iam'],
    ['a form with escapes', request('/', form, 'Version=2011%2D06%2D15&Action=Get'), undefined, 'sts'],
    ['Action in the query', request('/', {}, '', 'Action=ListRoles&Version=2010-05-08'), undefined, 'iam'],
    [
      'an rpc-v2 path',
      request('/service/GraniteServiceVersion20100801/operation/PutMetricData'),
      undefined,
      'cloudwatch',
    ],
    ['Lambda’s paths', request('/2015-03-31/functions/f/invocations'), undefined, 'lambda'],
    ['API Gateway v1', request('/restapis'), 'apigateway', 'apigateway'],
    ['API Gateway v2', request('/v2/apis'), 'apigateway', 'apigatewayv2'],
    ['any other path is S3’s', request('/bucket/key'), undefined, 's3'],
  ])('%s', (_name, what, scope, id) => {
    expect(recognise(what, scope, all)?.id).toBe(id);
  });

  it('knows nothing where no service is', () => {
    expect(recognise(request('/bucket/key'), undefined, [identities.iam])).toBeUndefined();
    expect(
      recognise(request('/', { 'x-amz-target': 'nonsense' }), undefined, [identities.logs]),
    ).toBeUndefined();
  });

  it('has the REST paths that the SDK models', () => {
    for (const id of ['lambda', 'apigateway', 'apigatewayv2'] as const)
      for (const { http, name } of modelOf(wires[id].schemas).operations.values())
        expect(http?.uri.split('?')[0], name).toMatch(restPaths[id] ?? /^$/);
  });
});

interface Settings {
  protocol: { getShapeId(): string };
  protocolSettings: { version: string; serviceTarget: string; xmlNamespace?: string };
}

const shapeIds: Readonly<Record<string, Protocol>> = {
  'aws.protocols#restJson1': 'restJson1',
  'aws.protocols#restXml': 'restXml',
  'aws.protocols#awsJson1_0': 'awsJson1.0',
  'aws.protocols#awsJson1_1': 'awsJson1.1',
  'aws.protocols#awsQuery': 'awsQuery',
  'smithy.protocols#rpcv2Cbor': 'rpcv2Cbor',
};

describe('identities are what the installed clients say of themselves', () => {
  const {
    apigateway,
    apigatewaymanagementapi,
    apigatewayv2,
    lambda,
    logs,
    iam,
    sts,
    s3,
    sns,
    sqs,
    cloudwatch,
  } = packages;
  it.each<[keyof typeof packages, WireIdentity, unknown]>([
    ['apigateway', identities.apigateway, new apigateway.GetRestApisCommand({})],
    [
      'apigatewaymanagementapi',
      identities.apigatewaymanagementapi,
      new apigatewaymanagementapi.GetConnectionCommand({ ConnectionId: 'x' }),
    ],
    ['apigatewayv2', identities.apigatewayv2, new apigatewayv2.GetApisCommand({})],
    ['lambda', identities.lambda, new lambda.ListFunctionsCommand({})],
    ['logs', identities.logs, new logs.DescribeLogGroupsCommand({})],
    ['iam', identities.iam, new iam.ListRolesCommand({})],
    ['sts', identities.sts, new sts.GetCallerIdentityCommand({})],
    ['s3', identities.s3, new s3.ListBucketsCommand({})],
    ['sns', identities.sns, new sns.ListTopicsCommand({})],
    ['sqs', identities.sqs, new sqs.ListQueuesCommand({})],
    ['cloudwatch', cloudwatchIdentity, new cloudwatch.ListMetricsCommand({})],
  ])('%s', async (name, identity, command) => {
    const client = connect[name]('http://127.0.0.1:1');
    const config = client.config as unknown as Settings;
    const { version, serviceTarget, xmlNamespace } = config.protocolSettings;
    expect(shapeIds[config.protocol.getShapeId()]).toBe(identity.protocols[0]);
    expect({ version, target: serviceTarget }).toEqual({
      version: identity.version,
      target: identity.target,
    });
    // SQS's client speaks JSON and states none; its answers to the query protocol have one.
    if (name !== 'sqs') expect(xmlNamespace).toBe(identity.xmlNamespace);
    expect(await signingNameOf(client, command)).toBe(identity.signingName);
    client.destroy();
  });
});
