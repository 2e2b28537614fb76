import { DeleteBucketCommand, DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Pool } from '../../grader/targets/clients/pool.ts';
import { bucketFor, type Application } from '../deploy/application/applications.ts';
import { removal as bucket } from '../target/removal/buckets.ts';
import { removal as stack } from '../target/removal/stacks.ts';

/**
 * Removes an application's stack with all that it has made, and the packages that were uploaded for it.
 * @returns whether there was a stack
 */
export async function removeApplication(
  pool: Pool,
  { stackName }: Application,
  prefix: string,
  account: string,
): Promise<boolean> {
  const there = await stack.there(pool, stackName);
  if (there) await stack.remove(pool, stackName);
  await removePackages(pool, bucketFor(stackName, prefix, account), stackName);
  return there;
}

async function removePackages(pool: Pool, name: string, stackName: string): Promise<void> {
  if (!(await bucket.there(pool, name))) return;
  const client = await pool.load('s3');
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket: name, Prefix: `${stackName}/` },
  ))
    if (Contents.length > 0)
      await client.send(
        new DeleteObjectsCommand({ Bucket: name, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }),
      );
  try {
    await client.send(new DeleteBucketCommand({ Bucket: name }));
  } catch (error) {
    // It holds the packages of other applications.
    if (!(error instanceof Error && error.name === 'BucketNotEmpty')) throw error;
  }
}
