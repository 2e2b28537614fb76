import type { CreateRoleRequest, Role } from '@aws-sdk/client-iam';
import type { Cloud } from '../../cloud.ts';
import { invalidPrincipal } from '../../policy/grammar.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Operations } from '../../service/operations.ts';
import { required } from '../../service/required.ts';
import { accepted, countedSize, encoded } from './documents.ts';
import { managedPolicy } from './managed.ts';
import { page } from './paging.ts';
import { entitiesOf, missing, putRole, roleNamed, uniqueId } from './rows.ts';
import type { Entities, RoleRow } from './rows.ts';
import { tagged, tagMembers, untagged } from './tags.ts';
import type { Iam } from './client.ts';

const mostRoles = 1000;
const mostTrustBytes = 2048;

/** Roles themselves: their life, trust policy, boundary and tags. */
export function roleOperations(cloud: Cloud) {
  const entities = entitiesOf(cloud);
  const change = (account: string, name: string | undefined, edit: (role: RoleRow) => RoleRow): RoleRow => {
    const known = entities(account);
    const row = edit(roleNamed(known, required(name, 'RoleName')));
    putRole(known, row);
    return row;
  };

  return {
    CreateRole(input, { account }) {
      const known = entities(account);
      const row = newRole(input, known, cloud.clock.now());
      putRole(known, row);
      return { Role: { ...roleMember(row), ...tagsMember(row) } };
    },
    GetRole({ RoleName }, { account }) {
      const row = roleNamed(entities(account), required(RoleName, 'RoleName'));
      return { Role: wholeRole(row) };
    },
    ListRoles(input, { account }) {
      const { roles } = entities(account);
      const prefix = input.PathPrefix ?? '/';
      const found = [...roles.values()].filter(({ path }) => path.startsWith(prefix));
      const { items, ...rest } = page(found, ({ name }) => name, input);
      return { Roles: items.map(roleMember), ...rest };
    },
    UpdateRole({ RoleName, Description, MaxSessionDuration }, { account }) {
      change(account, RoleName, (role) => ({
        ...role,
        ...(Description !== undefined && { description: Description }),
        ...(MaxSessionDuration !== undefined && { maxSessionSeconds: MaxSessionDuration }),
      }));
      return {};
    },
    UpdateRoleDescription({ RoleName, Description }, { account }) {
      const row = change(account, RoleName, (role) => ({ ...role, description: Description }));
      return { Role: roleMember(row) };
    },
    UpdateAssumeRolePolicy({ RoleName, PolicyDocument }, { account }) {
      const trust = trustPolicy(required(PolicyDocument, 'PolicyDocument'), entities(account));
      change(account, RoleName, (role) => ({ ...role, trust }));
      return {};
    },
    DeleteRole({ RoleName }, { account }) {
      const known = entities(account);
      const role = roleNamed(known, required(RoleName, 'RoleName'));
      if (role.attached.length > 0) throw inUse('Cannot delete entity, must detach all policies first.');
      if (role.inline.length > 0) throw inUse('Cannot delete entity, must delete policies first.');
      known.roles.delete(role.name.toLowerCase());
      return {};
    },
    PutRolePermissionsBoundary({ RoleName, PermissionsBoundary }, { account }) {
      const boundary = boundaryArn(PermissionsBoundary, entities(account));
      change(account, RoleName, (role) => ({ ...role, boundary }));
      return {};
    },
    DeleteRolePermissionsBoundary({ RoleName }, { account }) {
      change(account, RoleName, (role) => ({ ...role, boundary: undefined }));
      return {};
    },
    TagRole({ RoleName, Tags }, { account }) {
      change(account, RoleName, (role) => ({ ...role, tags: tagged(role.tags, Tags) }));
      return {};
    },
    UntagRole({ RoleName, TagKeys }, { account }) {
      change(account, RoleName, (role) => ({ ...role, tags: untagged(role.tags, TagKeys) }));
      return {};
    },
    ListRoleTags(input, { account }) {
      const role = roleNamed(entities(account), required(input.RoleName, 'RoleName'));
      const { items, ...rest } = page(role.tags, ({ key }) => key, input);
      return { Tags: tagMembers(items), ...rest };
    },
    ListInstanceProfilesForRole({ RoleName }, { account }) {
      roleNamed(entities(account), required(RoleName, 'RoleName'));
      return { InstanceProfiles: [], IsTruncated: false };
    },
  } satisfies Operations<Iam>;
}

