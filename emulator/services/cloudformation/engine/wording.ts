import { createHash } from 'node:crypto';
import { ServiceFailure } from '../../../service/failure.ts';

/** Of failures that services gave, who gave them: a failure does not say itself. */
const givers = new WeakMap<ServiceFailure, string>();

/** Notes which service a failure is of. */
export function givenBy(failure: ServiceFailure, service: string): void {
  if (!givers.has(failure)) givers.set(failure, service);
}

/** How the SDK that CloudFormation uses names the services. */
const NAMES: Readonly<Record<string, string>> = {
  apigateway: 'ApiGateway',
  apigatewayv2: 'AmazonApiGatewayV2',
  cloudformation: 'AmazonCloudFormation',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDb',
  events: 'EventBridge',
  iam: 'Iam',
  kinesis: 'Kinesis',
  lambda: 'Lambda',
  logs: 'CloudWatchLogs',
  s3: 'S3',
  scheduler: 'Scheduler',
  sns: 'Sns',
  sqs: 'Sqs',
  ssm: 'Ssm',
};

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExist|AlreadyOwned|NameExists|EntityAlreadyExists|ResourceInUse|BucketAlready/i, 'AlreadyExists'],
  [/Conflict|ConcurrentModification|OperationAborted/i, 'ResourceConflict'],
  [/NotFound|NoSuch|NonExistent|DoesNotExist/i, 'NotFound'],
  [/AccessDenied|Unauthorized|NotAuthorized/i, 'AccessDenied'],
  [/Throttl|TooManyRequests/i, 'Throttling'],
  [/LimitExceeded|QuotaExceeded/i, 'ServiceLimitExceeded'],
  [/Internal|ServiceException|ServiceUnavailable/i, 'ServiceInternalError'],
];

const handlerCode = (code: string): string =>
  CODES.find(([form]) => form.test(code))?.[1] ?? 'InvalidRequest';

/** An id that looks drawn and is the same for the same step. */
function idOf(token: string, what: string): string {
  const hex = createHash('sha256').update(`${what}\n${token}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Services that say with the status what went wrong; the others answer 400. */
const SAYING = ['apigateway', 'apigatewayv2', 'iam', 'lambda', 's3', 'scheduler'];

function statusOf(service: string, code: string): number {
  if (code === 'AccessDenied') return 403;
  if (!SAYING.includes(service)) return 400;
  if (code === 'NotFound') return 404;
  return code === 'AlreadyExists' || code === 'ResourceConflict' ? 409 : 400;
}

/** Why work on a resource has failed, as CloudFormation words it. */
export function failureReason(error: unknown, token: string): string {
  if (!(error instanceof ServiceFailure)) return error instanceof Error ? error.message : String(error);
  const giver = givers.get(error) ?? '';
  const service = NAMES[giver] ?? 'Unknown';
  const status = String(error.status ?? statusOf(giver, handlerCode(error.code)));
  const request = `Service: ${service}, Status Code: ${status}, Request ID: ${idOf(token, 'request')}`;
  return `Resource handler returned message: "${error.message} (${request})" (RequestToken: ${idOf(token, 'handler')}, HandlerErrorCode: ${handlerCode(error.code)})`;
}
