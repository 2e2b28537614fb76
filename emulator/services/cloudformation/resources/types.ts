import { iamTypes } from './iam/types.ts';
import { lambdaTypes } from './lambda/types.ts';
import { logsTypes } from './logs/types.ts';
import { s3Types } from './s3/types.ts';
import { sqsTypes } from './sqs/types.ts';
import { snsTypes } from './sns/types.ts';
import { dynamodbTypes } from './dynamodb/types.ts';
import { kinesisTypes } from './kinesis/types.ts';
import { eventsTypes } from './events/types.ts';
import { schedulerTypes } from './scheduler/types.ts';
import { cloudwatchTypes } from './cloudwatch/types.ts';
import { ssmTypes } from './ssm/types.ts';
import { apiGatewayTypes } from './apigateway/types.ts';
import { apiGatewayV2Types } from './apigatewayv2/types.ts';
import type { ResourceType } from './resource-type.ts';

/** How the resources of every type that the cloud has are made, changed and removed. */
export const types: Readonly<Record<string, ResourceType>> = {
  ...apiGatewayTypes,
  ...apiGatewayV2Types,
  ...s3Types,
  ...sqsTypes,
  ...snsTypes,
  ...dynamodbTypes,
  ...kinesisTypes,
  ...eventsTypes,
  ...schedulerTypes,
  ...cloudwatchTypes,
  ...ssmTypes,
  ...iamTypes,
  ...lambdaTypes,
  ...logsTypes,
};
