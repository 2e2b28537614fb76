import type { Policy } from '@aws-sdk/client-iam';
import type { Kept, Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { documentText, picked, text, told } from '../translate/shaped.ts';
import { attach, inOrderOf } from './attached.ts';
import type { Attached } from './attached.ts';
import { answeredDocument, sameDocument } from './documents.ts';
import { rolesOf } from './inline.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_VERSIONS = 5;

const named = (properties: Properties, work: ResourceWork): string =>
  text(properties['ManagedPolicyName']) ?? work.name(128);

const nameOf = (properties: Properties, work: ResourceWork): string =>
  `arn:aws:iam::${work.scope.account}:policy${text(properties['Path']) ?? '/'}${named(properties, work)}`;

/** `AWS::IAM::ManagedPolicy`: a policy of its own, and the roles that it is attached to. */
export const managedPolicy = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    const roles = rolesOf(properties);
    const { Policy: made } = await work.call('iam', 'CreatePolicy', {
      PolicyName: named(properties, work),
      PolicyDocument: documentText(properties['PolicyDocument']),
      ...picked(properties, 'Path', 'Description'),
    });
    const id = made?.Arn ?? nameOf(properties, work);
    await orUndone(
      () => attach(attachedTo(id, roles), [], work),
      () => managedPolicy.delete({ id, attributes: {}, properties }, work),
    );
    return await physical(id, work);
  },

  async update(kept, wanted, work) {
    const PolicyArn = kept.id;
    await attach(
      attachedTo(PolicyArn, rolesOf(wanted)),
      attachedTo(PolicyArn, rolesOf(kept.properties)),
      work,
    );
    const { VersionId, document } = await defaultVersion(PolicyArn, wanted, work);
    if (!sameDocument(document, wanted['PolicyDocument'])) {
      await makeRoom(PolicyArn, VersionId, work);
      await work.call('iam', 'CreatePolicyVersion', {
        PolicyArn,
        PolicyDocument: documentText(wanted['PolicyDocument']),
        SetAsDefault: true,
      });
    }
    return await physical(PolicyArn, work);
  },

  async delete(kept, work) {
    const PolicyArn = kept.id;
    await attach([], attachedTo(PolicyArn, rolesOf(kept.properties)), work);
    const versions = (await ifThere(work.call('iam', 'ListPolicyVersions', { PolicyArn })))?.Versions ?? [];
    for (const { VersionId, IsDefaultVersion } of versions)
      if (IsDefaultVersion !== true)
        await ifThere(work.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId }));
    await ifThere(work.call('iam', 'DeletePolicy', { PolicyArn }));
  },

  async read({ id, properties }: Kept, work) {
    const now = (await ifThere(work.call('iam', 'GetPolicy', { PolicyArn: id })))?.Policy;
    if (now === undefined) return undefined;
    const { document } = await defaultVersion(id, properties, work);
    const { PolicyRoles = [] } = await work.call('iam', 'ListEntitiesForPolicy', {
      PolicyArn: id,
      PolicyUsageFilter: 'PermissionsPolicy',
    });
    const roles = PolicyRoles.map(({ RoleName = '' }) => RoleName);
    const all = {
      ManagedPolicyName: now.PolicyName,
      Path: now.Path,
      Description: now.Description,
      PolicyDocument: document,
      Roles: inOrderOf(rolesOf(properties), roles),
    };
    return picked(told(all), ...Object.keys(properties));
  },
} satisfies ResourceType;

const attachedTo = (PolicyArn: string, roles: readonly string[]): Attached[] =>
  roles.map((RoleName) => ({ RoleName, PolicyArn }));

async function physical(id: string, work: ResourceWork): Promise<Physical> {
  const { Policy: now } = await work.call('iam', 'GetPolicy', { PolicyArn: id });
  return { id, attributes: attributesOf(id, now) };
}

const attributesOf = (id: string, now: Policy | undefined): Physical['attributes'] =>
  told({
    PolicyArn: id,
    PolicyId: now?.PolicyId,
    AttachmentCount: now?.AttachmentCount,
    DefaultVersionId: now?.DefaultVersionId,
    IsAttachable: now?.IsAttachable,
    PermissionsBoundaryUsageCount: now?.PermissionsBoundaryUsageCount,
    CreateDate: now?.CreateDate?.toISOString(),
    UpdateDate: now?.UpdateDate?.toISOString(),
  });

async function defaultVersion(PolicyArn: string, properties: Properties, work: ResourceWork) {
  const { Policy: now } = await work.call('iam', 'GetPolicy', { PolicyArn });
  const VersionId = now?.DefaultVersionId;
  const { PolicyVersion } = await work.call('iam', 'GetPolicyVersion', { PolicyArn, VersionId });
  return { VersionId, document: answeredDocument(PolicyVersion?.Document, properties['PolicyDocument']) };
}

/* The oldest version that is not the default one goes where there is no room for another. */
async function makeRoom(PolicyArn: string, now: string | undefined, work: ResourceWork): Promise<void> {
  const { Versions = [] } = await work.call('iam', 'ListPolicyVersions', { PolicyArn });
  if (Versions.length < MOST_VERSIONS) return;
  const [oldest] = Versions.map(({ VersionId = '' }) => VersionId)
    .filter((id) => id !== now)
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  if (oldest !== undefined) await work.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId: oldest });
}
