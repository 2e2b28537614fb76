import { policyOfOne, type PolicyHolder } from '../policy-on/policy-on.ts';
import { ifThere } from '../translate/gone.ts';
import { ResourceFailure } from '../resource-type.ts';

const holder: PolicyHolder = {
  put: (Bucket, Policy, work) => work.call('s3', 'PutBucketPolicy', { Bucket, Policy }),
  drop: (Bucket, work) => work.call('s3', 'DeleteBucketPolicy', { Bucket }),
  get: async (Bucket, work) => (await work.call('s3', 'GetBucketPolicy', { Bucket })).Policy,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicy = policyOfOne('Bucket', holder, async (Bucket, work) => {
  if ((await ifThere(holder.get(Bucket, work))) !== undefined)
    throw new ResourceFailure(`The bucket policy already exists on bucket ${Bucket}.`);
});
