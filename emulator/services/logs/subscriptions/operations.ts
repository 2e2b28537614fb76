import type { SubscriptionFilter } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceFailure } from '../../../service/failure.ts';
import { requireReadable } from '../arns.ts';
import type { LogsOperations } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import { pageToken, readPageToken } from '../page-token.ts';
import { requestedPattern } from '../patterns.ts';
import type { LogStore } from '../store.ts';
import { mayInvoke, readDestination } from './destination.ts';
import type { SubscriptionRow } from './rows.ts';
import type { Subscriptions } from './subscriptions.ts';

/** "Each log group can have up to two subscription filters." */
const MOST_FILTERS = 2;
const PAGE = 50;

/** PutSubscriptionFilter, DescribeSubscriptionFilters and DeleteSubscriptionFilter. */
export function subscriptionOperations(store: LogStore, subscriptions: Subscriptions) {
  return {
    async PutSubscriptionFilter(input, call) {
      const {
        logGroupName = '',
        filterName = '',
        filterPattern = '',
        destinationArn = '',
        roleArn,
        distribution,
      } = input;
      if (input.applyOnTransformedLogs === true)
        throw invalidParameter('Log transformers are not supported by this cloud (applyOnTransformedLogs).');
      if (input.fieldSelectionCriteria !== undefined || input.emitSystemFields !== undefined)
        throw invalidParameter(
          'fieldSelectionCriteria and emitSystemFields are not supported by this cloud.',
        );
      // Another account's function is refused before the log group is looked for, as recorded on AWS.
      const destination = readDestination(call, destinationArn);
      if (destination.kind === 'kinesis' && roleArn === undefined)
        // As recorded on AWS.
        throw invalidParameter('destinationArn for vendor kinesis cannot be used without roleArn');
      if (destination.kind === 'lambda' && roleArn !== undefined)
        throw invalidParameter('destinationArn for vendor lambda cannot be used with roleArn');
      const group = store.group(call, logGroupName);
      requireReadable(group, 'PutSubscriptionFilter', 'InvalidOperationException');
      requestedPattern(filterPattern);
      const allowed =
        destination.kind === 'lambda'
          ? await mayInvoke(store.cloud, call, group.name, destination)
          : (await store.cloud.port('kinesis')).stream(call, destination.streamArn) !== undefined;
      if (!allowed)
        throw invalidParameter(
          destination.kind === 'lambda'
            ? 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.'
            : 'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.',
        );
      // The group may have gone while the function's policy was looked at.
      store.group(call, logGroupName);
      const rows = subscriptions.in(call);
      const key = `${group.name}:${filterName}`;
      if (!rows.has(key) && subscriptions.of(call, group.name).length >= MOST_FILTERS)
        // As recorded on AWS.
        throw new ServiceFailure('LimitExceededException', 'Resource limit exceeded.');
      rows.set(key, {
        group: group.name,
        name: filterName,
        pattern: filterPattern,
        destination: destinationArn,
        role: roleArn ?? null,
        distribution: distribution ?? 'ByLogStream',
        created: rows.get(key)?.created ?? store.cloud.clock.now(),
      });
      return {};
    },

    DescribeSubscriptionFilters({ logGroupName = '', filterNamePrefix = '', limit = PAGE, nextToken }, call) {
      const group = store.group(call, logGroupName);
      const now = store.cloud.clock.now();
      const [after] =
        nextToken === undefined
          ? [undefined]
          : readPageToken('subscriptions', now, nextToken, ['string'] as const);
      const found = subscriptions
        .of(call, group.name)
        .filter(({ name }) => name.startsWith(filterNamePrefix) && (after === undefined || name > after))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        subscriptionFilters: page.map(describe),
        ...(last !== undefined && page.length < found.length
          ? { nextToken: pageToken('subscriptions', now, [last.name]) }
          : {}),
      };
    },

    DeleteSubscriptionFilter({ logGroupName = '', filterName = '' }, call) {
      const group = store.group(call, logGroupName);
      if (!subscriptions.in(call).delete(`${group.name}:${filterName}`))
        // As recorded on AWS.
        throw new ServiceFailure(
          'ResourceNotFoundException',
          'The specified subscription filter does not exist.',
        );
      return {};
    },
  } satisfies LogsOperations;
}

function describe(row: SubscriptionRow): SubscriptionFilter {
  return {
    filterName: row.name,
    logGroupName: row.group,
    filterPattern: row.pattern,
    destinationArn: row.destination,
    ...(row.role === null ? {} : { roleArn: row.role }),
    distribution: row.distribution,
    applyOnTransformedLogs: false,
    creationTime: row.created,
  };
}
