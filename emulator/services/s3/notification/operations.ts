import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import type { Ports } from '../../registry.ts';
import type { S3 } from '../client.ts';
import { invalidArgument } from '../failures.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { BucketRow } from '../rows.ts';
import { readConfiguration, shownConfiguration } from './configuration.ts';
import type { NotificationRule } from './configuration.ts';
import { testMessage } from './record.ts';

/** `PutBucketNotificationConfiguration` and `GetBucketNotificationConfiguration`. */
export function notificationOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    async PutBucketNotificationConfiguration(input, call) {
      const store = stores(call.account);
      bucketNamed(store, input);
      const row = readConfiguration(input.NotificationConfiguration ?? {});
      const ports = await portsFor(cloud, row.rules);

      // The destinations hear of it together with the bucket's change.
      const bucket = bucketNamed(store, input);
      refuseOtherRegions(bucket, row.rules);
      if (input.SkipDestinationValidation !== true) {
        refuseUnready(bucket, call, row.rules, ports);
        const text = testMessage(bucket.name, call.requestId, cloud.clock.now());
        for (const rule of row.rules) sendTest(rule, text, call, bucket, ports);
      }
      store.buckets.set(bucket.name, { ...bucket, notifications: row });
      return {};
    },
    GetBucketNotificationConfiguration(input, { account }) {
      return shownConfiguration(bucketNamed(stores(account), input).notifications);
    },
  } satisfies Operations<S3>;
}

type DestinationPorts = Partial<Pick<Ports, 'lambda' | 'sqs' | 'sns'>>;

/* Services that nothing is configured for stay unloaded. */
async function portsFor(cloud: Cloud, rules: readonly NotificationRule[]): Promise<DestinationPorts> {
  const has = (kind: NotificationRule['kind']): boolean => rules.some((rule) => rule.kind === kind);
  return {
    ...(has('function') && { lambda: await cloud.port('lambda') }),
    ...(has('queue') && { sqs: await cloud.port('sqs') }),
    ...(has('topic') && { sns: await cloud.port('sns') }),
  };
}

function refuseOtherRegions({ region }: BucketRow, rules: readonly NotificationRule[]): void {
  for (const { arn } of rules) {
    if (arn.split(':')[3] === region) continue;
    throw invalidArgument(
      'The notification destination service region is not valid for the bucket location constraint',
    );
  }
}

/** @throws ServiceFailure that names every destination that is not there or does not let S3 */
function refuseUnready(
  bucket: BucketRow,
  call: Call,
  rules: readonly NotificationRule[],
  ports: DestinationPorts,
): void {
  const problems = rules.flatMap((rule) => {
    const why = problemOf(rule, bucket, call, ports);
    return why === undefined ? [] : [{ ...why }];
  });
  if (problems.length === 0) return;
  const members = Object.fromEntries(
    problems.flatMap(({ name, value }, at) => [
      [`ArgumentName${at + 1}`, name],
      [`ArgumentValue${at + 1}`, value],
    ]),
  );
  throw new ServiceFailure('InvalidArgument', 'Unable to validate the following destination configurations', {
    status: 400,
    members,
  });
}

/* In AWS's words, as seen in its answers. */
function problemOf(
  { kind, arn }: NotificationRule,
  bucket: BucketRow,
  call: Call,
  { lambda, sqs, sns }: DestinationPorts,
): { readonly name: string; readonly value: string } | undefined {
  const scope = { account: call.account, region: bucket.region };
  const caller = callerFor(bucket, call);
  switch (kind) {
    case 'function':
      return lambda?.permits(scope, arn, caller) === true
        ? undefined
        : { name: `${arn}, null`, value: `Not authorized to invoke function [${arn}]` };
    case 'queue':
      // In words of our own: what AWS says was not seen.
      if (arn.endsWith('.fifo')) return { name: arn, value: 'FIFO queues are no destination' };
      if (sqs?.attributes(scope, arn) === undefined)
        return { name: arn, value: 'The destination queue does not exist' };
      return sqs.permits(scope, arn, caller, 'sqs:SendMessage')
        ? undefined
        : { name: arn, value: closed('queue') };
    case 'topic':
      if (arn.endsWith('.fifo')) return { name: arn, value: 'FIFO topics are no destination' };
      if (sns?.exists(scope, arn) !== true)
        return { name: arn, value: 'The destination topic does not exist' };
      return sns.permits(scope, arn, caller) ? undefined : { name: arn, value: closed('topic') };
  }
}

function closed(kind: 'queue' | 'topic'): string {
  return `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`;
}

function sendTest(
  { kind, arn }: NotificationRule,
  text: string,
  call: Call,
  bucket: BucketRow,
  { sqs, sns }: DestinationPorts,
): void {
  const scope = { account: call.account, region: bucket.region };
  const caller = callerFor(bucket, call);
  if (kind === 'queue') sqs?.send(scope, arn, { body: text }, call.trail, caller);
  if (kind === 'topic') {
    sns?.publish(scope, arn, { message: text, subject: 'Amazon S3 Notification' }, call.trail, caller);
  }
}

function callerFor(bucket: BucketRow, { account }: Call) {
  return { service: 's3.amazonaws.com', sourceArn: `arn:aws:s3:::${bucket.name}`, sourceAccount: account };
}
