/** What a connector allows. */
export type Permission = 'Read' | 'Write';

/** An end of a connector. */
export type Side = 'Source' | 'Destination';

/** Actions on resources, each written as a text in which `${SourceArn}` and the like stand for the ends. */
interface Grant {
  readonly actions: readonly string[];
  readonly on: readonly string[];
}

/** What has to be made for one end to reach the other, as the transform of August 2026 makes it. */
export type Profile =
  | {
      readonly kind: 'role';
      /** Whose role gets the policy. */
      readonly of: Side;
      /** In the order in which the statements are written. */
      readonly grants: Readonly<Partial<Record<Permission, readonly Grant[]>>>;
      /** Where not every permission can be had alone: what can be had. */
      readonly combinations?: readonly (readonly Permission[])[];
      /** What has to wait for the policy. */
      readonly before?: 'source' | 'mapping';
    }
  | { readonly kind: 'queue'; readonly service: string }
  | { readonly kind: 'topic'; readonly service: string }
  | { readonly kind: 'function'; readonly service: string; readonly from: string; readonly owned?: true };

const arn = (service: string, rest: string): string =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`;

const grant = (actions: string, ...on: readonly string[]): Grant => ({
  actions: actions.split(' ').map((one) => (one.includes(':') ? one : `${prefix(actions)}${one}`)),
  on,
});

/** `sqs:` of `sqs:SendMessage PurgeQueue`. */
const prefix = (actions: string): string => actions.slice(0, actions.indexOf(':') + 1);

const FROM = '${SourceArn}';
const TO = '${DestinationArn}';
const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::Table';
const BUCKET = 'AWS::S3::Bucket';
const QUEUE = 'AWS::SQS::Queue';
const TOPIC = 'AWS::SNS::Topic';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const BUS = 'AWS::Events::EventBus';
const RULE = 'AWS::Events::Rule';
const DATA_SOURCE = 'AWS::AppSync::DataSource';

const bySource = (grants: Readonly<Partial<Record<Permission, readonly Grant[]>>>): Profile => ({
  kind: 'role',
  of: 'Source',
  grants,
});

const INVOKE = bySource({ Write: [grant('lambda:InvokeAsync InvokeFunction', TO)] });
const PUBLISH = bySource({ Write: [grant('sns:Publish', TO)] });
const PUT_EVENTS = bySource({ Write: [grant('events:PutEvents', TO)] });
const USE_TABLE = bySource({
  Read: [
    grant('dynamodb:GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect', TO, `${TO}/index/*`),
  ],
  Write: [
    grant(
      'dynamodb:PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
      TO,
      `${TO}/index/*`,
    ),
  ],
});
const USE_BUCKET = bySource({
  Read: [
    grant(
      's3:GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
      TO,
      `${TO}/*`,
    ),
  ],
  Write: [
    grant(
      's3:AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
      TO,
      `${TO}/*`,
    ),
  ],
});

const EXECUTIONS = arn('states', 'execution:${DestinationName}:*');
/** The rule by which Step Functions learns that a nested execution has ended. */
const NESTED = arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');

const fromApi: Profile = {
  kind: 'function',
  service: 'apigateway.amazonaws.com',
  from: arn('execute-api', '${SourceResourceId}/${SourceQualifier}'),
};

/** The profiles by the type of the source, and then by that of the destination. */
export const PROFILES: Readonly<Record<string, Readonly<Record<string, Profile>>>> = {
  [FUNCTION]: {
    [FUNCTION]: INVOKE,
    [TABLE]: USE_TABLE,
    [BUCKET]: USE_BUCKET,
    [QUEUE]: bySource({
      Read: [grant('sqs:ReceiveMessage GetQueueAttributes', TO)],
      Write: [grant('sqs:DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue', TO)],
    }),
    [TOPIC]: PUBLISH,
    [MACHINE]: bySource({
      Write: [
        grant('states:StartExecution StartSyncExecution', TO),
        grant('states:StopExecution', EXECUTIONS),
      ],
      Read: [
        grant('states:DescribeStateMachine ListExecutions', TO),
        grant('states:DescribeExecution DescribeStateMachineForExecution GetExecutionHistory', EXECUTIONS),
      ],
    }),
    [BUS]: PUT_EVENTS,
    'AWS::Location::PlaceIndex': bySource({
      Read: [
        grant(
          'geo:DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText',
          TO,
        ),
      ],
    }),
  },
  [MACHINE]: {
    [FUNCTION]: INVOKE,
    [TABLE]: USE_TABLE,
    [BUCKET]: USE_BUCKET,
    [QUEUE]: bySource({ Write: [grant('sqs:SendMessage', TO)] }),
    [TOPIC]: PUBLISH,
    [MACHINE]: {
      kind: 'role',
      of: 'Source',
      combinations: [['Read'], ['Read', 'Write']],
      before: 'source',
      grants: {
        Read: [grant('states:DescribeExecution', EXECUTIONS), grant('events:DescribeRule', NESTED)],
        Write: [
          grant('states:StartExecution', TO),
          grant('states:StopExecution', EXECUTIONS),
          grant('events:PutTargets PutRule', NESTED),
        ],
      },
    },
    [BUS]: PUT_EVENTS,
  },
  [DATA_SOURCE]: {
    [FUNCTION]: bySource({ Write: [grant('lambda:InvokeAsync InvokeFunction', TO, `${TO}:*`)] }),
    [TABLE]: USE_TABLE,
    [BUS]: PUT_EVENTS,
  },
  [RULE]: {
    [FUNCTION]: { kind: 'function', service: 'events.amazonaws.com', from: FROM },
    [QUEUE]: { kind: 'queue', service: 'events.amazonaws.com' },
    [TOPIC]: { kind: 'topic', service: 'events.amazonaws.com' },
    [MACHINE]: bySource({ Write: [grant('states:StartExecution', TO)] }),
    [BUS]: PUT_EVENTS,
  },
  [TABLE]: {
    [FUNCTION]: {
      kind: 'role',
      of: 'Destination',
      before: 'mapping',
      grants: {
        Read: [grant('dynamodb:DescribeStream GetRecords GetShardIterator ListStreams', `${FROM}/stream/*`)],
      },
    },
  },
  [QUEUE]: {
    [FUNCTION]: {
      kind: 'role',
      of: 'Destination',
      before: 'mapping',
      combinations: [['Read', 'Write']],
      grants: {
        Write: [grant('sqs:DeleteMessage', FROM)],
        Read: [grant('sqs:ReceiveMessage GetQueueAttributes', FROM)],
      },
    },
  },
  [BUCKET]: {
    [FUNCTION]: { kind: 'function', service: 's3.amazonaws.com', from: FROM, owned: true },
  },
  [TOPIC]: {
    [FUNCTION]: { kind: 'function', service: 'sns.amazonaws.com', from: FROM },
    [QUEUE]: { kind: 'queue', service: 'sns.amazonaws.com' },
  },
  'AWS::ApiGateway::RestApi': { [FUNCTION]: fromApi },
  'AWS::ApiGatewayV2::Api': { [FUNCTION]: fromApi },
  'AWS::AppSync::GraphQLApi': {
    [FUNCTION]: {
      kind: 'function',
      service: 'appsync.amazonaws.com',
      from: arn('appsync', 'apis/${SourceResourceId}'),
    },
  },
};

/** The permissions that a profile knows; those that need no role are all for writing. */
export const permissionsOf = (profile: Profile): Permission[] =>
  profile.kind === 'role'
    ? (['Read', 'Write'] as const).filter((one) => profile.grants[one] !== undefined)
    : ['Write'];
