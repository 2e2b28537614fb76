import type { WireIdentity } from '../service/service.ts';

/**
 * How requests for each service are recognised, readable without loading any service. The values are those that
 * each SDK client states of itself in `dist-es/runtimeConfig.shared.js`.
 */
export const identities = {
  apigateway: {
    id: 'apigateway',
    signingName: 'apigateway',
    protocols: ['restJson1'],
    target: 'BackplaneControlService',
    version: '2015-07-09',
    sites: ['execute-api'],
    domains: 'apigateway.domains',
  },
  apigatewaymanagementapi: {
    id: 'apigatewaymanagementapi',
    // Its requests go to the addresses of stages, where API Gateway v2 takes them.
    signingName: 'execute-api',
    protocols: ['restJson1'],
    target: 'ApiGatewayManagementApi',
    version: '2018-11-29',
  },
  apigatewayv2: {
    id: 'apigatewayv2',
    // As the SDK has it: the two services share it, and differ by their paths.
    signingName: 'apigateway',
    protocols: ['restJson1'],
    target: 'ApiGatewayV2',
    version: '2018-11-29',
    // Asked after REST APIs, whose addresses look the same.
    sites: ['execute-api'],
    domains: 'apigateway.domains',
  },
  cloudformation: {
    id: 'cloudformation',
    signingName: 'cloudformation',
    protocols: ['awsQuery'],
    target: 'CloudFormation',
    version: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    // On AWS buckets of CloudFormation's own, where functions that make resources put what came of it.
    sites: ['cloudformation-custom-resource-response'],
    // Stacks that were being made, changed or removed go on after a restart.
    waiting: ['cloudformation.operations'],
  },
  cloudwatch: {
    id: 'cloudwatch',
    signingName: 'monitoring',
    protocols: ['awsJson1.0', 'rpcv2Cbor', 'awsQuery'],
    target: 'GraniteServiceVersion20100801',
    version: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    // Alarms are evaluated, and their actions carried out, though nobody calls CloudWatch after a restart.
    waiting: ['cloudwatch.alarms', 'cloudwatch.actions'],
  },
  dynamodb: {
    id: 'dynamodb',
    signingName: 'dynamodb',
    protocols: ['awsJson1.0'],
    target: 'DynamoDB_20120810',
    version: '2012-08-10',
    xmlNamespace: 'http://dynamodb.amazonaws.com/doc/2012-08-10/',
    // Items expire though nobody asks for them after a restart.
    waiting: ['dynamodb.expiries'],
  },
  dynamodbstreams: {
    id: 'dynamodbstreams',
    // As the SDK has it: the two services share it, and differ by their targets.
    signingName: 'dynamodb',
    protocols: ['awsJson1.0'],
    target: 'DynamoDBStreams_20120810',
    version: '2012-08-10',
    xmlNamespace: 'http://dynamodb.amazonaws.com/doc/2012-08-10/',
  },
  events: {
    id: 'events',
    signingName: 'events',
    protocols: ['awsJson1.1'],
    target: 'AWSEvents',
    version: '2015-10-07',
    xmlNamespace: 'http://events.amazonaws.com/doc/2015-10-07',
    // Deliveries and schedules go on though nobody calls EventBridge after a restart.
    waiting: ['events.deliveries', 'events.ticks'],
  },
  iam: {
    id: 'iam',
    signingName: 'iam',
    protocols: ['awsQuery'],
    target: 'AWSIdentityManagementV20100508',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
  kinesis: {
    id: 'kinesis',
    signingName: 'kinesis',
    protocols: ['awsJson1.1'],
    target: 'Kinesis_20131202',
    version: '2013-12-02',
    xmlNamespace: 'http://kinesis.amazonaws.com/doc/2013-12-02',
  },
  lambda: {
    id: 'lambda',
    signingName: 'lambda',
    protocols: ['restJson1'],
    target: 'AWSGirApiService',
    version: '2015-03-31',
    // On AWS a bucket of Lambda's own, which functions' packages are downloaded from.
    addresses: ['/awslambda-'],
    sites: ['lambda-url'],
    // Events that were accepted are delivered, event sources read, and environments initialised ahead, though nobody
    // calls Lambda after a restart.
    waiting: ['lambda.events', 'lambda.event-source-mappings', 'lambda.provisioned'],
  },
  logs: {
    id: 'logs',
    signingName: 'logs',
    protocols: ['awsJson1.1'],
    target: 'Logs_20140328',
    version: '2014-03-28',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2014-03-28/',
    // Events go to the destinations of subscription filters though nobody calls Logs after a restart.
    waiting: ['logs.deliveries'],
  },
  s3: {
    id: 's3',
    signingName: 's3',
    protocols: ['restXml'],
    target: 'AmazonS3',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    // Notifications are delivered and objects expire though nobody calls S3 after a restart.
    waiting: ['s3.deliveries', 's3.lifecycles'],
    // Bucket policies let anybody in, CORS rules let web pages in, and forms carry their signature in a field.
    open: true,
  },
  scheduler: {
    id: 'scheduler',
    signingName: 'scheduler',
    protocols: ['restJson1'],
    target: 'AWSChronosService',
    version: '2021-06-30',
    // Schedules and their invocations go on though nobody calls the service after a restart.
    waiting: ['scheduler.ticks', 'scheduler.invocations'],
  },
  sns: {
    id: 'sns',
    signingName: 'sns',
    protocols: ['awsQuery'],
    target: 'AmazonSimpleNotificationService',
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    // What was published is delivered though nobody calls SNS after a restart.
    waiting: ['sns.deliveries'],
  },
  sqs: {
    id: 'sqs',
    signingName: 'sqs',
    protocols: ['awsJson1.0', 'awsQuery'],
    target: 'AmazonSQS',
    version: '2012-11-05',
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    // Tasks that move messages go on after a restart.
    waiting: ['sqs.moves'],
  },
  ssm: {
    id: 'ssm',
    signingName: 'ssm',
    protocols: ['awsJson1.1'],
    target: 'AmazonSSM',
    version: '2014-11-06',
    xmlNamespace: 'http://ssm.amazonaws.com/doc/2014-11-06/',
  },
  sts: {
    id: 'sts',
    signingName: 'sts',
    protocols: ['awsQuery'],
    target: 'AWSSecurityTokenServiceV20110615',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  },
} satisfies Record<string, WireIdentity>;
