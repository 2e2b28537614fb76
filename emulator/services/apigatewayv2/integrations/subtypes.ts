/** A call of a service that an HTTP API makes by itself, without a function. */
export interface Subtype {
  readonly required: readonly string[];
  /** Undefined where Coldstart has no such service. */
  readonly service: 'events' | 'kinesis' | 'sqs' | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
export const SUBTYPES: Readonly<Record<string, Subtype>> = {
  'EventBridge-PutEvents': { required: ['Detail', 'DetailType', 'Source'], service: 'events' },
  'SQS-SendMessage': { required: ['QueueUrl', 'MessageBody'], service: 'sqs' },
  'SQS-ReceiveMessage': { required: ['QueueUrl'], service: 'sqs' },
  'SQS-DeleteMessage': { required: ['ReceiptHandle', 'QueueUrl'], service: 'sqs' },
  'SQS-PurgeQueue': { required: ['QueueUrl'], service: 'sqs' },
  'Kinesis-PutRecord': { required: ['StreamName', 'Data', 'PartitionKey'], service: 'kinesis' },
  'AppConfig-GetConfiguration': {
    required: ['Application', 'Environment', 'Configuration', 'ClientId'],
    service: undefined,
  },
  'StepFunctions-StartExecution': { required: ['StateMachineArn'], service: undefined },
  'StepFunctions-StartSyncExecution': { required: ['StateMachineArn'], service: undefined },
  'StepFunctions-StopExecution': { required: ['ExecutionArn'], service: undefined },
};
