import * as apigateway from '@aws-sdk/client-api-gateway';
import * as apigatewaySchemas from '@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js';
import * as apigatewaymanagementapi from '@aws-sdk/client-apigatewaymanagementapi';
import * as apigatewaymanagementapiSchemas from '@aws-sdk/client-apigatewaymanagementapi/dist-es/schemas/schemas_0.js';
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2';
import * as apigatewayv2Schemas from '@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudformationSchemas from '@aws-sdk/client-cloudformation/dist-es/schemas/schemas_0.js';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as logsSchemas from '@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js';
import * as cloudwatchSchemas from '@aws-sdk/client-cloudwatch/dist-es/schemas/schemas_0.js';
import * as events from '@aws-sdk/client-eventbridge';
import * as eventsSchemas from '@aws-sdk/client-eventbridge/dist-es/schemas/schemas_0.js';
import * as iam from '@aws-sdk/client-iam';
import * as iamSchemas from '@aws-sdk/client-iam/dist-es/schemas/schemas_0.js';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as kinesisSchemas from '@aws-sdk/client-kinesis/dist-es/schemas/schemas_0.js';
import * as lambda from '@aws-sdk/client-lambda';
import * as lambdaSchemas from '@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js';
import * as s3 from '@aws-sdk/client-s3';
import * as s3Schemas from '@aws-sdk/client-s3/dist-es/schemas/schemas_0.js';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as schedulerSchemas from '@aws-sdk/client-scheduler/dist-es/schemas/schemas_0.js';
import * as sns from '@aws-sdk/client-sns';
import * as snsSchemas from '@aws-sdk/client-sns/dist-es/schemas/schemas_0.js';
import * as sqs from '@aws-sdk/client-sqs';
import * as sqsSchemas from '@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js';
import * as ssm from '@aws-sdk/client-ssm';
import * as ssmSchemas from '@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js';
import * as sts from '@aws-sdk/client-sts';
import * as stsSchemas from '@aws-sdk/client-sts/dist-es/schemas/schemas_0.js';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { identities } from '../../services/identities.ts';
import type { WireService } from '../wire.ts';
import { cloudwatchIdentity } from './identities.ts';

const connection = {
  region: 'us-east-1',
  credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
  maxAttempts: 1,
  // `stream-127.0.0.1` is no host.
  disableHostPrefix: true,
};

const silent = () => undefined;
const logger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** The clients ship no types beside their schema constants. */
function service(wire: WireService['wire'], schemas: unknown): WireService {
  return { wire, schemas: schemas as WireService['schemas'], limits: {} };
}

/** The services of this cloud, and two that speak several protocols, without limits. For tests only. */
export const wires = {
  apigateway: service(identities.apigateway, apigatewaySchemas),
  apigatewaymanagementapi: service(identities.apigatewaymanagementapi, apigatewaymanagementapiSchemas),
  apigatewayv2: service(identities.apigatewayv2, apigatewayv2Schemas),
  lambda: service(identities.lambda, lambdaSchemas),
  logs: service(identities.logs, logsSchemas),
  iam: service(identities.iam, iamSchemas),
  sts: service(identities.sts, stsSchemas),
  s3: service(identities.s3, s3Schemas),
  sns: service(identities.sns, snsSchemas),
  events: service(identities.events, eventsSchemas),
  scheduler: service(identities.scheduler, schedulerSchemas),
  kinesis: service(identities.kinesis, kinesisSchemas),
  sqs: service(identities.sqs, sqsSchemas),
  ssm: service(identities.ssm, ssmSchemas),
  cloudformation: service(identities.cloudformation, cloudformationSchemas),
  cloudwatch: service(cloudwatchIdentity, cloudwatchSchemas),
};

/** Real clients that send to an endpoint, once. */
export const connect = {
  apigateway: (endpoint: string) => new apigateway.APIGatewayClient({ ...connection, endpoint }),
  apigatewaymanagementapi: (endpoint: string) =>
    new apigatewaymanagementapi.ApiGatewayManagementApiClient({ ...connection, endpoint }),
  apigatewayv2: (endpoint: string) => new apigatewayv2.ApiGatewayV2Client({ ...connection, endpoint }),
  lambda: (endpoint: string) => new lambda.LambdaClient({ ...connection, endpoint }),
  logs: (endpoint: string) => new logs.CloudWatchLogsClient({ ...connection, endpoint }),
  iam: (endpoint: string) => new iam.IAMClient({ ...connection, endpoint }),
  sts: (endpoint: string) => new sts.STSClient({ ...connection, endpoint }),
  s3: (endpoint: string) =>
    new s3.S3Client({
      ...connection,
      endpoint,
      logger,
      forcePathStyle: true,
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  sns: (endpoint: string) => new sns.SNSClient({ ...connection, endpoint }),
  events: (endpoint: string) => new events.EventBridgeClient({ ...connection, endpoint }),
  scheduler: (endpoint: string) => new scheduler.SchedulerClient({ ...connection, endpoint }),
  // Its own choice is HTTP/2, which the loopback server does not speak: it takes the handler of another client.
  kinesis: (endpoint: string) => {
    const { requestHandler } = new events.EventBridgeClient({ ...connection, endpoint }).config;
    return new kinesis.KinesisClient({ ...connection, endpoint, requestHandler });
  },
  sqs: (endpoint: string) =>
    new sqs.SQSClient({ ...connection, endpoint, md5: false, useQueueUrlAsEndpoint: false }),
  sqsQuery: (endpoint: string) =>
    new sqs.SQSClient({
      ...connection,
      endpoint,
      md5: false,
      useQueueUrlAsEndpoint: false,
      protocol: AwsQueryProtocol,
    }),
  ssm: (endpoint: string) => new ssm.SSMClient({ ...connection, endpoint }),
  cloudformation: (endpoint: string) => new cloudformation.CloudFormationClient({ ...connection, endpoint }),
  cloudwatch: (endpoint: string) => new cloudwatch.CloudWatchClient({ ...connection, endpoint }),
  cloudwatchCbor: (endpoint: string) =>
    new cloudwatch.CloudWatchClient({ ...connection, endpoint, protocol: AwsSmithyRpcV2CborProtocol }),
  cloudwatchQuery: (endpoint: string) =>
    new cloudwatch.CloudWatchClient({ ...connection, endpoint, protocol: AwsQueryProtocol }),
};

/** The clients' packages, for their commands. */
export const packages = {
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
  events,
  scheduler,
  kinesis,
  ssm,
  cloudformation,
};
