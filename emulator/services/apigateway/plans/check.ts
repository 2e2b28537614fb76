import type { ApiStage, QuotaSettings } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../service/call.ts';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import type { ApiStore } from '../store/store.ts';
import type { PlanRow, PlanStore } from './plan-store.ts';

/** The last day that a week or month may begin with. */
const latest = { DAY: 0, WEEK: 6, MONTH: 27 } as const;

/** @throws BadRequestException */
export function checkQuota(quota: QuotaSettings | undefined): QuotaSettings | undefined {
  if (quota === undefined) return undefined;
  const { limit, period, offset = 0 } = quota;
  if (limit === undefined || period === undefined)
    throw badRequest('Usage Plan quota limit and period must both be specified');
  if (!Number.isInteger(limit) || limit < 0) throw badRequest('Usage Plan quota limit must not be negative');
  if (offset < 0 || offset > latest[period])
    throw badRequest(
      period === 'DAY'
        ? 'Usage Plan quota offset must be zero in the DAY period'
        : `Usage Plan quota offset must be between 0 and ${latest[period]} inclusive in the ${period} period`,
    );
  return { limit, offset, period };
}

/** @throws NotFoundException in the recorded words; BadRequestException in those that were reported */
export function checkApiStage(
  apis: ApiStore,
  scope: Scope,
  { apiId = '', stage = '' }: ApiStage,
  planId: string,
): void {
  // AWS forgets to fill in this sentence.
  if (apiId === '' || stage === '')
    throw badRequest('Invalid API Stage {api: %s, stage: %s} specified for usageplan %s');
  if (apis.stage(scope, apiId, stage) === undefined)
    throw notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${planId}`);
}

/**
 * A key has one plan for a stage at most.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @throws ConflictException
 */
export function checkSinglePlan(plans: PlanStore, scope: Scope, keyId: string, plan: PlanRow): void {
  for (const other of plans.plansOf(scope, keyId)) {
    if (other.id === plan.id) continue;
    const shared = plan.apiStages.find(({ apiId, stage }) =>
      other.apiStages.some((one) => one.apiId === apiId && one.stage === stage),
    );
    if (shared !== undefined)
      throw conflict(
        `API Key ${keyId} is already associated with usage plan ${other.id} for API Stage ${shared.apiId ?? ''}:${shared.stage ?? ''}`,
      );
  }
}
