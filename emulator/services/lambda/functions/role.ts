import type { Call } from '../../../service/call.ts';
import type { IamPort } from '../../iam/port.ts';
import { accessDenied, constraintBroken, invalidParameter } from '../failures.ts';

const roleArn = /^arn:aws[a-zA-Z-]*:iam::(\d{12}):role\/?([a-zA-Z_0-9+=,.@\-_/]+)$/;

/**
 * Checks an execution role: its ARN, that it is there, that Lambda may assume it and that the caller may pass it.
 * @throws ServiceFailure as AWS refuses it
 */
export function checkRole(role: string, call: Call, iam: IamPort): string {
  const match = roleArn.exec(role);
  const [, account, path] = match ?? [];
  if (account === undefined || path === undefined) {
    throw constraintBroken(
      role,
      'role',
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    );
  }
  if (account !== call.account) throw accessDenied('Cross-account pass role is not allowed.');
  const { principal } = call;
  const passed = { 'iam:PassedToService': 'lambda.amazonaws.com' };
  if (
    principal.kind === 'role' &&
    !iam.roleAllows(account, principal.roleName, 'iam:PassRole', role, passed)
  ) {
    throw accessDenied(
      `User: ${principal.arn} is not authorized to perform: iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`,
    );
  }
  const found = iam.role(account, role);
  if (found === undefined || !iam.mayAssume(account, found.name, 'lambda.amazonaws.com')) {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  }
  return role;
}
