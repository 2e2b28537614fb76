import type { Policy as PolicyMember, PolicyVersion } from '@aws-sdk/client-iam';
import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Operations } from '../../service/operations.ts';
import { required } from '../../service/required.ts';
import { accepted, countedSize, encoded } from './documents.ts';
import { managedByAws, managedPolicy } from './managed.ts';
import { page } from './paging.ts';
import { checkedArn } from './role-policies.ts';
import { entitiesOf, missing, uniqueId } from './rows.ts';
import type { Entities, PolicyRow, PolicyVersionRow } from './rows.ts';
import { tagged, tagMembers, untagged } from './tags.ts';
import type { Iam } from './client.ts';

const mostPolicyBytes = 6144;
const mostVersions = 5;

/** Managed policies of the customer, their versions, and what AWS's own can be asked. */
export function policyOperations(cloud: Cloud) {
  const entities = entitiesOf(cloud);
  const find = (account: string, arn: string | undefined): PolicyRow => {
    const wanted = checkedArn(arn);
    const policy = managedPolicy(entities(account), wanted);
    if (policy === undefined) throw missing(`Policy ${wanted} was not found.`);
    return policy;
  };
  const change = (account: string, arn: string | undefined, edit: (policy: PolicyRow) => PolicyRow): void => {
    const policy = own(find(account, arn), account);
    entities(account).policies.set(policy.arn, edit(policy));
  };

  return {
    CreatePolicy(input, { account }) {
      const known = entities(account);
      const name = required(input.PolicyName, 'PolicyName');
      const path = input.Path ?? '/';
      const document = sized(required(input.PolicyDocument, 'PolicyDocument'));
      if ([...known.policies.values()].some((other) => other.name.toLowerCase() === name.toLowerCase())) {
        throw new ServiceFailure(
          'EntityAlreadyExistsException',
          `A policy called ${name} already exists. Duplicate names are not allowed.`,
        );
      }
      const now = cloud.clock.now();
      const row: PolicyRow = {
        name,
        path,
        arn: `arn:aws:iam::${account}:policy${path}${name}`,
        policyId: uniqueId('ANPA'),
        created: now,
        updated: now,
        description: input.Description,
        tags: tagged([], input.Tags),
        defaultVersion: 'v1',
        versions: [{ id: 'v1', document, created: now }],
        nextVersion: 2,
      };
      known.policies.set(row.arn, row);
      return { Policy: { ...policyMember(row, known), ...tagsMember(row) } };
    },
    GetPolicy({ PolicyArn }, { account }) {
      const row = find(account, PolicyArn);
      const description = row.description === undefined ? {} : { Description: row.description };
      return {
        Policy: { ...policyMember(row, entities(account)), ...description, Tags: tagMembers(row.tags) },
      };
    },
    ListPolicies(input, { account }) {
      const known = entities(account);
      const all = [
        ...(input.Scope === 'Local' ? [] : managedByAws()),
        ...(input.Scope === 'AWS' ? [] : known.policies.values()),
      ]
        .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
        .filter((row) => input.OnlyAttached !== true || attachments(known, row.arn).count > 0)
        .filter((row) => {
          if (input.PolicyUsageFilter === undefined) return true;
          const { count, boundaries } = attachments(known, row.arn);
          return (input.PolicyUsageFilter === 'PermissionsBoundary' ? boundaries : count) > 0;
        });
      const { items, ...rest } = page(all, ({ name, arn }) => `${name} ${arn}`, input);
      return { Policies: items.map((row) => policyMember(row, known)), ...rest };
    },
    DeletePolicy({ PolicyArn }, { account }) {
      const known = entities(account);
      const row = own(find(account, PolicyArn), account);
      const { count, boundaries } = attachments(known, row.arn);
      if (count + boundaries > 0) throw inUse('Cannot delete a policy attached to entities.');
      if (row.versions.length > 1) {
        throw inUse(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      known.policies.delete(row.arn);
      return {};
    },
    CreatePolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault }, { account }) {
      const row = own(find(account, PolicyArn), account);
      const document = sized(required(PolicyDocument, 'PolicyDocument'));
      if (row.versions.length >= mostVersions) {
        throw new ServiceFailure(
          'LimitExceededException',
          `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
        );
      }
      const now = cloud.clock.now();
      const version = { id: `v${row.nextVersion}`, document, created: now };
      const defaultVersion = SetAsDefault === true ? version.id : row.defaultVersion;
      const versions = [...row.versions, version];
      const next = { ...row, versions, defaultVersion, updated: now, nextVersion: row.nextVersion + 1 };
      entities(account).policies.set(row.arn, next);
      return { PolicyVersion: versionMember(version, next) };
    },
    GetPolicyVersion({ PolicyArn, VersionId }, { account }) {
      const row = find(account, PolicyArn);
      const version = versionOf(row, VersionId);
      return { PolicyVersion: { ...versionMember(version, row), Document: encoded(version.document) } };
    },
    ListPolicyVersions(input, { account }) {
      const row = find(account, input.PolicyArn);
      const newestFirst = (version: PolicyVersionRow): string =>
        String(1e9 - Number(version.id.slice(1))).padStart(10, '0');
      const { items, ...rest } = page(row.versions, newestFirst, input);
      return { Versions: items.map((version) => versionMember(version, row)), ...rest };
    },
    SetDefaultPolicyVersion({ PolicyArn, VersionId }, { account }) {
      change(account, PolicyArn, (row) => ({
        ...row,
        defaultVersion: versionOf(row, VersionId).id,
        updated: cloud.clock.now(),
      }));
      return {};
    },
    DeletePolicyVersion({ PolicyArn, VersionId }, { account }) {
      change(account, PolicyArn, (row) => {
        const { id } = versionOf(row, VersionId);
        if (id === row.defaultVersion) throw inUse('Cannot delete the default version of a policy.');
        return { ...row, versions: row.versions.filter((version) => version.id !== id) };
      });
      return {};
    },
    ListEntitiesForPolicy(input, { account }) {
      const row = find(account, input.PolicyArn);
      const asBoundary = input.PolicyUsageFilter === 'PermissionsBoundary';
      const roles = [...entities(account).roles.values()]
        .filter((role) => (asBoundary ? role.boundary === row.arn : role.attached.includes(row.arn)))
        .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
        .filter(() => input.EntityFilter === undefined || input.EntityFilter === 'Role');
      const { items, ...rest } = page(roles, ({ name }) => name, input);
      return {
        PolicyGroups: [],
        PolicyUsers: [],
        PolicyRoles: items.map(({ name, roleId }) => ({ RoleName: name, RoleId: roleId })),
        ...rest,
      };
    },
    TagPolicy({ PolicyArn, Tags }, { account }) {
      change(account, PolicyArn, (row) => ({ ...row, tags: tagged(row.tags, Tags) }));
      return {};
    },
    UntagPolicy({ PolicyArn, TagKeys }, { account }) {
      change(account, PolicyArn, (row) => ({ ...row, tags: untagged(row.tags, TagKeys) }));
      return {};
    },
    ListPolicyTags(input, { account }) {
      const { tags } = find(account, input.PolicyArn);
      const { items, ...rest } = page(tags, ({ key }) => key, input);
      return { Tags: tagMembers(items), ...rest };
    },
  } satisfies Operations<Iam>;
}

function own(row: PolicyRow, account: string): PolicyRow {
  if (row.arn.includes(`::${account}:`)) return row;
  // AWS's own policies belong to AWS.
  throw new ServiceFailure('AccessDenied', `Policy ${row.arn} is not owned by account ${account}.`, {
    status: 403,
  });
}

function sized(document: string): string {
  accepted(document, 'identity');
  if (countedSize(document) > mostPolicyBytes) {
    throw new ServiceFailure(
      'LimitExceededException',
      `Cannot exceed quota for PolicySize: ${mostPolicyBytes}`,
    );
  }
  return document;
}

function versionOf(row: PolicyRow, id: string | undefined): PolicyVersionRow {
  const version = row.versions.find((candidate) => candidate.id === id);
  if (version !== undefined) return version;
  throw missing(`Policy ${row.arn} version ${id ?? ''} does not exist or is not attachable.`);
}

function inUse(message: string): ServiceFailure {
  return new ServiceFailure('DeleteConflictException', message);
}

function attachments(known: Entities, arn: string): { count: number; boundaries: number } {
  const roles = [...known.roles.values()];
  return {
    count: roles.filter(({ attached }) => attached.includes(arn)).length,
    boundaries: roles.filter(({ boundary }) => boundary === arn).length,
  };
}

function policyMember(row: PolicyRow, known: Entities): PolicyMember {
  const { count, boundaries } = attachments(known, row.arn);
  return {
    PolicyName: row.name,
    PolicyId: row.policyId,
    Arn: row.arn,
    Path: row.path,
    DefaultVersionId: row.defaultVersion,
    AttachmentCount: count,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: new Date(row.created),
    UpdateDate: new Date(row.updated),
  };
}

function tagsMember(row: PolicyRow): Pick<PolicyMember, 'Tags'> {
  return row.tags.length === 0 ? {} : { Tags: tagMembers(row.tags) };
}

function versionMember(version: PolicyVersionRow, row: PolicyRow): PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === row.defaultVersion,
    CreateDate: new Date(version.created),
  };
}