function newRole(input: CreateRoleRequest, known: Entities, now: number): RoleRow {
  const name = required(input.RoleName, 'RoleName');
  const path = input.Path ?? '/';
  if (path.startsWith('/aws-service-role/')) {
    throw new ServiceFailure(
      'InvalidInputException',
      'Service-linked roles cannot be created with CreateRole: AWS services create them, and this cloud has none.',
    );
  }
  const trust = trustPolicy(required(input.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'), known);
  const boundary =
    input.PermissionsBoundary === undefined ? undefined : boundaryArn(input.PermissionsBoundary, known);
  const tags = tagged([], input.Tags);
  if (known.roles.has(name.toLowerCase())) {
    throw new ServiceFailure('EntityAlreadyExistsException', `Role with name ${name} already exists.`);
  }
  if (known.roles.size >= mostRoles) {
    throw new ServiceFailure(
      'LimitExceededException',
      `Cannot exceed quota for RolesPerAccount: ${mostRoles}`,
    );
  }
  return {
    name,
    path,
    arn: `arn:aws:iam::${known.account}:role${path}${name}`,
    roleId: uniqueId('AROA'),
    created: now,
    trust,
    description: input.Description,
    maxSessionSeconds: input.MaxSessionDuration ?? 3600,
    boundary,
    tags,
    inline: [],
    attached: [],
    lastUsed: undefined,
  };
}

/** Checks a trust policy; a role of this account that it names must exist, as AWS turns the name into the role's id. */
function trustPolicy(document: string, known: Entities): string {
  const policy = accepted(document, 'trust');
  for (const statement of policy.statements) {
    for (const element of statement.principals?.elements ?? []) {
      const role = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(element.value);
      if (role?.[1] !== known.account) continue;
      if (known.roles.get((role[2] ?? '').toLowerCase())?.arn !== element.value) {
        throw new ServiceFailure('MalformedPolicyDocumentException', invalidPrincipal(element));
      }
    }
  }
  if (countedSize(document) > mostTrustBytes) {
    throw new ServiceFailure(
      'LimitExceededException',
      `Cannot exceed quota for ACLSizePerRole: ${mostTrustBytes}`,
    );
  }
  return document;
}

function boundaryArn(arn: string | undefined, known: Entities): string {
  const wanted = required(arn, 'PermissionsBoundary');
  if (managedPolicy(known, wanted) === undefined) {
    throw missing(`Scope ARN: ${wanted} does not exist or is not attachable.`);
  }
  return wanted;
}

function inUse(message: string): ServiceFailure {
  return new ServiceFailure('DeleteConflictException', message);
}

/** A role as lists and `CreateRole` answer it. */
export function roleMember(row: RoleRow): Role {
  return {
    Path: row.path,
    RoleName: row.name,
    RoleId: row.roleId,
    Arn: row.arn,
    CreateDate: new Date(row.created),
    AssumeRolePolicyDocument: encoded(row.trust),
    ...(row.description !== undefined && { Description: row.description }),
    MaxSessionDuration: row.maxSessionSeconds,
  };
}

function tagsMember(row: RoleRow): Pick<Role, 'Tags'> {
  return row.tags.length === 0 ? {} : { Tags: tagMembers(row.tags) };
}

function wholeRole(row: RoleRow): Role {
  return {
    ...roleMember(row),
    ...tagsMember(row),
    ...(row.boundary !== undefined && {
      PermissionsBoundary: {
        // The SDK's model says otherwise, the service answers `Policy`, as its documentation does.
        PermissionsBoundaryType: 'Policy' as 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: row.boundary,
      },
    }),
    RoleLastUsed: {
      ...(row.lastUsed !== undefined && {
        LastUsedDate: new Date(row.lastUsed.at),
        Region: row.lastUsed.region,
      }),
    },
  };
}
