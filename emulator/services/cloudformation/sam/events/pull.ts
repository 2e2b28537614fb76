import { type Obj, isIntrinsic, isNothing, isObj, isText, said, without } from '../json.ts';
import { type Made, made } from '../made.ts';
import { allow, allowManaged, managedArn } from '../policies/role.ts';
import type { Work } from '../work.ts';
import { ownPolicy } from './poller-policy.ts';
import { type Event, checkProperties, failed, failedByName, nameOf } from './event.ts';

const COMMON =
  'BatchSize Enabled:flag BisectBatchOnFunctionError:flag MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds MaximumRetryAttempts DestinationConfig TumblingWindowInSeconds FunctionResponseTypes FilterCriteria KmsKeyArn MetricsConfig LoggingConfig ProvisionedPollerConfig';

/** The properties of each polled source, and the managed policy that its poller needs. */
const SOURCES: Readonly<Record<string, { own: string; policy?: string; arn: string }>> = {
  Kinesis: {
    own: 'Stream! StartingPosition! StartingPositionTimestamp ParallelizationFactor',
    policy: 'service-role/AWSLambdaKinesisExecutionRole',
    arn: 'Stream',
  },
  DynamoDB: {
    own: 'Stream! StartingPosition! StartingPositionTimestamp ParallelizationFactor',
    policy: 'service-role/AWSLambdaDynamoDBExecutionRole',
    arn: 'Stream',
  },
  SQS: { own: 'Queue! ScalingConfig', policy: 'service-role/AWSLambdaSQSQueueExecutionRole', arn: 'Queue' },
  MSK: {
    own: 'Stream! StartingPosition! StartingPositionTimestamp Topics! SourceAccessConfigurations:list ConsumerGroupId SchemaRegistryConfig',
    policy: 'service-role/AWSLambdaMSKExecutionRole',
    arn: 'Stream',
  },
  MQ: {
    own: 'Broker! Queues! SourceAccessConfigurations:list SecretsManagerKmsKeyId DynamicPolicyName',
    arn: 'Broker',
  },
  SelfManagedKafka: {
    own: 'KafkaBootstrapServers Topics SourceAccessConfigurations:list SecretsManagerKmsKeyId ConsumerGroupId StartingPosition StartingPositionTimestamp SchemaRegistryConfig',
    arn: '',
  },
  DocumentDB: {
    own: 'Cluster! DatabaseName! CollectionName FullDocument SourceAccessConfigurations:list SecretsManagerKmsKeyId StartingPosition StartingPositionTimestamp',
    arn: 'Cluster',
  },
};

export const isPolled = (type: string): boolean => Object.hasOwn(SOURCES, type);

/** Properties that the mapping and SAM call the same. */
const SAME =
  'BatchSize BisectBatchOnFunctionError Enabled FilterCriteria FunctionResponseTypes KmsKeyArn LoggingConfig MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds MaximumRetryAttempts MetricsConfig ParallelizationFactor ProvisionedPollerConfig Queues ScalingConfig SourceAccessConfigurations StartingPosition StartingPositionTimestamp Topics TumblingWindowInSeconds'.split(
    ' ',
  );

/** An event source mapping, and what its poller may do. */
export function polled(work: Work, event: Event): Made[] {
  const kind = SOURCES[event.type];
  if (kind === undefined) return [];
  const given = event.properties;
  checkShape(event, kind.own);
  const destination = destinationOf(event, given['DestinationConfig']);
  const mapping = made(
    event.id,
    'AWS::Lambda::EventSourceMapping',
    {
      ...Object.fromEntries(SAME.map((name) => [name, given[name]])),
      FunctionName: nameOf(event.to),
      EventSourceArn: kind.arn === '' ? undefined : given[kind.arn],
      DestinationConfig: destination?.config,
      ...serviceOwn(event),
    },
    { ...event.source.passed },
  );
  const role = event.to.role;
  if (role) {
    if (kind.policy !== undefined) allowManaged(role, managedArn(work, kind.policy));
    const own = ownPolicy(event);
    if (own) allow(role, own);
    if (destination?.policy) allow(role, destination.policy);
  }
  return [mapping];
}

function checkShape(event: Event, own: string): void {
  const { type, properties: given } = event;
  try {
    checkProperties(event.id, type, given, `${COMMON} ${own}`);
  } catch (failure) {
    if ('ConsumerGroupId' in given && !own.includes('ConsumerGroupId'))
      throw failed(event, `Property ConsumerGroupId not defined for resource of type ${type}.`);
    throw failure;
  }
  const secret = given['SecretsManagerKmsKeyId'];
  if (!isNothing(secret) && !isText(secret) && !(type === 'SelfManagedKafka' && isIntrinsic(secret)))
    throw failedByName(event, "Property 'SecretsManagerKmsKeyId' should be a string.");
}

/** What only one service's mapping has. */
function serviceOwn(event: Event): Obj {
  const given = event.properties;
  const group = given['ConsumerGroupId'];
  const registry = given['SchemaRegistryConfig'];
  if (event.type === 'MSK')
    return {
      AmazonManagedKafkaEventSourceConfig: orNothing({
        ConsumerGroupId: group,
        SchemaRegistryConfig: registry,
      }),
    };
  if (event.type === 'SelfManagedKafka')
    return {
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: given['KafkaBootstrapServers'] } },
      SelfManagedKafkaEventSourceConfig: orNothing({
        ConsumerGroupId: group,
        SchemaRegistryConfig: registry,
      }),
    };
  if (event.type === 'DocumentDB')
    return {
      DocumentDBEventSourceConfig: orNothing({
        DatabaseName: given['DatabaseName'],
        CollectionName: given['CollectionName'],
        FullDocument: given['FullDocument'],
      }),
    };
  return {};
}

function orNothing(value: Obj): Obj | undefined {
  const all = said(value);
  return Object.keys(all).length > 0 ? all : undefined;
}

interface FailureDestination {
  readonly config: unknown;
  readonly policy: Obj | undefined;
}

/** `DestinationConfig`: where records go that could not be worked on. */
function destinationOf(event: Event, config: unknown): FailureDestination | undefined {
  if (isNothing(config)) return undefined;
  const failure = isObj(config) ? config['OnFailure'] : undefined;
  if (!isObj(failure))
    throw failedByNameOrId(event, "Property 'DestinationConfig.OnFailure' should be a map.");
  const { Type: type, Destination: arn } = failure;
  const plain = { OnFailure: without(failure, 'Type') };
  if (isNothing(type)) return { config: plain, policy: undefined };
  const statements: Obj[] = [];
  if (type === 'SQS') statements.push({ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: arn });
  else if (type === 'SNS') statements.push({ Action: 'sns:publish', Effect: 'Allow', Resource: arn });
  else if (type === 'S3')
    statements.push(
      { Action: 's3:PutObject', Effect: 'Allow', Resource: { 'Fn::Join': ['/', [arn, '*']] } },
      { Action: 's3:ListBucket', Effect: 'Allow', Resource: arn },
    );
  else if (type !== 'Kafka')
    throw failedByNameOrId(event, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
  const policy = {
    PolicyName: `${event.id}${type}Policy`,
    PolicyDocument: { Statement: statements },
  };
  return { config: plain, policy: statements.length > 0 ? policy : undefined };
}

const failedByNameOrId = (event: Event, reason: string): Error => failed(event, reason);
