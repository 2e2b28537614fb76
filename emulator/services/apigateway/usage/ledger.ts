import type { QuotaSettings } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows, Table } from '../../../state/state.ts';
import { dayBefore, dayOf, periodStart, startOfDay } from './periods.ts';

/** What a key used of a plan in a day. */
interface UsageRow {
  /** That day. */
  readonly used: number;
  /** In the quota's period, that day included. */
  readonly inPeriod: number;
  /** What `UpdateUsage` granted (or took) in the period. */
  readonly extra: number;
}

const nothing: UsageRow = { used: 0, inPeriod: 0, extra: 0 };

/** How many requests the keys of usage plans have made, day by day. */
export class UsageLedger {
  readonly #cloud: Cloud;
  readonly #table: Table<UsageRow>;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#table = cloud.state.table<UsageRow>('apigateway.usage');
  }

  /**
   * Counts a request.
   * @returns false, without counting, where the quota is used up
   */
  take(scope: Scope, planId: string, keyId: string, quota: QuotaSettings | undefined): boolean {
    const now = this.#cloud.clock.now();
    const rows = this.#table.in(scope);
    const { used, inPeriod, extra } = today(rows, planId, keyId, quota, now);
    if (quota?.limit !== undefined && inPeriod >= quota.limit + extra) return false;
    rows.set(keyOf(planId, keyId, now), { used: used + 1, inPeriod: inPeriod + 1, extra });
    return true;
  }

  /** What a key used on a day, and what was left to it at that day's end. */
  of(
    scope: Scope,
    planId: string,
    keyId: string,
    quota: QuotaSettings | undefined,
    time: number,
  ): { readonly used: number; readonly remaining: number | undefined } {
    const { used, inPeriod, extra } = today(this.#table.in(scope), planId, keyId, quota, time);
    const remaining = quota?.limit === undefined ? undefined : Math.max(0, quota.limit + extra - inPeriod);
    return { used, remaining };
  }

  /** Grants (or takes) what makes `remaining` requests be left in the period that it is now. */
  setRemaining(scope: Scope, planId: string, keyId: string, quota: QuotaSettings, remaining: number): void {
    const now = this.#cloud.clock.now();
    const rows = this.#table.in(scope);
    const row = today(rows, planId, keyId, quota, now);
    const extra = remaining - (quota.limit ?? 0) + row.inPeriod;
    rows.set(keyOf(planId, keyId, now), { ...row, extra });
  }
}

/** The row of a day; where nothing was counted that day yet, what the days before it in the same period came to. */
function today(
  rows: Rows<UsageRow>,
  planId: string,
  keyId: string,
  quota: QuotaSettings | undefined,
  time: number,
): UsageRow {
  const found = rows.get(keyOf(planId, keyId, time));
  if (found !== undefined) return found;
  if (quota === undefined) return nothing;
  const start = periodStart(quota, time);
  for (let day = dayBefore(time); day >= start; day = dayBefore(day)) {
    const before = rows.get(keyOf(planId, keyId, day));
    if (before !== undefined) return { ...before, used: 0 };
  }
  return nothing;
}

function keyOf(planId: string, keyId: string, time: number): string {
  return `${planId}/${keyId}/${dayOf(startOfDay(time))}`;
}
