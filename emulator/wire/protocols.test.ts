import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import operations from '../../tooling/operations.json' with { type: 'json' };
import { connect, packages, wires } from './round-trip/clients.ts';
import { loopback } from './round-trip/loopback.ts';
import type { RoundTrip } from './round-trip/round-trip.ts';
import { proveRoundTrips } from './round-trip/round-trip.ts';
import { s3Members } from './round-trip/s3-members.ts';
import { serviceWire } from './service-wire.ts';

const patience = 60_000 * Number(env['COLDSTART_RUNS'] ?? 1);

type Trip = Omit<RoundTrip, 'extents' | 'runs' | 'operations'>;

const lambda: Trip = {
  service: wires.lambda,
  client: packages.lambda,
  connect: connect.lambda,
  protocol: 'restJson1',
};
const logs: Trip = {
  service: wires.logs,
  client: packages.logs,
  connect: connect.logs,
  protocol: 'awsJson1.1',
};
const iam: Trip = { service: wires.iam, client: packages.iam, connect: connect.iam, protocol: 'awsQuery' };
const sts: Trip = { service: wires.sts, client: packages.sts, connect: connect.sts, protocol: 'awsQuery' };
const s3: Trip = {
  service: wires.s3,
  client: packages.s3,
  connect: connect.s3,
  protocol: 'restXml',
  members: s3Members,
};
const sns: Trip = { service: wires.sns, client: packages.sns, connect: connect.sns, protocol: 'awsQuery' };
const events: Trip = {
  service: wires.events,
  client: packages.events,
  connect: connect.events,
  protocol: 'awsJson1.1',
  // The client puts the id of a global endpoint into the host name, and refuses what fits in none.
  members: { EndpointId: null },
};
const scheduler: Trip = {
  service: wires.scheduler,
  client: packages.scheduler,
  connect: connect.scheduler,
  protocol: 'restJson1',
};
const kinesis: Trip = {
  service: wires.kinesis,
  client: packages.kinesis,
  connect: connect.kinesis,
  protocol: 'awsJson1.1',
};
const ssm: Trip = { service: wires.ssm, client: packages.ssm, connect: connect.ssm, protocol: 'awsJson1.1' };
const cloudformation: Trip = {
  service: wires.cloudformation,
  client: packages.cloudformation,
  connect: connect.cloudformation,
  protocol: 'awsQuery',
};
const apigateway: Trip = {
  service: wires.apigateway,
  client: packages.apigateway,
  connect: connect.apigateway,
  protocol: 'restJson1',
};
const apigatewayv2: Trip = {
  service: wires.apigatewayv2,
  client: packages.apigatewayv2,
  connect: connect.apigatewayv2,
  protocol: 'restJson1',
};
const apigatewaymanagementapi: Trip = {
  service: wires.apigatewaymanagementapi,
  client: packages.apigatewaymanagementapi,
  connect: connect.apigatewaymanagementapi,
  protocol: 'restJson1',
};
const cloudwatch = { service: wires.cloudwatch, client: packages.cloudwatch };
const sqs = { service: wires.sqs, client: packages.sqs };
const metrics = ['PutMetricData', 'GetMetricData', 'GetMetricWidgetImage', 'DescribeAlarms'];
const messages = ['SendMessage', 'ReceiveMessage', 'CreateQueue', 'SendMessageBatch'];

