import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { invalidArgument, notBuilt } from '../failures.ts';
import { bucketNamed, ownerId, storeOf, wholeSeconds } from '../rows.ts';
import { tagRows, tagSet } from '../tags.ts';
import { checkBucketName, regionFor } from './rules.ts';
import { isOwnership } from './settings.ts';
import type { S3 } from '../client.ts';

/** Buckets: their life, place, versioning and tags. */
export function bucketOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    CreateBucket(input, { account, region: endpoint }) {
      const store = stores(account);
      const name = required(input.Bucket, 'Bucket');
      checkBucketName(name);
      if (input.CreateBucketConfiguration?.Bucket?.Type !== undefined) throw notBuilt('A directory bucket');
      if (input.ObjectLockEnabledForBucket === true) throw notBuilt('Object Lock');
      if (input.ObjectOwnership !== undefined && !isOwnership(input.ObjectOwnership)) {
        throw invalidArgument(
          `Invalid x-amz-object-ownership header: ${input.ObjectOwnership}`,
          'x-amz-object-ownership',
          input.ObjectOwnership,
        );
      }
      const region = regionFor(input.CreateBucketConfiguration?.LocationConstraint, endpoint);
      const existing = store.buckets.get(name);
      // Only us-east-1 answers a second request for one's own bucket as if it had made it.
      if (existing !== undefined && !(existing.region === 'us-east-1' && endpoint === 'us-east-1')) {
        throw new ServiceFailure(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          { status: 409, members: { BucketName: name } },
        );
      }
      if (existing === undefined) {
        const tags = tagRows(input.CreateBucketConfiguration?.Tags, 'bucket');
        store.buckets.set(name, {
          name,
          region,
          created: wholeSeconds(cloud.clock.now()),
          versioning: undefined,
          tags: tags.length > 0 ? tags : undefined,
          ...(input.ObjectOwnership !== undefined && { ownership: input.ObjectOwnership }),
        });
      }
      return {
        Location: region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
        BucketArn: `arn:aws:s3:::${name}`,
      };
    },
    HeadBucket(input, { account }) {
      const store = stores(account);
      const { name, region } = bucketNamed(store, input);
      return { BucketRegion: region, BucketArn: `arn:aws:s3:::${name}`, AccessPointAlias: false };
    },
    ListBuckets(input, { account }) {
      const most = input.MaxBuckets ?? 10_000;
      const after = input.ContinuationToken;
      const all = [...stores(account).buckets.values()]
        .filter(({ name }) => name.startsWith(input.Prefix ?? ''))
        .filter(({ region }) => input.BucketRegion === undefined || input.BucketRegion === region)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .filter(({ name }) => after === undefined || name > Buffer.from(after, 'base64').toString());
      const shown = all.slice(0, most);
      const last = shown.at(-1);
      return {
        Buckets: shown.map(({ name, created, region }) => ({
          Name: name,
          CreationDate: new Date(created),
          BucketRegion: region,
          BucketArn: `arn:aws:s3:::${name}`,
        })),
        Owner: { ID: ownerId(account) },
        ...(input.Prefix !== undefined && { Prefix: input.Prefix }),
        ...(all.length > most &&
          last !== undefined && { ContinuationToken: Buffer.from(last.name).toString('base64') }),
      };
    },
    DeleteBucket(input, { account }) {
      const store = stores(account);
      const { name, versioning } = bucketNamed(store, input);
      for (const key of store.keys.values()) {
        if (key.bucket !== name) continue;
        throw new ServiceFailure(
          'BucketNotEmpty',
          `The bucket you tried to delete is not empty${versioning === undefined ? '' : '. You must delete all versions in the bucket.'}`,
          { status: 409, members: { BucketName: name } },
        );
      }
      for (const upload of [...store.uploads.values()].filter(({ bucket }) => bucket === name)) {
        store.uploads.delete(upload.id);
        for (const [id, part] of [...store.parts.entries()]) {
          if (part.uploadId === upload.id) store.parts.delete(id);
        }
      }
      store.lifecycles.delete(name);
      store.buckets.delete(name);
      return {};
    },
    GetBucketLocation(input, { account }) {
      const { region } = bucketNamed(stores(account), input);
      // us-east-1 is the absence of a constraint.
      return region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint };
    },
    GetBucketVersioning(input, { account }) {
      const { versioning } = bucketNamed(stores(account), input);
      return versioning === undefined ? {} : { Status: versioning };
    },
    PutBucketVersioning(input, { account }) {
      const store = stores(account);
      const row = bucketNamed(store, input);
      const status = input.VersioningConfiguration?.Status;
      if (status === undefined) {
        throw new ServiceFailure(
          'IllegalVersioningConfigurationException',
          'The Versioning element must be specified',
          { status: 400 },
        );
      }
      if (input.VersioningConfiguration?.MFADelete === 'Enabled') throw notBuilt('MFA delete');
      store.buckets.set(row.name, { ...row, versioning: status });
      return {};
    },
    GetBucketTagging(input, { account }) {
      const { name, tags } = bucketNamed(stores(account), input);
      if (tags === undefined) {
        throw new ServiceFailure('NoSuchTagSet', 'The TagSet does not exist', {
          status: 404,
          members: { BucketName: name },
        });
      }
      return { TagSet: tagSet(tags) };
    },
    PutBucketTagging(input, { account }) {
      const store = stores(account);
      const row = bucketNamed(store, input);
      if (input.Tagging === undefined) throw invalidArgument('Tagging is missing');
      store.buckets.set(row.name, { ...row, tags: tagRows(input.Tagging.TagSet, 'bucket') });
      return {};
    },
    DeleteBucketTagging(input, { account }) {
      const store = stores(account);
      const row = bucketNamed(store, input);
      store.buckets.set(row.name, { ...row, tags: undefined });
      return {};
    },
  } satisfies Operations<S3>;
}
