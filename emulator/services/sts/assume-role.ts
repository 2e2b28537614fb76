import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { Cloud } from '../../cloud.ts';
import type { Requester } from '../../policy/policy.ts';
import type { Call, Principal } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { InputOf, OutputOf } from '../../service/operations.ts';
import { required } from '../../service/required.ts';
import type { IamPort } from '../iam/port.ts';
import type { Sts } from './client.ts';

const chainedSessionSeconds = 3600;

/**
 * Gives credentials of a role to whom its trust policy admits.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @throws ServiceFailure `AccessDenied`, `ValidationError`, `InvalidParameterValue`
 */
export async function assumeRole(
  cloud: Cloud,
  input: InputOf<Sts, 'AssumeRole'>,
  call: Call,
): Promise<OutputOf<Sts, 'AssumeRole'>> {
  const roleArn = required(input.RoleArn, 'RoleArn');
  const sessionName = required(input.RoleSessionName, 'RoleSessionName');
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/.exec(roleArn)?.[1];
  if (account === undefined) throw invalid(`${roleArn} is invalid`);
  if (input.Policy !== undefined || (input.PolicyArns?.length ?? 0) > 0) {
    // To ignore it would hand out more than was asked for.
    throw new ServiceFailure(
      'NotImplemented',
      'AssumeRole with a session policy (Policy, PolicyArns) is not built in this cloud.',
      { status: 501 },
    );
  }
  checkTags(input);
  const iam = await cloud.port('iam');
  const role = iam.role(account, roleArn);
  if (role === undefined || !admitted(iam, input, call, { account, ...role })) {
    throw new ServiceFailure(
      'AccessDenied',
      `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      { status: 403 },
    );
  }
  const seconds = input.DurationSeconds ?? 3600;
  if (seconds > role.maxSessionSeconds) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  if (call.principal.kind === 'role' && seconds > chainedSessionSeconds) {
    throw invalid(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  const session = iam.session({ account, region: call.region }, role.name, sessionName, seconds);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiration),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.roleId}:${sessionName}`,
      Arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${sessionName}`,
    },
    ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }),
  };
}

interface Role {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
}

/** Whether the trust policy admits the caller and, where it only names the caller's account, that account does too. */
function admitted(iam: IamPort, input: AssumeRoleRequest, call: Call, role: Role): boolean {
  const context: Record<string, string | string[]> = {
    'sts:RoleSessionName': input.RoleSessionName ?? '',
    'aws:PrincipalAccount': call.principal.account,
    'aws:PrincipalArn': principalArn(iam, call.principal),
    ...(input.ExternalId !== undefined && { 'sts:ExternalId': input.ExternalId }),
    ...(input.SourceIdentity !== undefined && { 'sts:SourceIdentity': input.SourceIdentity }),
    ...(input.Tags !== undefined && { 'aws:TagKeys': input.Tags.map(({ Key }) => Key ?? '') }),
    ...Object.fromEntries(
      (input.Tags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key ?? ''}`, Value ?? '']),
    ),
  };
  const requester = requesterOf(iam, call.principal);
  const actions = [
    'sts:AssumeRole',
    ...(input.Tags === undefined ? [] : ['sts:TagSession']),
    ...(input.SourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  return actions.every((action) => {
    const { decision, delegated } = iam.trust(role.account, role.name, requester, action, context);
    if (decision !== 'allow') return false;
    const ownSide = delegated === true || call.principal.account !== role.account;
    if (!ownSide || call.principal.kind === 'root') return true;
    return iam.roleAllows(call.principal.account, call.principal.roleName, action, role.arn, context);
  });
}

function requesterOf(iam: IamPort, principal: Principal): Requester {
  const { account, arn } = principal;
  return {
    kind: 'aws',
    account,
    arn,
    ...(principal.kind === 'role' && { roleArn: principalArn(iam, principal) }),
  };
}

function principalArn(iam: IamPort, principal: Principal): string {
  if (principal.kind === 'root') return principal.arn;
  return (
    iam.role(principal.account, principal.roleName)?.arn ??
    `arn:aws:iam::${principal.account}:role/${principal.roleName}`
  );
}

function checkTags({ Tags = [], TransitiveTagKeys = [] }: AssumeRoleRequest): void {
  const keys = Tags.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size !== keys.length) {
    throw new ServiceFailure(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      { status: 400 },
    );
  }
  if (TransitiveTagKeys.some((key) => !keys.includes(key.toLowerCase()))) {
    throw new ServiceFailure(
      'InvalidParameterValue',
      'The specified transitive tag key must be included in the requested tags.',
      { status: 400 },
    );
  }
}

function invalid(message: string): ServiceFailure {
  return new ServiceFailure('ValidationError', message, { status: 400 });
}
