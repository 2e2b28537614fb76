import * as schemas from '@aws-sdk/client-cloudwatch/dist-es/schemas/schemas_0.js';
import type { ClockTimer } from '../../clock/clock.ts';
import type { Cloud } from '../../cloud.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { AlarmActionQueue } from './alarm/actions.ts';
import { describeAlarmOperations } from './alarm/describe.ts';
import { AlarmEvaluator } from './alarm/evaluator.ts';
import { manageAlarmOperations } from './alarm/manage.ts';
import { putAlarmOperations } from './alarm/put.ts';
import { AlarmStore } from './alarm/store.ts';
import type { CloudWatchClientModule } from './client.ts';
import { dashboardOperations } from './dashboard/dashboards.ts';
import limits from './limits.json' with { type: 'json' };
import { NamedMetrics } from './metric/metric.ts';
import { putOperations } from './metric/put.ts';
import { MetricStore } from './metric/store.ts';
import type { CloudWatchPort } from './port.ts';
import { portsOf } from './ports.ts';
import { dataOperations } from './query/get-data.ts';
import { statisticsOperations } from './query/get-statistics.ts';
import { listOperations } from './query/list.ts';
import { namedResources, namespaceKey } from './resources.ts';
import { tagOperations } from './tags.ts';

/** How often old points are rolled up and dropped, in ms. */
const SWEEP = 3_600_000;

/** CloudWatch: metrics, metric math, alarms and dashboards. */
export default defineService<CloudWatchClientModule, CloudWatchPort>({
  wire: identities.cloudwatch,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const metrics = new MetricStore(cloud);
    const alarms = new AlarmStore(cloud);
    const actions = new AlarmActionQueue(alarms, portsOf(cloud));
    const evaluator = new AlarmEvaluator(alarms, metrics);
    let sweep: ClockTimer;
    const named = new NamedMetrics();
    const sweepLater = (): void => {
      sweep = cloud.clock.after(SWEEP, () => {
        metrics.sweep();
        sweepLater();
      });
    };
    sweepLater();
    return {
      operations: {
        ...putOperations(metrics),
        ...statisticsOperations(metrics),
        ...dataOperations(metrics),
        ...listOperations(metrics),
        ...putAlarmOperations(alarms, evaluator),
        ...manageAlarmOperations(alarms, evaluator),
        ...describeAlarmOperations(alarms),
        ...dashboardOperations(cloud),
        ...tagOperations(alarms),
      },
      port: {
        record: (scope, namespace, metric, dimensions, value, unit, timestamp = cloud.clock.now()) => {
          if (!Number.isFinite(value)) return;
          const measured = { values: [[value, 1]] } as const;
          metrics.putKeyed(scope, named.of(namespace, metric, dimensions), unit, timestamp, measured);
        },
      },
      resources: namedResources,
      access: { context: namespaceKey },
      withoutEffect: {
        'GetMetricData.LabelOptions': 'Labels hold no times here.',
        'ListMetrics.IncludeLinkedAccounts': 'There is no cross-account observability here.',
        'ListMetrics.OwningAccount': 'There is no cross-account observability here.',
        'PutCompositeAlarm.ActionsSuppressorWaitPeriod':
          'Actions are suppressed while the suppressor is in ALARM; its waiting periods are kept and shown.',
        'PutCompositeAlarm.ActionsSuppressorExtensionPeriod': 'As ActionsSuppressorWaitPeriod.',
        'PutMetricData.StrictEntityValidation': 'Metrics are not joined with entities.',
      },
      stop: async () => {
        sweep.cancel();
        evaluator.stop();
        await actions.stop();
        metrics.write();
      },
    };
  },
});
