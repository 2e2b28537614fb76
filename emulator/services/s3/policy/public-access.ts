import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type { Policy, Statement } from '../../../policy/policy.ts';
import type { BucketRow } from '../rows.ts';

/** What keeps a bucket from the public whatever its policy says. */
export interface PublicAccessRow {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** Every bucket since April 2023 begins with all of it. */
const allOn: PublicAccessRow = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const allOff: PublicAccessRow = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** The settings in force: absent ones are those of a new bucket, deleted ones block nothing. */
export function publicAccessOf({ publicAccess = allOn }: BucketRow): PublicAccessRow {
  return publicAccess ?? allOff;
}

export function readPublicAccess(given: PublicAccessBlockConfiguration | undefined): PublicAccessRow {
  return {
    blockPublicAcls: given?.BlockPublicAcls === true,
    ignorePublicAcls: given?.IgnorePublicAcls === true,
    blockPublicPolicy: given?.BlockPublicPolicy === true,
    restrictPublicBuckets: given?.RestrictPublicBuckets === true,
  };
}

export function shownPublicAccess(row: PublicAccessRow): PublicAccessBlockConfiguration {
  return {
    BlockPublicAcls: row.blockPublicAcls,
    IgnorePublicAcls: row.ignorePublicAcls,
    BlockPublicPolicy: row.blockPublicPolicy,
    RestrictPublicBuckets: row.restrictPublicBuckets,
  };
}

/* Keys whose fixed values make an audience of its own, that is not the public. */
const narrowing = new Set([
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalorgid',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/**
 * Whether a policy is public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic({ statements }: Policy): boolean {
  return statements.some(
    (statement) => statement.effect === 'Allow' && namesAnybody(statement) && !narrowed(statement),
  );
}

function namesAnybody({ principals }: Statement): boolean {
  if (principals === undefined) return false;
  return (
    principals.negated ||
    principals.elements.some(({ type, value }) => type === 'Any' || (type === 'AWS' && value === '*'))
  );
}

function narrowed({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, operator, ifExists, values }) =>
      narrowing.has(key.toLowerCase()) &&
      !ifExists &&
      /^(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike|IpAddress)$/.test(operator) &&
      values.every((value) => !/[*?]|\$\{/.test(value) && !/\/[0-7]$/.test(value)),
  );
}
