import { isDeepStrictEqual } from 'node:util';
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { Json } from '../../../../state/state.ts';
import { mustBeNew, onlyBuilt } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { tagsFor, tagsRead, toldTags } from '../tagging/tagging.ts';
import { text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';
import { accessControl, encryption, ownershipControls, publicAccessBlock } from './access.ts';
import { notification } from './notification.ts';
import { cors, lifecycle, versioning } from './objects.ts';
import type { Setting } from './setting.ts';

const TYPE = 'AWS::S3::Bucket';

/** In the order they are set in: what others rest on comes first, who is told comes last. */
const settings: Readonly<Record<string, Setting>> = {
  OwnershipControls: ownershipControls,
  PublicAccessBlockConfiguration: publicAccessBlock,
  AccessControl: accessControl,
  BucketEncryption: encryption,
  VersioningConfiguration: versioning,
  LifecycleConfiguration: lifecycle,
  CorsConfiguration: cors,
  NotificationConfiguration: notification,
};
const built = [...Object.keys(settings), 'BucketName', 'Tags'];

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['BucketName']) ?? work.name(63, 'lowerCase');

function physical(bucket: string, { scope: { region } }: ResourceWork): Physical {
  return {
    id: bucket,
    attributes: {
      Arn: `arn:aws:s3:::${bucket}`,
      DomainName: `${bucket}.s3.amazonaws.com`,
      DualStackDomainName: `${bucket}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${bucket}.s3-website${dashed.has(region) ? '-' : '.'}${region}.amazonaws.com`,
    },
  };
}

/* https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints: the older regions have a dash. */
const dashed: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-west-1',
  'sa-east-1',
]);

async function tag(Bucket: string, properties: Properties, work: ResourceWork): Promise<void> {
  const TagSet = tagList(tagsFor(properties, work));
  if (TagSet.length > 0) await work.call('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet } });
  else await work.call('s3', 'DeleteBucketTagging', { Bucket });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const Bucket = nameFor(properties, work);
    const { region } = work.scope;
    await mustBeNew(TYPE, Bucket, work.call('s3', 'HeadBucket', { Bucket }));
    await work.call('s3', 'CreateBucket', {
      Bucket,
      ...(region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
      }),
    });
    const set = async (): Promise<void> => {
      await tag(Bucket, properties, work);
      for (const [name, setting] of Object.entries(settings)) {
        const value = properties[name];
        if (value !== undefined) await setting.put(Bucket, value, work);
      }
    };
    await orUndone(set, () => work.call('s3', 'DeleteBucket', { Bucket }));
    return physical(Bucket, work);
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    await tag(kept.id, wanted, work);
    for (const [name, setting] of Object.entries(settings)) {
      const value = wanted[name];
      const before = kept.properties[name];
      if (isDeepStrictEqual(value, before)) continue;
      await (value === undefined ? setting.drop(kept.id, work) : setting.put(kept.id, value, work));
    }
    return physical(kept.id, work);
  },

  async delete(kept, work) {
    await ifThere(work.call('s3', 'DeleteBucket', { Bucket: kept.id }));
  },

  async read(kept, work) {
    const Bucket = kept.id;
    if ((await ifThere(work.call('s3', 'HeadBucket', { Bucket }))) === undefined) return undefined;
    const now: Record<string, Json> = {};
    for (const [name, setting] of Object.entries(settings)) {
      const given = kept.properties[name];
      if (given === undefined) continue;
      const value = setting.read === undefined ? given : await ifThere(setting.read(Bucket, work));
      if (value !== undefined) now[name] = value;
    }
    const tags = await ifThere(work.call('s3', 'GetBucketTagging', { Bucket }));
    return {
      ...now,
      ...(kept.properties['BucketName'] !== undefined && { BucketName: Bucket }),
      ...tagsRead(toldTags(tags?.TagSet), kept, work),
    };
  },

  nameOf: nameFor,
};
