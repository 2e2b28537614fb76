import type { Scope } from '../../../service/call.ts';
import type { DynamodbOperations } from '../client.ts';
import { invalid, noSuchTable } from '../failures.ts';
import type { TableRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { checkIdle } from '../table/update.ts';
import { tableNameOf } from '../table/name.ts';
import type { ExpirySweep } from './sweep.ts';

/** UpdateTimeToLive and DescribeTimeToLive. A change takes effect at once; on AWS it takes up to an hour. */
export function expiryOperations(store: Store, sweep: ExpirySweep): DynamodbOperations {
  const tableOf = (scope: Scope, nameOrArn: string | undefined): TableRow => {
    const name = tableNameOf(scope, nameOrArn);
    const row = store.row(scope, name);
    if (row === undefined) throw noSuchTable(name);
    return row;
  };
  return {
    UpdateTimeToLive({ TableName, TimeToLiveSpecification: given }, call) {
      const row = tableOf(call, TableName);
      checkIdle(row, store.now);
      const { AttributeName: attribute = '', Enabled: enabled = false } = given ?? {};
      const rows = store.expiries(call);
      const now = rows.get(row.name);
      if (now === undefined && !enabled) throw invalid('TimeToLive is already disabled');
      if (now !== undefined && now.attribute !== attribute)
        throw invalid(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${now.attribute}`,
        );
      if (now !== undefined && enabled) throw invalid('TimeToLive is already enabled');
      if (enabled) rows.set(row.name, { attribute });
      else rows.delete(row.name);
      store.live(call, row).expireBy(enabled ? attribute : undefined);
      sweep.reschedule();
      return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
    },

    DescribeTimeToLive({ TableName }, call) {
      const row = tableOf(call, TableName);
      const now = store.expiries(call).get(row.name);
      return {
        TimeToLiveDescription:
          now === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: now.attribute },
      };
    },
  };
}
