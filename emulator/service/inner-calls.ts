import type * as apigateway from '@aws-sdk/client-api-gateway';
import type * as apigatewayv2 from '@aws-sdk/client-apigatewayv2';
import type * as cloudformation from '@aws-sdk/client-cloudformation';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type * as events from '@aws-sdk/client-eventbridge';
import type * as iam from '@aws-sdk/client-iam';
import type * as kinesis from '@aws-sdk/client-kinesis';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as s3 from '@aws-sdk/client-s3';
import type * as scheduler from '@aws-sdk/client-scheduler';
import type * as sns from '@aws-sdk/client-sns';
import type * as sqs from '@aws-sdk/client-sqs';
import type * as ssm from '@aws-sdk/client-ssm';
import type { TrailId } from '../trail/trail.ts';
import type { Principal } from './call.ts';
import type { InputOf, OutputOf } from './operations.ts';

/** In whose name one service calls another's operations. */
export interface Acting {
  readonly principal: Principal;
  readonly region: string;
  readonly signal: AbortSignal;
  /** What led to the call: the request or the operation that is under way. */
  readonly trail: TrailId;
}

/** The clients of the services that others call inside the process, by the service's id. */
export interface InnerClients {
  apigateway: typeof apigateway;
  apigatewayv2: typeof apigatewayv2;
  cloudformation: typeof cloudformation;
  cloudwatch: typeof cloudwatch;
  dynamodb: typeof dynamodb;
  events: typeof events;
  iam: typeof iam;
  kinesis: typeof kinesis;
  lambda: typeof lambda;
  logs: typeof logs;
  s3: typeof s3;
  scheduler: typeof scheduler;
  sns: typeof sns;
  sqs: typeof sqs;
  ssm: typeof ssm;
}

/** The operations of a client. */
export type OperationOf<Client> = {
  [K in keyof Client]: K extends `${infer Name}Command` ? (Name extends '$' | '' ? never : Name) : never;
}[keyof Client] &
  string;

/**
 * Calls an operation of a service as a client of the caller's would, without the wire: the input is checked against
 * the model, the caller's permissions are asked, the trail has the call, and what it changed is kept when it returns.
 * @throws ServiceFailure as the operation or the model has it
 */
export type InnerCall = <Id extends keyof InnerClients, Name extends OperationOf<InnerClients[Id]>>(
  acting: Acting,
  service: Id,
  operation: Name,
  input: InputOf<InnerClients[Id], Name>,
) => Promise<OutputOf<InnerClients[Id], Name>>;
