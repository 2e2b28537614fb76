import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  paginateListBuckets,
} from '@aws-sdk/client-s3';
import { answers, ifThere, type Removal } from './removal.ts';

/** A bucket, which must be empty first: every version and every marker of a deletion goes. */
export const removal: Removal = {
  async there(pool, name) {
    const s3 = await pool.load('s3');
    return answers(s3.send(new HeadBucketCommand({ Bucket: name })));
  },
  async remove(pool, name) {
    const s3 = await pool.load('s3');
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket: name }),
      );
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) break;
      const { Errors = [] } = await s3.send(
        new DeleteObjectsCommand({ Bucket: name, Delete: { Objects, Quiet: true } }),
      );
      // Listing again would find the same objects for ever.
      if (Errors.length > 0) throw new Error(`${name}/${Errors[0]?.Key ?? ''}: ${Errors[0]?.Message ?? ''}`);
    }
    await ifThere(s3.send(new DeleteBucketCommand({ Bucket: name })));
  },
  async *list(pool, Prefix) {
    for await (const page of paginateListBuckets({ client: await pool.load('s3') }, { Prefix }))
      for (const { Name } of page.Buckets ?? []) yield Name;
  },
};
