import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter } from '../failures.ts';
import { readFunctionName } from '../names/name.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

/**
 * Checks a destination when it is set: that it is there, and that the execution role may send to it.
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export async function checkDestination(
  { cloud, versions }: Pick<LambdaContext, 'cloud' | 'versions'>,
  call: Call,
  wanted: {
    readonly arn: string;
    /** ARN of the execution role. */
    readonly role: string;
    /** The function that it is the destination of. */
    readonly functionName: string;
    readonly allowed: readonly Target['service'][];
  },
): Promise<void> {
  const { arn } = wanted;
  const target = targetOf(arn);
  if (target === undefined || !wanted.allowed.includes(target.service)) throw invalidDestination(arn);
  if (target.service === 'lambda') {
    const reference = readFunctionName(arn, call);
    if (reference.name === wanted.functionName) {
      throw invalidParameter("You can't specify the function as a destination for itself.");
    }
    try {
      versions.resolve(call, reference);
    } catch (error) {
      if (error instanceof ServiceFailure) throw invalidDestination(arn);
      throw error;
    }
  } else if (!(await isThere(cloud, call, target))) {
    throw invalidDestination(arn);
  }
  const iam = await cloud.port('iam');
  if (!iam.roleAllows(call.account, roleNameOf(wanted.role), target.action, target.resource)) {
    throw invalidParameter(
      `The function's execution role does not have permissions to call ${target.verb} on ${arn}`,
    );
  }
}

/** The name at the end of a role's ARN. */
export const roleNameOf = (role: string): string => role.slice(role.lastIndexOf('/') + 1);

async function isThere(cloud: LambdaContext['cloud'], call: Call, target: Target): Promise<boolean> {
  switch (target.service) {
    case 'sqs':
      return (await cloud.port('sqs')).attributes(call, target.arn) !== undefined;
    case 'sns':
      return (await cloud.port('sns')).exists(call, target.arn);
    case 'events':
      return (await cloud.port('events')).exists(call, target.arn);
    default:
      // A bucket is looked for when something is written.
      return true;
  }
}

const invalidDestination = (arn: string) => invalidParameter(`The destination ARN ${arn} is invalid.`);
