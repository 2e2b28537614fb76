import { ServiceFailure } from '../../service/failure.ts';

export const invalidArgument = (message: string): ServiceFailure =>
  new ServiceFailure('InvalidArgumentException', message);

export const streamNotFound = (name: string, account: string): ServiceFailure =>
  new ServiceFailure('ResourceNotFoundException', `Stream ${name} under account ${account} not found.`);

/** A shard that was named to be read from. */
export const shardNotFound = (shardId: string, stream: string, account: string): ServiceFailure =>
  new ServiceFailure(
    'ResourceNotFoundException',
    `Shard ${shardId} in stream ${stream} under account ${account} does not exist`,
  );

/** A shard that was named to be changed or listed from, or whose name is none. */
export const noSuchShard = (shardId: string, stream: string, account: string): ServiceFailure =>
  new ServiceFailure(
    'ResourceNotFoundException',
    `Could not find shard ${shardId} in stream ${stream} under account ${account}.`,
  );

export const streamExists = (name: string, account: string): ServiceFailure =>
  new ServiceFailure('ResourceInUseException', `Stream ${name} under account ${account} already exists.`);

export const notActive = (name: string, account: string, status: string): ServiceFailure =>
  new ServiceFailure(
    'ResourceInUseException',
    `Stream ${name} under account ${account} not ACTIVE, instead in state ${status}`,
  );

export const shardLimitExceeded = (
  { account, region }: { account: string; region: string },
  open: number,
  limit: number,
  more: number,
): ServiceFailure =>
  new ServiceFailure(
    'LimitExceededException',
    `This request would exceed the shard limit for the account ${account} in ${region}. Current shard count for the account: ${open}. Limit: ${limit}. Number of additional shards that would have resulted from this request: ${more}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
  );

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalidArgument(
    `Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`,
  );
