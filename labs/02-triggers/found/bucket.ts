import {
  GetBucketNotificationConfigurationCommand,
  paginateListObjectsV2,
  type LambdaFunctionConfiguration,
} from '@aws-sdk/client-s3';
import { ifThere } from '../../aws-errors/named.ts';
import type { Context } from '../checks/context.ts';
import { names } from '../names.ts';

export const bucketName = (context: Context): string => context.name(names.bucket);

/** `aws`, or the name of another part of AWS such as `aws-cn`. */
export const bucketArn = (context: Context, partition: string): string =>
  `arn:${partition}:s3:::${bucketName(context)}`;

/** Which functions the bucket calls for what; undefined where there is no bucket. */
export async function findNotifications(
  context: Context,
): Promise<readonly LambdaFunctionConfiguration[] | undefined> {
  const answer = await ifThere(
    context.clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucketName(context) })),
    'NoSuchBucket',
    'NotFound',
  );
  return answer && (answer.LambdaFunctionConfigurations ?? []);
}

/** A filter rule's value, whatever the case of its name: S3 answers `Prefix` where `prefix` was sent. */
export const filterOf = (one: LambdaFunctionConfiguration, name: 'prefix' | 'suffix'): string =>
  one.Filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? '';

export async function listKeys(context: Context): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: context.clients.s3 },
    { Bucket: bucketName(context) },
  ))
    for (const { Key } of Contents) if (Key !== undefined) keys.add(Key);
  return keys;
}
