import type { Cloud } from '../../cloud.ts';
import { decide } from '../../policy/decide.ts';
import type { AccessRequest, Policy } from '../../policy/policy.ts';
import { stored } from './documents.ts';
import { defaultDocument, managedPolicy } from './managed.ts';
import type { IamPort } from './port.ts';
import { entitiesOf, putRole, roleNamed } from './rows.ts';
import type { Entities, RoleRow } from './rows.ts';

/** A policy in effect on a role, with where it comes from. */
export interface EffectivePolicy {
  readonly source: string;
  readonly type: 'role' | 'aws-managed' | 'user-managed';
  readonly policy: Policy;
}

/** A role's inline and attached policies. */
export function policiesOf(entities: Entities, role: RoleRow): EffectivePolicy[] {
  const inline = role.inline.map(({ name, document }) => ({
    source: name,
    type: 'role' as const,
    policy: stored(document, 'inline'),
  }));
  const attached = role.attached.flatMap((arn) => {
    const policy = managedPolicy(entities, arn);
    if (policy === undefined) return [];
    return [
      {
        source: policy.name,
        type: policy.arn.includes('::aws:') ? ('aws-managed' as const) : ('user-managed' as const),
        policy: stored(defaultDocument(policy), 'identity'),
      },
    ];
  });
  return [...inline, ...attached];
}

/** The policy that bounds what the role's other policies may allow. A bound that is gone allows nothing. */
export function boundaryOf(entities: Entities, role: RoleRow): Policy[] | undefined {
  if (role.boundary === undefined) return undefined;
  const policy = managedPolicy(entities, role.boundary);
  return policy === undefined ? [] : [stored(defaultDocument(policy), 'identity')];
}

/** What IAM knows and decides for the other services. */
export function accessPort(cloud: Cloud): IamPort {
  const entities = entitiesOf(cloud);
  const find = (account: string, nameOrArn: string): RoleRow | undefined => {
    const arn = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(nameOrArn);
    if (arn === null) return entities(account).roles.get(nameOrArn.toLowerCase());
    const name = arn[2]?.split('/').at(-1) ?? '';
    const row = arn[1] === account ? entities(account).roles.get(name.toLowerCase()) : undefined;
    return row?.arn === nameOrArn ? row : undefined;
  };
  const trust: IamPort['trust'] = (account, roleName, requester, action, context = {}) => {
    const role = find(account, roleName);
    if (role === undefined) return { decision: 'implicitDeny' };
    return decide([stored(role.trust, 'trust')], { requester, action, resource: role.arn, context });
  };
  const roleDecision: IamPort['roleDecision'] = (account, roleName, action, resource, context = {}) => {
    const role = find(account, roleName);
    if (role === undefined) return 'implicitDeny';
    const known = entities(account);
    const request: AccessRequest = {
      action,
      resource,
      context: { ...timeKeys(cloud), ...principalKeys(role, account), ...context },
    };
    const boundary = boundaryOf(known, role);
    if (boundary !== undefined && decide(boundary, request).decision !== 'allow') return 'explicitDeny';
    const granted = policiesOf(known, role).map(({ policy }) => policy);
    return decide(granted, request).decision;
  };

  return {
    role(account, nameOrArn) {
      const row = find(account, nameOrArn);
      if (row === undefined) return undefined;
      const { name, arn, roleId, maxSessionSeconds, boundary } = row;
      return { name, arn, roleId, maxSessionSeconds, boundary };
    },
    mayAssume(account, roleName, service, conditions) {
      const requester = { kind: 'service', name: service } as const;
      return trust(account, roleName, requester, 'sts:AssumeRole', conditions).decision === 'allow';
    },
    trust,
    roleAllows: (account, roleName, action, resource, context = {}) =>
      roleDecision(account, roleName, action, resource, context) === 'allow',
    roleDecision,
    session(scope, roleName, sessionName, seconds) {
      const known = entities(scope.account);
      const role = roleNamed(known, roleName);
      putRole(known, { ...role, lastUsed: { at: cloud.clock.now(), region: scope.region } });
      return cloud.identity.session(scope, role.name, sessionName, seconds);
    },
  };
}

/** Condition keys of the moment at which something is asked. */
function timeKeys({ clock }: Cloud): Record<string, string> {
  const now = clock.now();
  return { 'aws:CurrentTime': new Date(now).toISOString(), 'aws:EpochTime': String(Math.floor(now / 1000)) };
}

/** Condition keys that follow from who the role is. */
function principalKeys(role: RoleRow, account: string): Record<string, string> {
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalType': 'AssumedRole',
    ...Object.fromEntries(role.tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value])),
  };
}
