import type { Scope } from '../../service/call.ts';
import { groupArn, groupOfIdentifier, streamArn } from './arns.ts';

/*
 * The resource that a call names, as AWS's own refusals spell it: `…:log-group:NAME:log-stream:NAME`, and for a
 * whole group `…:log-group:NAME:log-stream:`, so that policies on `…:log-group:NAME:*` hold for both.
 */
interface Named {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamName?: string | undefined;
}

function stream(input: Named, scope: Scope): string {
  const group = input.logGroupName ?? groupOfIdentifier(scope, input.logGroupIdentifier ?? '');
  return streamArn(scope, group, input.logStreamName ?? '');
}
function group(input: Named, scope: Scope): string {
  return stream({ ...input, logStreamName: '' }, scope);
}
function arn({ resourceArn }: { readonly resourceArn: string | undefined }): string {
  return (resourceArn ?? '*').replace(/:\*$/, '');
}

export const namedResources = {
  CreateLogGroup: group,
  DeleteLogGroup: group,
  PutLogGroupDeletionProtection: group,
  PutRetentionPolicy: group,
  DeleteRetentionPolicy: group,
  DescribeLogGroups: (_input: unknown, scope: Scope): string => streamArn(scope, '', ''),
  TagLogGroup: group,
  UntagLogGroup: group,
  ListTagsLogGroup: group,
  TagResource: arn,
  UntagResource: arn,
  ListTagsForResource: arn,
  CreateLogStream: group,
  DeleteLogStream: stream,
  DescribeLogStreams: group,
  PutLogEvents: stream,
  GetLogEvents: stream,
  FilterLogEvents: group,
  StartLiveTail: (
    { logGroupIdentifiers }: { readonly logGroupIdentifiers: string[] | undefined },
    scope: Scope,
  ): string => logGroupIdentifiers?.[0] ?? groupArn(scope, '*'),
  TestMetricFilter: (): string => '*',
  PutMetricFilter: group,
  DescribeMetricFilters: group,
  DeleteMetricFilter: group,
  PutSubscriptionFilter: group,
  DescribeSubscriptionFilters: group,
  DeleteSubscriptionFilter: group,
  StartQuery: (
    input: Named & {
      readonly logGroupNames?: string[] | undefined;
      readonly logGroupIdentifiers?: string[] | undefined;
    },
    scope: Scope,
  ): string =>
    group(
      {
        logGroupName: input.logGroupName ?? input.logGroupNames?.[0],
        logGroupIdentifier: input.logGroupIdentifiers?.[0] ?? input.logGroupIdentifier,
      },
      scope,
    ),
  GetLogGroupFields: group,
  GetQueryResults: (): string => '*',
  StopQuery: (): string => '*',
  DescribeQueries: (): string => '*',
  GetLogRecord: (): string => '*',
};
