import type { Cloud } from '../../../cloud.ts';
import type { Call, Principal } from '../../../service/call.ts';
import type { Acting } from '../../../service/inner-calls.ts';
import { invalid } from '../failures.ts';

/** In the name of whoever calls. */
export const callerOf = ({ principal, region, signal, trail }: Call): Acting => ({
  principal,
  region,
  signal,
  trail,
});

/**
 * Who makes a stack's resources: the service role that was given, or whoever calls.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 * @throws ValidationError where CloudFormation may not take the role
 */
export async function makerOf(cloud: Cloud, call: Call, roleArn: string | undefined): Promise<Principal> {
  if (roleArn === undefined) return call.principal;
  const { account } = call;
  const iam = await cloud.port('iam');
  const role = iam.role(account, roleArn);
  if (role?.arn !== roleArn || !iam.mayAssume(account, role.name, 'cloudformation.amazonaws.com'))
    throw invalid(`Role ${roleArn} is invalid or cannot be assumed`);
  const sessionName = 'AWSCloudFormation';
  return {
    kind: 'role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${sessionName}`,
    accessKeyId: iam.session(call, role.name, sessionName, 3600).accessKeyId,
    roleName: role.name,
    sessionName,
  };
}
