import type { UsagePlanKey } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { checkSinglePlan } from './check.ts';
import type { PlanKeyRow, PlanStore } from './plan-store.ts';

/** `CreateUsagePlanKey`, `GetUsagePlanKey(s)`, `DeleteUsagePlanKey`. */
export function planKeyOperations(plans: PlanStore, keys: KeyStore) {
  const shown = (scope: Scope, { keyId, type }: PlanKeyRow): UsagePlanKey => {
    const { id, value, name } = keys.named(scope, keyId);
    return { id, type, value, ...(name !== undefined && { name }) };
  };
  return {
    CreateUsagePlanKey({ usagePlanId, keyId, keyType = '' }, call) {
      const plan = plans.named(call, usagePlanId);
      if (keyType !== 'API_KEY') throw badRequest('Invalid Usage Plan Key type specified. Must be API_KEY');
      const key = keys.named(call, keyId);
      if (plans.hasKey(call, plan.id, key.id)) throw conflict('Usage Plan Key already exists');
      checkSinglePlan(plans, call, key.id, plan);
      const row: PlanKeyRow = { keyId: key.id, type: keyType };
      plans.addKey(call, plan.id, row);
      return shown(call, row);
    },
    GetUsagePlanKey({ usagePlanId, keyId = '' }, call) {
      const plan = plans.named(call, usagePlanId);
      if (!plans.hasKey(call, plan.id, keyId)) throw noSuch('API Key');
      return shown(call, { keyId, type: 'API_KEY' });
    },
    GetUsagePlanKeys({ usagePlanId = '', nameQuery = '', ...page }, call) {
      // Recorded: a plan that is not there has no keys, and is not told missing.
      const all = plans.keys(call, usagePlanId).map((row) => shown(call, row));
      const wanted = all.filter(({ name = '' }) => name.startsWith(nameQuery));
      return pageOf(wanted, ({ id = '' }) => id, page);
    },
    DeleteUsagePlanKey({ usagePlanId, keyId = '' }, call) {
      const plan = plans.named(call, usagePlanId);
      if (!plans.hasKey(call, plan.id, keyId)) throw noSuch('API Key');
      plans.removeKey(call, plan.id, keyId);
      return {};
    },
  } satisfies ApiGatewayOperations;
}
