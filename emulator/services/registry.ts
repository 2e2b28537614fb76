import type { ServiceModule } from '../service/service.ts';
import type { ApiGatewayPort } from './apigateway/port.ts';
import type { ManagementPort } from './apigatewaymanagementapi/port.ts';
import type { ApiGatewayV2Port } from './apigatewayv2/port.ts';
import type { CloudFormationPort } from './cloudformation/port.ts';
import type { CloudWatchPort } from './cloudwatch/port.ts';
import type { DynamodbPort } from './dynamodb/port.ts';
import type { DynamodbStreamsPort } from './dynamodbstreams/port.ts';
import type { EventsPort } from './events/port.ts';
import type { IamPort } from './iam/port.ts';
import type { KinesisPort } from './kinesis/port.ts';
import type { LambdaPort } from './lambda/port.ts';
import type { LogsPort } from './logs/port.ts';
import type { S3Port } from './s3/port.ts';
import type { SnsPort } from './sns/port.ts';
import type { SqsPort } from './sqs/port.ts';
import type { SsmPort } from './ssm/port.ts';

/** What the services offer one another inside the process. */
export interface Ports {
  apigateway: ApiGatewayPort;
  apigatewaymanagementapi: ManagementPort;
  apigatewayv2: ApiGatewayV2Port;
  cloudformation: CloudFormationPort;
  cloudwatch: CloudWatchPort;
  dynamodb: DynamodbPort;
  dynamodbstreams: DynamodbStreamsPort;
  events: EventsPort;
  iam: IamPort;
  kinesis: KinesisPort;
  lambda: LambdaPort;
  logs: LogsPort;
  s3: S3Port;
  scheduler: object;
  sns: SnsPort;
  sqs: SqsPort;
  ssm: SsmPort;
  sts: object;
}

/** How to load each service: nothing of a service is read before its first request. */
export const services: {
  readonly [Name in keyof Ports]: () => Promise<{ default: ServiceModule<never, Ports[Name]> }>;
} = {
  apigateway: () => import('./apigateway/service.ts'),
  apigatewaymanagementapi: () => import('./apigatewaymanagementapi/service.ts'),
  apigatewayv2: () => import('./apigatewayv2/service.ts'),
  cloudformation: () => import('./cloudformation/service.ts'),
  cloudwatch: () => import('./cloudwatch/service.ts'),
  dynamodb: () => import('./dynamodb/service.ts'),
  dynamodbstreams: () => import('./dynamodbstreams/service.ts'),
  events: () => import('./events/service.ts'),
  iam: () => import('./iam/service.ts'),
  kinesis: () => import('./kinesis/service.ts'),
  lambda: () => import('./lambda/service.ts'),
  logs: () => import('./logs/service.ts'),
  s3: () => import('./s3/service.ts'),
  scheduler: () => import('./scheduler/service.ts'),
  sns: () => import('./sns/service.ts'),
  sqs: () => import('./sqs/service.ts'),
  ssm: () => import('./ssm/service.ts'),
  sts: () => import('./sts/service.ts'),
};
