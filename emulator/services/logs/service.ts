import * as schemas from '@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { LogsClient } from './client.ts';
import { filterOperations } from './filter-events.ts';
import { getOperations } from './get-events.ts';
import { groupOperations } from './groups.ts';
import { definitionOperations } from './insights/queries/definitions.ts';
import { queryOperations } from './insights/queries/operations.ts';
import { QueryRunner } from './insights/queries/runner.ts';
import { limits } from './limits.ts';
import { liveTail } from './live-tail.ts';
import { MetricFilters } from './metric-filters/metric-filters.ts';
import { metricFilterOperations } from './metric-filters/operations.ts';
import { patternOperations } from './patterns.ts';
import type { LogsPort } from './port.ts';
import { putOperations } from './put-events.ts';
import { namedResources } from './resources.ts';
import { LogStore } from './store.ts';
import { streamOperations } from './streams.ts';
import { subscriptionOperations } from './subscriptions/operations.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';
import { startSweep } from './sweep.ts';
import { tagOperations } from './tags.ts';
import { logsPort } from './write.ts';

/** CloudWatch Logs: groups, streams, events, filter patterns, Live Tail, Insights, metric and subscription filters. */
export default defineService<LogsClient, LogsPort>({
  wire: identities.logs,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new LogStore(cloud);
    const tail = liveTail(store);
    const stopSweep = startSweep(store);
    const metricFilters = new MetricFilters(store);
    const subscriptions = new Subscriptions(store);
    const queries = new QueryRunner(store);
    store.onGroupDeleted((scope, group) => {
      metricFilters.forget(scope, group);
      subscriptions.forget(scope, group);
    });
    return {
      operations: {
        ...groupOperations(store, (scope, group) => metricFilters.countOf(scope, group)),
        ...streamOperations(store),
        ...tagOperations(store),
        ...putOperations(store),
        ...getOperations(store),
        ...filterOperations(store),
        ...patternOperations,
        ...metricFilterOperations(store, (scope) => metricFilters.in(scope)),
        ...subscriptionOperations(store, subscriptions),
        ...queryOperations(store, queries),
        ...definitionOperations(cloud),
        ...tail.operations,
      },
      port: logsPort(store),
      resources: namedResources,
      withoutEffect: {
        'CreateLogGroup.kmsKeyId': 'The key is shown again; nothing is encrypted with it.',
        'DescribeLogGroups.accountIdentifiers': 'There is no cross-account observability here.',
        'DescribeLogGroups.includeLinkedAccounts': 'There is no cross-account observability here.',
        'FilterLogEvents.interleaved':
          'Events of several streams always come in order of time, as on AWS today.',
        'FilterLogEvents.unmask': 'No data protection policy masks anything here.',
        'GetLogRecord.unmask': 'No data protection policy masks anything here.',
        'GetLogEvents.unmask': 'No data protection policy masks anything here.',
        'PutLogEvents.entity': 'Events are not joined with entities.',
        'PutLogEvents.sequenceToken': 'Accepted and not looked at, as on AWS since 2023.',
      },
      stop: async () => {
        tail.stop();
        stopSweep();
        await Promise.all([metricFilters.stop(), subscriptions.stop(), queries.stop()]);
      },
    };
  },
});
