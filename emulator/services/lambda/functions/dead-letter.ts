import type { Call } from '../../../service/call.ts';
import type { IamPort } from '../../iam/port.ts';
import { roleNameOf } from '../destinations/check.ts';
import { targetOf } from '../destinations/target.ts';
import { invalidParameter } from '../failures.ts';
import type { FunctionSettings } from './record.ts';

/** A function's dead-letter queue as a call gives it; no text takes it away. */
export const deadLetterOf = (arn: string | undefined): Pick<FunctionSettings, 'deadLetter'> =>
  arn === undefined || arn === '' ? {} : { deadLetter: arn };

/**
 * Checks a dead-letter queue when it is set.
 * @throws ServiceFailure where it is no standard queue or topic, and where the role may not send to it
 */
export function checkDeadLetter(arn: string | undefined, role: string, call: Call, iam: IamPort): void {
  if (arn === undefined) return;
  const target = targetOf(arn);
  if (target === undefined || (target.service !== 'sqs' && target.service !== 'sns')) {
    throw invalidParameter(
      `The dead-letter target ${arn} is invalid: specify the ARN of a standard Amazon SQS queue or Amazon SNS topic.`,
    );
  }
  if (iam.roleAllows(call.account, roleNameOf(role), target.action, target.arn)) return;
  throw invalidParameter(
    `The provided execution role does not have permissions to call ${target.verb} on ${target.service.toUpperCase()}`,
  );
}
