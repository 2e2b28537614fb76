import type { LambdaContext } from '../../context.ts';
import { roleNameOf } from '../../destinations/check.ts';
import type { Call } from '../../../../service/call.ts';
import { invalidParameter } from '../../failures.ts';
import type { SourceKind } from '../mappings/record.ts';

/** A queue or stream that records come from. */
export interface Source {
  readonly kind: SourceKind;
  readonly arn: string;
}

const patterns: readonly [SourceKind, RegExp][] = [
  ['sqs', /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]+(?:\.fifo)?$/],
  ['dynamodb', /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]+\/stream\/[^/]+$/],
  ['kinesis', /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/],
];

/** @throws ServiceFailure where there is no ARN, or one of nothing that a mapping can read */
export function sourceOf(arn: string | undefined): Source {
  for (const [kind, pattern] of patterns) if (arn !== undefined && pattern.test(arn)) return { kind, arn };
  throw invalidParameter('Unrecognized event source.');
}

const streamActions = ['GetRecords', 'GetShardIterator', 'DescribeStream'];

/** What the execution role must be allowed to do with a source for its records to be read. */
const readingActions: Readonly<Record<SourceKind, readonly string[]>> = {
  sqs: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  dynamodb: streamActions,
  kinesis: [...streamActions, 'ListShards'],
};

/** The action that an execution role lacks, or undefined where it may read the source. @param role its ARN or name */
export function missingAction(
  iam: { roleAllows(account: string, role: string, action: string, resource: string): boolean },
  account: string,
  role: string,
  { kind, arn }: Source,
): string | undefined {
  const name = roleNameOf(role);
  return readingActions[kind].find((action) => !iam.roleAllows(account, name, `${kind}:${action}`, arn));
}

/**
 * Checks a source for a function: that the function's role may read it, that it is there, and that a queue hides
 * messages for as long as the function may run.
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export async function checkSource(
  { cloud }: Pick<LambdaContext, 'cloud'>,
  call: Call,
  source: Source,
  { role, timeoutSeconds }: { readonly role: string; readonly timeoutSeconds: number },
): Promise<void> {
  const { kind, arn } = source;
  const missing = missingAction(await cloud.port('iam'), call.account, role, source);
  if (missing !== undefined) throw invalidParameter(refusals[kind](missing, arn));
  if (kind === 'sqs') {
    const queue = (await cloud.port('sqs')).attributes(call, arn);
    if (queue === undefined) {
      throw invalidParameter(
        'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
      );
    }
    if (queue.visibilityTimeout < timeoutSeconds) {
      throw invalidParameter(
        `Queue visibility timeout: ${queue.visibilityTimeout} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
      );
    }
    return;
  }
  const stream =
    kind === 'dynamodb'
      ? (await cloud.port('dynamodb')).stream(call, arn)
      : (await cloud.port('kinesis')).stream(call, arn);
  if (stream === undefined) throw invalidParameter(`Stream not found: ${arn}`);
}

const refusals: Readonly<Record<SourceKind, (missing: string, arn: string) => string>> = {
  sqs: (missing) => `The provided execution role does not have permissions to call ${missing} on SQS`,
  dynamodb: (_, arn) =>
    `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
  kinesis: (_, arn) =>
    `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
};
