import type { SessionCredentials } from '../../identity/identity.ts';
import type { Decision, Requester } from '../../policy/policy.ts';
import type { Scope } from '../../service/call.ts';

/** What other services ask of IAM. IAM is global: only the account of a scope counts. */
export interface IamPort {
  /** The role of an ARN or a name, or undefined. */
  role(
    account: string,
    nameOrArn: string,
  ):
    | {
        readonly name: string;
        readonly arn: string;
        readonly roleId: string;
        readonly maxSessionSeconds: number;
        /** ARN of the policy that bounds it. */
        readonly boundary?: string | undefined;
      }
    | undefined;
  /** Whether the role's trust policy lets a service principal (`lambda.amazonaws.com`) assume it. */
  mayAssume(
    account: string,
    roleName: string,
    servicePrincipal: string,
    conditions?: Readonly<Record<string, string>>,
  ): boolean;
  /** What the role's trust policy says of someone who wants to take the role (`sts:AssumeRole`). */
  trust(
    account: string,
    roleName: string,
    requester: Requester,
    action: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Decision;
  /**
   * Whether the role's inline and attached policies, within its permissions boundary, allow an action on a
   * resource. An absent resource matches any.
   */
  roleAllows(
    account: string,
    roleName: string,
    action: string,
    resource: string | undefined,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): boolean;
  /**
   * The same, with the difference between what is denied and what is merely not allowed: a policy of the resource
   * can still allow the latter. What lies outside the permissions boundary is denied.
   */
  roleDecision(
    account: string,
    roleName: string,
    action: string,
    resource: string | undefined,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Decision['decision'];
  /** Session credentials of a role, as a running function has them. Valid for `seconds`. */
  session(scope: Scope, roleName: string, sessionName: string, seconds: number): SessionCredentials;
}
