import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { documentText, listOf, picked, shaped, text, told } from '../translate/shaped.ts';
import { tagChanges, tagList, tagMap } from '../translate/tags.ts';
import type { Tags } from '../translate/tags.ts';
import { attach, inOrderOf } from './attached.ts';
import type { Attached } from './attached.ts';
import { answeredDocument } from './documents.ts';
import { documentOf, place, policiesOf } from './inline.ts';

/** IAM gives roles no tags of CloudFormation's own: only those of the stack and of the template. */
const tagsOf = (properties: Properties, work: ResourceWork): Tags => ({
  ...Object.fromEntries(Object.entries(work.tags).filter(([key]) => !key.startsWith('aws:'))),
  ...tagMap(properties['Tags']),
});

const arnsOf = (properties: Properties): string[] =>
  listOf(properties['ManagedPolicyArns']).map((arn) => text(arn) ?? '');

const attachedTo = (RoleName: string, properties: Properties): Attached[] =>
  arnsOf(properties).map((PolicyArn) => ({ RoleName, PolicyArn }));

const nameOf = (properties: Properties, work: ResourceWork): string =>
  text(properties['RoleName']) ?? work.name(64);

/** `AWS::IAM::Role`, its inline policies and what managed policies are attached to it. */
export const role = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    const RoleName = nameOf(properties, work);
    const tags = tagsOf(properties, work);
    const { Role } = await work.call('iam', 'CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: documentText(properties['AssumeRolePolicyDocument']),
      ...picked(properties, 'Path', 'Description', 'MaxSessionDuration', 'PermissionsBoundary'),
      ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
    });
    const id = RoleName;
    await orUndone(
      async () => {
        await attach(attachedTo(id, properties), [], work);
        await place(policiesOf(id, properties), [], work);
      },
      () => role.delete({ id, attributes: {}, properties }, work),
    );
    return { id, attributes: { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' } };
  },

  async update(kept, wanted, work) {
    const RoleName = kept.id;
    await work.call('iam', 'UpdateAssumeRolePolicy', {
      RoleName,
      PolicyDocument: documentText(wanted['AssumeRolePolicyDocument']),
    });
    await work.call('iam', 'UpdateRole', {
      RoleName,
      Description: text(wanted['Description']) ?? '',
      MaxSessionDuration: shaped<number | undefined>(wanted['MaxSessionDuration']) ?? 3600,
    });
    const boundary = text(wanted['PermissionsBoundary']);
    if (boundary === undefined) await work.call('iam', 'DeleteRolePermissionsBoundary', { RoleName });
    else await work.call('iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary });
    const now = await work.call('iam', 'GetRole', { RoleName });
    const { set, gone } = tagChanges(tagMap(tagged(now.Role?.Tags)), tagsOf(wanted, work));
    if (gone.length > 0) await work.call('iam', 'UntagRole', { RoleName, TagKeys: gone });
    if (Object.keys(set).length > 0) await work.call('iam', 'TagRole', { RoleName, Tags: tagList(set) });
    await place(policiesOf(kept.id, wanted), policiesOf(kept.id, kept.properties), work);
    await attach(attachedTo(kept.id, wanted), attachedTo(kept.id, kept.properties), work);
    return { id: kept.id, attributes: kept.attributes };
  },

  /* What others attached stays, and IAM then refuses, as on AWS. */
  async delete(kept, work) {
    await place([], policiesOf(kept.id, kept.properties), work);
    await attach([], attachedTo(kept.id, kept.properties), work);
    await ifThere(work.call('iam', 'DeleteRole', { RoleName: kept.id }));
  },

  async read({ id, properties }, work) {
    const Role = (await ifThere(work.call('iam', 'GetRole', { RoleName: id })))?.Role;
    if (Role === undefined) return undefined;
    const attached = await work.call('iam', 'ListAttachedRolePolicies', { RoleName: id });
    const policies = [];
    for (const one of policiesOf(id, properties)) {
      const document = await documentOf(one, work);
      if (document === undefined) continue;
      policies.push({ PolicyName: one.name, PolicyDocument: answeredDocument(document, one.document) });
    }
    const arns = (attached.AttachedPolicies ?? []).map(({ PolicyArn = '' }) => PolicyArn);
    const all = {
      AssumeRolePolicyDocument: answeredDocument(
        Role.AssumeRolePolicyDocument,
        properties['AssumeRolePolicyDocument'],
      ),
      Path: Role.Path,
      RoleName: id,
      Description: Role.Description,
      MaxSessionDuration: Role.MaxSessionDuration,
      PermissionsBoundary: Role.PermissionsBoundary?.PermissionsBoundaryArn,
      ManagedPolicyArns: inOrderOf(arnsOf(properties), arns),
      Policies: policies,
      Tags: tagged(Role.Tags),
    };
    return picked(told(all), ...Object.keys(properties));
  },
} satisfies ResourceType;

const tagged = (tags: readonly { Key: string | undefined; Value: string | undefined }[] = []) =>
  tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
