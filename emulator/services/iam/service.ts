import * as schemas from '@aws-sdk/client-iam/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { ResourceAccess } from '../../service/access.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { accessPort } from './access.ts';
import { accountOperations } from './account.ts';
import limits from './limits.json' with { type: 'json' };
import { policyOperations } from './policies.ts';
import type { IamPort } from './port.ts';
import { rolePolicyOperations } from './role-policies.ts';
import { roleOperations } from './roles.ts';
import { simulationOperations } from './simulate.ts';
import type { Iam } from './client.ts';

/** Identity and Access Management: roles, their policies, and what they allow. */
export default defineService<Iam, IamPort>({
  wire: identities.iam,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const port = accessPort(cloud);
    const role = ({ RoleName = '' }: { RoleName?: string | undefined }, { account }: Scope): string =>
      port.role(account, RoleName)?.arn ?? `arn:aws:iam::${account}:role/${RoleName}`;
    const policy = ({ PolicyArn = '*' }: { PolicyArn?: string | undefined }): string => PolicyArn;
    return {
      operations: {
        ...roleOperations(cloud),
        ...rolePolicyOperations(cloud),
        ...policyOperations(cloud),
        ...simulationOperations(cloud),
        ...accountOperations(cloud),
      },
      port,
      access: { context: boundaryKey(port) },
      resources: {
        CreateRole: ({ RoleName = '', Path = '/' }, { account }) =>
          `arn:aws:iam::${account}:role${Path}${RoleName}`,
        GetRole: role,
        UpdateRole: role,
        UpdateRoleDescription: role,
        UpdateAssumeRolePolicy: role,
        DeleteRole: role,
        TagRole: role,
        UntagRole: role,
        ListRoleTags: role,
        PutRolePermissionsBoundary: role,
        DeleteRolePermissionsBoundary: role,
        ListInstanceProfilesForRole: role,
        PutRolePolicy: role,
        GetRolePolicy: role,
        ListRolePolicies: role,
        DeleteRolePolicy: role,
        AttachRolePolicy: role,
        DetachRolePolicy: role,
        ListAttachedRolePolicies: role,
        CreatePolicy: ({ PolicyName = '', Path = '/' }, { account }) =>
          `arn:aws:iam::${account}:policy${Path}${PolicyName}`,
        GetPolicy: policy,
        DeletePolicy: policy,
        CreatePolicyVersion: policy,
        GetPolicyVersion: policy,
        ListPolicyVersions: policy,
        SetDefaultPolicyVersion: policy,
        DeletePolicyVersion: policy,
        ListEntitiesForPolicy: policy,
        TagPolicy: policy,
        UntagPolicy: policy,
        ListPolicyTags: policy,
        SimulatePrincipalPolicy: ({ PolicySourceArn = '*' }) => PolicySourceArn,
      },
      withoutEffect: {
        'CreateRole.RoleName': 'Roles and policies take effect at once; on AWS it takes some seconds.',
        'SimulateCustomPolicy.ResourceOwner': 'Accounts do not share resources here.',
        'SimulateCustomPolicy.ResourceHandlingOption': 'Scenarios of EC2 are not simulated.',
        'SimulateCustomPolicy.MaxItems': 'All results come on one page.',
        'SimulatePrincipalPolicy.ResourceOwner': 'Accounts do not share resources here.',
        'SimulatePrincipalPolicy.ResourceHandlingOption': 'Scenarios of EC2 are not simulated.',
        'SimulatePrincipalPolicy.MaxItems': 'All results come on one page.',
      },
    };
  },
});

/**
 * `iam:PermissionsBoundary`, by which an administrator lets others make roles that are bounded alone: what is asked
 * for, or what the role has already.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const boundaryKey =
  (port: IamPort): NonNullable<ResourceAccess['context']> =>
  (call, { RoleName, PermissionsBoundary }) => {
    const there =
      typeof RoleName === 'string' ? port.role(call.principal.account, RoleName)?.boundary : undefined;
    const wanted = typeof PermissionsBoundary === 'string' ? PermissionsBoundary : there;
    const told: Readonly<Record<string, string>> =
      wanted === undefined ? {} : { 'iam:PermissionsBoundary': wanted };
    return told;
  };
