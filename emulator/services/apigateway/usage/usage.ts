import type { Cloud } from '../../../cloud.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, noSuch } from '../../../gateway/failures.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { numeric } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { PlanStore } from '../plans/plan-store.ts';
import type { UsageLedger } from './ledger.ts';
import { dayOf, daysBetween } from './periods.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans-with-rest-api.html */
const MOST_DAYS = 90;
/** What is left of a plan without a quota. */
const UNLIMITED = 2 ** 31 - 1;

/** `GetUsage`, `UpdateUsage`. */
export function usageOperations(cloud: Cloud, plans: PlanStore, ledger: UsageLedger) {
  return {
    GetUsage({ usagePlanId, keyId, startDate = '', endDate = '', ...page }, call) {
      const plan = plans.named(call, usagePlanId);
      const [first, last] = [readDate(startDate), readDate(endDate)];
      if (last < first) throw badRequest('The end date must not be before the start date.');
      const days = daysBetween(first, Math.min(last, cloud.clock.now()), MOST_DAYS + 1);
      if (days.length > MOST_DAYS) throw badRequest(`Usage data is for ${MOST_DAYS} days at most.`);
      const all = plans.keys(call, plan.id).filter((row) => keyId === undefined || row.keyId === keyId);
      const { items, position } = pageOf(all, (row) => row.keyId, page);
      const usageOf = (id: string): number[][] =>
        days.map((day) => {
          const { used, remaining } = ledger.of(call, plan.id, id, plan.quota, Date.parse(day));
          return [used, remaining ?? UNLIMITED];
        });
      return {
        usagePlanId: plan.id,
        startDate,
        endDate,
        items: Object.fromEntries(items.map((row) => [row.keyId, usageOf(row.keyId)])),
        position,
      };
    },
    UpdateUsage({ usagePlanId, keyId = '', patchOperations }, call) {
      const plan = plans.named(call, usagePlanId);
      if (!plans.hasKey(call, plan.id, keyId)) throw noSuch('API Key');
      const { quota } = plan;
      if (quota === undefined) throw badRequest('Usage Plan does not have a quota.');
      const now = cloud.clock.now();
      const before = ledger.of(call, plan.id, keyId, quota, now).remaining ?? 0;
      const wrong = (value: string | undefined): Error =>
        badRequest(`Invalid remaining quota specified: ${value ?? 'null'}`);
      const read = numeric(wrong);
      const { remaining } = patched({ remaining: before }, patchOperations, {
        refuse: listingThePaths,
        rules: [
          {
            path: '/remaining',
            replace: (_target, change) => {
              const left = read(change.value, change);
              if (left < 0) throw wrong(change.value);
              return { remaining: left };
            },
          },
        ],
      });
      if (remaining !== before) ledger.setRemaining(call, plan.id, keyId, quota, remaining);
      const today = dayOf(now);
      const { used } = ledger.of(call, plan.id, keyId, quota, now);
      return {
        usagePlanId: plan.id,
        startDate: today,
        endDate: today,
        items: { [keyId]: [[used, remaining]] },
      };
    },
  } satisfies ApiGatewayOperations;
}

/** `2026-11-23` → ms since 1970. @throws BadRequestException */
function readDate(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw badRequest(`Invalid date specified: ${text}. Must be of the form yyyy-MM-dd`);
  return time;
}
