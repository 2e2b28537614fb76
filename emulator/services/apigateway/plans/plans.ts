import type { UsagePlan } from '@aws-sdk/client-api-gateway';
import { withTags } from '../api/rest-apis.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { patched } from '../patch/patch.ts';
import type { ApiStore } from '../store/store.ts';
import { checkTags } from '../../../gateway/tags.ts';
import { checkApiStage, checkQuota, checkSinglePlan } from './check.ts';
import { planPatches } from './patches.ts';
import type { PlanRow, PlanStore } from './plan-store.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_PLANS = 300;

/** `CreateUsagePlan`, `GetUsagePlan(s)`, `UpdateUsagePlan`, `DeleteUsagePlan`. */
export function planOperations(plans: PlanStore, apis: ApiStore) {
  return {
    CreateUsagePlan({ name = '', description, apiStages = [], throttle, quota, tags }, call) {
      if (name === '') throw badRequest('Usage plan name cannot be empty');
      if (plans.all(call).length >= MOST_PLANS)
        throw badRequest('Maximum number of usage plans for this account has been reached.');
      const id = drawId(6, (drawn) => plans.get(call, drawn) !== undefined);
      for (const stage of apiStages) checkApiStage(apis, call, stage, id);
      const plan: PlanRow = {
        id,
        name,
        ...(description !== undefined && { description }),
        apiStages,
        ...(throttle !== undefined && { throttle }),
        ...(quota !== undefined && { quota: checkQuota(quota) }),
        ...(tags !== undefined && { tags: checkTags(call, tags) }),
      };
      plans.set(call, plan);
      return shownPlan(plan);
    },
    GetUsagePlan({ usagePlanId }, call) {
      return withTags(shownPlan(plans.named(call, usagePlanId)));
    },
    GetUsagePlans({ keyId, ...page }, call) {
      const wanted = keyId === undefined ? plans.all(call) : plans.plansOf(call, keyId);
      const { items, position } = pageOf(wanted, ({ id }) => id, page);
      return { items: items.map(shownPlan), position };
    },
    UpdateUsagePlan({ usagePlanId, patchOperations }, call) {
      const before = plans.named(call, usagePlanId);
      const table = planPatches({ checkStage: (stage) => checkApiStage(apis, call, stage, before.id) });
      const changed = patched(before, patchOperations, table);
      const plan = { ...changed, quota: checkQuota(changed.quota) };
      for (const { keyId } of plans.keys(call, plan.id)) checkSinglePlan(plans, call, keyId, plan);
      plans.set(call, plan);
      return withTags(shownPlan(plan));
    },
    DeleteUsagePlan({ usagePlanId }, call) {
      const { id, apiStages } = plans.named(call, usagePlanId);
      const [stage] = apiStages;
      if (stage !== undefined)
        throw badRequest(
          `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${stage.apiId ?? ''}:${stage.stage ?? ''}`,
        );
      plans.delete(call, id);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

function shownPlan({ tags, apiStages, ...own }: PlanRow): UsagePlan {
  return {
    ...own,
    apiStages: [...apiStages],
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
  };
}
