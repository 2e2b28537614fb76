/** One thing that AWS does and servers that imitate it often do not. */
export interface Row {
  readonly area: Area;
  /** What AWS does, in one sentence without a full stop. */
  readonly behaviour: string;
}

export const areas = [
  'REST APIs',
  'HTTP and WebSocket APIs',
  'Functions',
  'Logs and metrics',
  'SAM',
] as const;
export type Area = (typeof areas)[number];

/**
 * Every row of the behaviour matrix, a row that names several things as several. Nothing here says what the embedded
 * cloud has: that is so where a test of this folder proves the row, and the coverage page says it from the tests.
 */
export const rows = {
  'unmatched-route': {
    area: 'REST APIs',
    behaviour:
      'A path or a method that is not there answers 403 `Missing Authentication Token`, with its type in `x-amzn-ErrorType`',
  },
  'method-falls-through': {
    area: 'REST APIs',
    behaviour: 'A resource without the method gives way to a sibling `{proxy+}` that has it',
  },
  'api-key': {
    area: 'REST APIs',
    behaviour: 'A method with `apiKeyRequired` answers 403 without a key of a plan',
  },
  throttle: { area: 'REST APIs', behaviour: 'A usage plan’s rate and burst end in 429 `Too Many Requests`' },
  quota: {
    area: 'REST APIs',
    behaviour: 'A usage plan’s quota ends in 429 `Limit Exceeded`, until its period does',
  },
  'lambda-authorizer': {
    area: 'REST APIs',
    behaviour:
      'TOKEN and REQUEST authorizers decide by their policy, are remembered for their TTL, and answer 401, 403 or 500 in AWS’s words',
  },
  'cognito-authorizer': {
    area: 'REST APIs',
    behaviour: 'A user pool’s tokens are verified, and their claims reach the back end',
  },
  'deployment-snapshot': {
    area: 'REST APIs',
    behaviour: 'A deployment is a copy: edits show with the next one',
  },
  rollback: { area: 'REST APIs', behaviour: 'A stage goes back to an older `deploymentId`' },
  'stage-variables-in-event': { area: 'REST APIs', behaviour: 'Stage variables reach the function’s event' },
  'stage-variables-in-uri': {
    area: 'REST APIs',
    behaviour: 'Stage variables are put into integration URIs: one stage, one alias',
  },
  canary: {
    area: 'REST APIs',
    behaviour: 'A canary gets its part of the traffic, with its own deployment and variables',
  },
  cache: { area: 'REST APIs', behaviour: 'A stage’s cache keeps answers by their keys for their TTL' },
  'request-validation': {
    area: 'REST APIs',
    behaviour: 'Request validators refuse bodies and parameters with 400 in AWS’s words',
  },
  'gateway-responses': {
    area: 'REST APIs',
    behaviour: 'Gateway responses are customised: status, headers, templates',
  },
  'templates-mock': { area: 'REST APIs', behaviour: 'Mapping templates choose and make a `MOCK`’s answer' },
  'templates-aws': {
    area: 'REST APIs',
    behaviour: 'Mapping templates make what an `AWS` integration sends and what it answers',
  },
  'templates-http': {
    area: 'REST APIs',
    behaviour:
      'Mapping templates make what an `HTTP` integration sends and what it answers; `HTTP_PROXY` hands on',
  },
  'resource-policy': { area: 'REST APIs', behaviour: 'An API’s resource policy lets in and keeps out' },
  'iam-authorization': {
    area: 'REST APIs',
    behaviour: '`AWS_IAM` verifies the signature and asks the caller’s policies',
  },
  'http-api': {
    area: 'HTTP and WebSocket APIs',
    behaviour: 'An HTTP API routes requests to functions in payload format 2.0',
  },
  'websocket-api': {
    area: 'HTTP and WebSocket APIs',
    behaviour: 'A WebSocket API routes messages to functions, which answer through `@connections`',
  },
  'callback-handler': {
    area: 'Functions',
    behaviour: 'nodejs24.x refuses handlers with a callback; nodejs22.x takes them',
  },
  'reserved-concurrency': {
    area: 'Functions',
    behaviour: 'Reserved concurrency ends in 429 `TooManyRequestsException`',
  },
  'provisioned-concurrency': {
    area: 'Functions',
    behaviour: 'Provisioned environments are initialised before the first call',
  },
  'asynchronous-retries': {
    area: 'Functions',
    behaviour: 'An event whose function fails is tried again after one minute, and after two more',
  },
  'dead-letter-queue': {
    area: 'Functions',
    behaviour: 'An event that nobody could handle goes to the dead-letter queue',
  },
  destinations: { area: 'Functions', behaviour: 'Destinations get the record of a success or a failure' },
  'sqs-source': { area: 'Functions', behaviour: 'A function reads an SQS queue' },
  'kinesis-source': { area: 'Functions', behaviour: 'A function reads a Kinesis stream' },
  'dynamodb-source': { area: 'Functions', behaviour: 'A function reads a DynamoDB table’s stream' },
  'log-lines': {
    area: 'Logs and metrics',
    behaviour:
      'A cold call writes INIT_START, START, the function’s lines, END and REPORT with `Init Duration`, one stream an environment',
  },
  'log-tail': { area: 'Logs and metrics', behaviour: '`LogType=Tail` answers with the end of the log' },
  'json-logs': {
    area: 'Logs and metrics',
    behaviour: '`LogFormat: JSON` makes the function’s lines and the platform’s JSON',
  },
  'function-metrics': {
    area: 'Logs and metrics',
    behaviour: '`AWS/Lambda` counts Invocations, Errors, Throttles and Duration',
  },
  'metric-filters': {
    area: 'Logs and metrics',
    behaviour: 'A metric filter counts the log lines that match',
  },
  alarms: {
    area: 'Logs and metrics',
    behaviour: 'An alarm changes its state by its metric and carries out its action',
  },
  insights: {
    area: 'Logs and metrics',
    behaviour: 'Logs Insights filters, groups and counts, with the fields of REPORT lines',
  },
  'sam-transform': {
    area: 'SAM',
    behaviour: 'CloudFormation carries out `AWS::Serverless-2016-10-31`',
  },
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof rows;
