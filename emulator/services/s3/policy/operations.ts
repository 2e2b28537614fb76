import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { BucketRow } from '../rows.ts';
import { parsedPolicy, readBucketPolicy } from './documents.ts';
import { isPublic, publicAccessOf, readPublicAccess, shownPublicAccess } from './public-access.ts';
import type { S3 } from '../client.ts';

type Named = Parameters<typeof bucketNamed>[1];

/** A bucket's policy, and what keeps it from the public. */
export function policyOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  const change = (input: Named, account: string, more: Partial<BucketRow>): Record<string, never> => {
    const store = stores(account);
    const row = bucketNamed(store, input);
    store.buckets.set(row.name, { ...row, ...more });
    return {};
  };
  const policyOf = (input: Named, account: string): string => {
    const { name, policy } = bucketNamed(stores(account), input);
    if (policy !== undefined && policy !== null) return policy;
    throw new ServiceFailure('NoSuchBucketPolicy', 'The bucket policy does not exist', {
      status: 404,
      members: { BucketName: name },
    });
  };
  return {
    PutBucketPolicy(input, { account, principal }) {
      const bucket = bucketNamed(stores(account), input);
      const policy = readBucketPolicy(bucket.name, input.Policy ?? '');
      if (isPublic(policy) && publicAccessOf(bucket).blockPublicPolicy) {
        throw new ServiceFailure(
          'AccessDenied',
          `User: ${principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
          { status: 403 },
        );
      }
      return change(input, account, { policy: input.Policy ?? '' });
    },
    GetBucketPolicy: (input, { account }) => ({ Policy: policyOf(input, account) }),
    GetBucketPolicyStatus: (input, { account }) => ({
      PolicyStatus: { IsPublic: isPublic(parsedPolicy(policyOf(input, account))) },
    }),
    DeleteBucketPolicy: (input, { account }) => change(input, account, { policy: null }),

    PutPublicAccessBlock: (input, { account }) =>
      change(input, account, { publicAccess: readPublicAccess(input.PublicAccessBlockConfiguration) }),
    GetPublicAccessBlock(input, { account }) {
      const bucket = bucketNamed(stores(account), input);
      if (bucket.publicAccess === null) {
        throw new ServiceFailure(
          'NoSuchPublicAccessBlockConfiguration',
          'The public access block configuration was not found',
          { status: 404, members: { BucketName: bucket.name } },
        );
      }
      return { PublicAccessBlockConfiguration: shownPublicAccess(publicAccessOf(bucket)) };
    },
    DeletePublicAccessBlock: (input, { account }) => change(input, account, { publicAccess: null }),
  } satisfies Operations<S3>;
}
