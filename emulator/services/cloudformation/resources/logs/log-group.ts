import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ResourceFailure } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { picked, shaped, text, told } from '../translate/shaped.ts';
import { allTags, ownTags, tagChanges, tagList } from '../translate/tags.ts';

const nameOf = (properties: Properties, work: ResourceWork): string =>
  text(properties['LogGroupName']) ?? work.name(512);

/** What a log group may have on AWS and not in this cloud. */
const missing = [
  'BearerTokenAuthenticationEnabled',
  'DataProtectionPolicy',
  'FieldIndexPolicies',
  'ResourcePolicyDocument',
];

/** `AWS::Logs::LogGroup`. */
export const logGroup = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    refuseMissing(properties);
    const id = nameOf(properties, work);
    const { KmsKeyId, LogGroupClass, DeletionProtectionEnabled } = properties;
    const tags = allTags(properties['Tags'], work);
    await work.call('logs', 'CreateLogGroup', {
      logGroupName: id,
      ...(Object.keys(tags).length > 0 && { tags }),
      ...(KmsKeyId !== undefined && { kmsKeyId: text(KmsKeyId) }),
      ...(LogGroupClass !== undefined && { logGroupClass: shaped<'STANDARD'>(LogGroupClass) }),
      ...(DeletionProtectionEnabled !== undefined && {
        deletionProtectionEnabled: shaped<boolean>(DeletionProtectionEnabled),
      }),
    });
    await orUndone(
      () => retain(id, properties, work),
      () => logGroup.delete({ id, attributes: {}, properties }, work),
    );
    return { id, attributes: { Arn: `${arnOf(id, work)}:*` } };
  },

  async update(kept, wanted, work) {
    refuseMissing(wanted);
    await retain(kept.id, wanted, work);
    await work.call('logs', 'PutLogGroupDeletionProtection', {
      logGroupIdentifier: kept.id,
      deletionProtectionEnabled: wanted['DeletionProtectionEnabled'] === true,
    });
    const resourceArn = arnOf(kept.id, work);
    const { tags } = await work.call('logs', 'ListTagsForResource', { resourceArn });
    const { set, gone } = tagChanges(tags ?? {}, allTags(wanted['Tags'], work));
    if (gone.length > 0) await work.call('logs', 'UntagResource', { resourceArn, tagKeys: gone });
    if (Object.keys(set).length > 0) await work.call('logs', 'TagResource', { resourceArn, tags: set });
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete(kept, work) {
    await ifThere(work.call('logs', 'DeleteLogGroup', { logGroupName: kept.id }));
  },

  async read({ id, properties }, work) {
    const now = await found(id, work);
    if (now === undefined) return undefined;
    const { tags } = await work.call('logs', 'ListTagsForResource', { resourceArn: arnOf(id, work) });
    const all = {
      LogGroupName: id,
      RetentionInDays: now.retentionInDays,
      KmsKeyId: now.kmsKeyId,
      LogGroupClass: now.logGroupClass,
      DeletionProtectionEnabled: now.deletionProtectionEnabled,
      Tags: tagList(ownTags(tags, work)),
    };
    return picked(told(all), ...Object.keys(properties));
  },
} satisfies ResourceType;

const arnOf = (name: string, { scope: { region, account } }: ResourceWork): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

async function retain(logGroupName: string, properties: Properties, work: ResourceWork): Promise<void> {
  const days = properties['RetentionInDays'];
  if (days === undefined) await work.call('logs', 'DeleteRetentionPolicy', { logGroupName });
  else await work.call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: shaped<number>(days) });
}

async function found(name: string, work: ResourceWork): Promise<LogGroup | undefined> {
  const { logGroups = [] } = await work.call('logs', 'DescribeLogGroups', {
    logGroupNamePrefix: name,
    limit: 1,
  });
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

function refuseMissing(properties: Properties): void {
  const name = missing.find((one) => properties[one] !== undefined);
  if (name !== undefined)
    throw new ResourceFailure(`This cloud's log groups do not have ${name}; nothing was changed.`);
}