/** Operations with every kind of member that a protocol knows. */
const trips: Readonly<Record<string, Omit<RoundTrip, 'extents' | 'runs'>>> = {
  'restJson1 (Lambda)': {
    ...lambda,
    operations: ['CreateFunction', 'Invoke', 'ListFunctions', 'UntagResource', 'AddPermission'],
  },
  'awsJson1.1 (Logs)': { ...logs, operations: ['PutLogEvents', 'FilterLogEvents', 'DescribeLogStreams'] },
  'awsQuery (IAM)': {
    ...iam,
    operations: ['CreateRole', 'SimulatePrincipalPolicy', 'GetAccountSummary', 'DeleteRole'],
  },
  'restXml (S3)': {
    ...s3,
    operations: ['PutObject', 'GetObject', 'DeleteObjects', 'ListObjectsV2', 'PutBucketTagging'],
  },
  'awsJson1.0 (SQS)': { ...sqs, connect: connect.sqs, protocol: 'awsJson1.0', operations: messages },
  'awsJson1.0 (CloudWatch)': {
    ...cloudwatch,
    connect: connect.cloudwatch,
    protocol: 'awsJson1.0',
    operations: metrics,
  },
  'rpcv2Cbor (CloudWatch)': {
    ...cloudwatch,
    connect: connect.cloudwatchCbor,
    protocol: 'rpcv2Cbor',
    operations: metrics,
  },
  'awsQuery (CloudWatch)': {
    ...cloudwatch,
    connect: connect.cloudwatchQuery,
    protocol: 'awsQuery',
    operations: metrics,
  },
  'awsQuery (SQS, flattened)': {
    ...sqs,
    connect: connect.sqsQuery,
    protocol: 'awsQuery',
    operations: messages,
    // In a form it has the same name as MessageSystemAttributeNames, which came to replace it.
    members: { AttributeNames: null },
  },
};

describe('values of a schema come through every protocol unchanged, both ways', () => {
  it.each(Object.entries(trips))(
    '%s',
    async (_name, trip) => {
      await proveRoundTrips({ ...trip, extents: ['any', 'minimal', 'full'], runs: 10 });
    },
    patience,
  );
});

/** Event streams have a test of their own; three of S3's clients refuse answers that are empty, which AWS never gives. */
const elsewhere = ['InvokeWithResponseStream', 'StartLiveTail'];
const neverEmpty = ['CopyObject', 'UploadPartCopy', 'CompleteMultipartUpload'];

describe('every operation that is implemented makes the round trip', () => {
  it.each([
    ['apigateway', apigateway, operations.apigateway.operations],
    ['apigatewayv2', apigatewayv2, operations.apigatewayv2.operations],
    ['apigatewaymanagementapi', apigatewaymanagementapi, operations.apigatewaymanagementapi.operations],
    ['lambda', lambda, operations.lambda.operations],
    ['logs', logs, operations.logs.operations],
    ['iam', iam, operations.iam.operations],
    ['sts', sts, operations.sts.operations],
    ['s3', s3, operations.s3.operations],
    ['sns', sns, operations.sns.operations],
    ['events', events, operations.events.operations],
    ['scheduler', scheduler, operations.scheduler.operations],
    ['kinesis', kinesis, operations.kinesis.operations],
    ['ssm', ssm, operations.ssm.operations],
    ['cloudformation', cloudformation, operations.cloudformation.operations],
    ['sqs', { ...sqs, connect: connect.sqs, protocol: 'awsJson1.0' }, operations.sqs.operations],
  ] as const)(
    '%s',
    async (_name, trip, names) => {
      const usual = names.filter((name) => !elsewhere.includes(name) && !neverEmpty.includes(name));
      await proveRoundTrips({ ...trip, operations: usual, extents: ['minimal', 'full'], runs: 2 });
      const full = names.filter((name) => neverEmpty.includes(name));
      await proveRoundTrips({ ...trip, operations: full, extents: ['full'], runs: 2 });
    },
    patience,
  );
});

describe('the round trip is no formality', () => {
  it('fails where a client sees another value than was answered', async () => {
    // The client talks to another server, which answers a constant.
    const server = await loopback(serviceWire(wires.sts), () => ({ Account: '1' }));
    const client = connect.sts(server.origin);
    try {
      await expect(
        proveRoundTrips({
          ...sts,
          connect: () => client,
          operations: ['GetCallerIdentity'],
          extents: ['full'],
          runs: 1,
        }),
      ).rejects.toMatchObject({ cause: { message: 'GetCallerIdentity arrived as nothing' } });
    } finally {
      await server.close();
    }
  });
});
