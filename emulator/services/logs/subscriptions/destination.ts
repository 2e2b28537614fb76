import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { groupArn } from '../arns.ts';
import { invalidParameter } from '../failures.ts';

/** Where a subscription filter sends to. */
export type Destination =
  | { readonly kind: 'lambda'; readonly functionArn: string; readonly qualifier: string | undefined }
  | { readonly kind: 'kinesis'; readonly streamArn: string };

/** @throws InvalidParameterException, AccessDeniedException for another account's function, as recorded on AWS */
export function readDestination(scope: Scope, arn: string): Destination {
  const [head, , service, region, account = '', ...rest] = arn.split(':');
  if (head !== 'arn') throw invalidParameter(`Invalid destination ARN: ${arn}`);
  if (service === 'lambda') {
    if (account !== scope.account)
      throw new ServiceFailure(
        'AccessDeniedException',
        'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
      );
    if (region !== scope.region) throw invalidParameter(`The destination ${arn} is in another region.`);
    const [, name = '', qualifier] = rest;
    return { kind: 'lambda', functionArn: `arn:aws:lambda:${region}:${account}:function:${name}`, qualifier };
  }
  if (service === 'kinesis') return { kind: 'kinesis', streamArn: arn };
  throw invalidParameter(
    `Destinations of ${service === undefined || service === '' ? arn : service} are not supported by this cloud; Lambda functions and Kinesis streams are.`,
  );
}

/** Whether the function lets CloudWatch Logs invoke it for a log group: by the older, regional principal or the newer one. */
export async function mayInvoke(
  cloud: Cloud,
  scope: Scope,
  group: string,
  to: Destination,
): Promise<boolean> {
  if (to.kind !== 'lambda') return true;
  const lambda = await cloud.port('lambda');
  const source = { sourceArn: `${groupArn(scope, group)}:*`, sourceAccount: scope.account };
  return [`logs.${scope.region}.amazonaws.com`, 'logs.amazonaws.com'].some((service) =>
    lambda.permits(scope, to.functionArn, { service, ...source }, to.qualifier),
  );
}
