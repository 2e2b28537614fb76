import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as logsSchemas from '@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js';
import * as cloudwatchSchemas from '@aws-sdk/client-cloudwatch/dist-es/schemas/schemas_0.js';
import * as iam from '@aws-sdk/client-iam';
import * as iamSchemas from '@aws-sdk/client-iam/dist-es/schemas/schemas_0.js';
import * as lambda from '@aws-sdk/client-lambda';
import * as lambdaSchemas from '@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js';
import * as s3 from '@aws-sdk/client-s3';
import * as s3Schemas from '@aws-sdk/client-s3/dist-es/schemas/schemas_0.js';
import * as sqs from '@aws-sdk/client-sqs';
import * as sqsSchemas from '@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { describe, it } from 'vitest';
import { identities } from '../services/identities.ts';
import { cloudwatchIdentity, sqsIdentity } from './round-trip/identities.ts';
import { s3Members } from './round-trip/s3-members.ts';
import type { RoundTrip } from './round-trip/round-trip.ts';
import { proveRoundTrips } from './round-trip/round-trip.ts';

const connection = {
  region: 'us-east-1',
  credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
  maxAttempts: 1,
  disableHostPrefix: true,
};

const extents = ['any', 'minimal', 'full'] as const;

/** Operations with every kind of member that a protocol knows; the other operations have tests of their own services. */
const trips: Readonly<Record<string, Omit<RoundTrip, 'extents' | 'runs'>>> = {
  'restJson1 (Lambda)': {
    service: { wire: identities.lambda, schemas: lambdaSchemas, limits: {} },
    client: lambda,
    connect: (endpoint) => new lambda.LambdaClient({ ...connection, endpoint }),
    protocol: 'restJson1',
    operations: [
      'CreateFunction',
      'Invoke',
      'ListFunctions',
      'UntagResource',
      'AddPermission',
      'TagResource',
    ],
  },
  'awsJson1.1 (Logs)': {
    service: { wire: identities.logs, schemas: logsSchemas, limits: {} },
    client: logs,
    connect: (endpoint) => new logs.CloudWatchLogsClient({ ...connection, endpoint }),
    protocol: 'awsJson1.1',
    operations: ['PutLogEvents', 'FilterLogEvents', 'CreateLogGroup', 'DescribeLogStreams'],
  },
  'awsQuery (IAM)': {
    service: { wire: identities.iam, schemas: iamSchemas, limits: {} },
    client: iam,
    connect: (endpoint) => new iam.IAMClient({ ...connection, endpoint }),
    protocol: 'awsQuery',
    operations: ['CreateRole', 'SimulatePrincipalPolicy', 'GetAccountSummary', 'TagRole', 'DeleteRole'],
  },
  'restXml (S3)': {
    service: { wire: identities.s3, schemas: s3Schemas, limits: {} },
    client: s3,
    connect: (endpoint) =>
      new s3.S3Client({
        ...connection,
        endpoint,
        forcePathStyle: true,
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
    protocol: 'restXml',
    operations: ['PutObject', 'GetObject', 'DeleteObjects', 'ListObjectsV2', 'PutBucketTagging', 'ListParts'],
    members: s3Members,
  },
  'awsJson1.0 (SQS)': {
    service: { wire: sqsIdentity, schemas: sqsSchemas, limits: {} },
    client: sqs,
    connect: (endpoint) =>
      new sqs.SQSClient({ ...connection, endpoint, md5: false, useQueueUrlAsEndpoint: false }),
    protocol: 'awsJson1.0',
    operations: ['SendMessage', 'ReceiveMessage', 'CreateQueue', 'SendMessageBatch'],
  },
  'awsJson1.0 (CloudWatch)': {
    service: { wire: cloudwatchIdentity, schemas: cloudwatchSchemas, limits: {} },
    client: cloudwatch,
    connect: (endpoint) => new cloudwatch.CloudWatchClient({ ...connection, endpoint }),
    protocol: 'awsJson1.0',
    operations: ['PutMetricData', 'GetMetricData', 'GetMetricWidgetImage', 'DescribeAlarms'],
  },
  'rpcv2Cbor (CloudWatch)': {
    service: { wire: cloudwatchIdentity, schemas: cloudwatchSchemas, limits: {} },
    client: cloudwatch,
    connect: (endpoint) =>
      new cloudwatch.CloudWatchClient({ ...connection, endpoint, protocol: AwsSmithyRpcV2CborProtocol }),
    protocol: 'rpcv2Cbor',
    operations: ['PutMetricData', 'GetMetricData', 'GetMetricWidgetImage', 'DescribeAlarms'],
  },
  'awsQuery (CloudWatch)': {
    service: { wire: cloudwatchIdentity, schemas: cloudwatchSchemas, limits: {} },
    client: cloudwatch,
    connect: (endpoint) =>
      new cloudwatch.CloudWatchClient({ ...connection, endpoint, protocol: AwsQueryProtocol }),
    protocol: 'awsQuery',
    operations: ['PutMetricData', 'GetMetricData', 'GetMetricWidgetImage', 'DescribeAlarms'],
  },
  'awsQuery (SQS, flattened)': {
    service: { wire: sqsIdentity, schemas: sqsSchemas, limits: {} },
    client: sqs,
    connect: (endpoint) =>
      new sqs.SQSClient({
        ...connection,
        endpoint,
        md5: false,
        useQueueUrlAsEndpoint: false,
        protocol: AwsQueryProtocol,
      }),
    protocol: 'awsQuery',
    operations: ['SendMessage', 'ReceiveMessage', 'CreateQueue', 'SendMessageBatch'],
    // In a form it has the same name as MessageSystemAttributeNames, which came to replace it.
    members: { AttributeNames: null },
  },
};

describe('values of a schema come through every protocol unchanged, both ways', () => {
  it.each(Object.entries(trips))('%s', async (_name, trip) => {
    await proveRoundTrips({ ...trip, extents, runs: 12 });
  });
});
