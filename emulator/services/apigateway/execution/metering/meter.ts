import type { ThrottleSettings } from '@aws-sdk/client-api-gateway';
import { valuesOf } from '../../mapping/variables.ts';
import type { ApiGatewayCatalogue, ServedKey, ServedPlan } from '../../port.ts';
import { GatewayFailure } from '../exchange.ts';
import type { Passage, StagePassage } from '../passage.ts';
import type { Buckets, Limit } from '../../../../gateway/throttling/buckets.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT = { rate: 10_000, burst: 5000 };

/** A request with what its stage sets for how often it may come. */
export type Metered = Passage & Pick<StagePassage, 'settings'>;

/**
 * Lets a request through where its key has a plan for the stage, no throttle holds it back and its quota is not
 * used up. A method that needs no key counts against no plan.
 * @param identifier the key that an authorizer named
 * @throws GatewayFailure INVALID_API_KEY, THROTTLED, QUOTA_EXCEEDED
 */
export function meter(
  catalogue: ApiGatewayCatalogue,
  buckets: Buckets,
  passage: Metered,
  identifier: string | undefined,
): void {
  const { route, scope, context, log } = passage;
  const use = route.method.apiKeyRequired ? keyed(catalogue, passage, identifier) : undefined;
  log.info(
    () =>
      `Verifying Usage Plan for request: ${context.requestId}. API Key: ${use === undefined ? '' : masked(use.key.value)} API Stage: ${context.apiId}/${context.stage}`,
  );
  if (!buckets.take(limitsOf(passage, use))) {
    log.error(() => `Request throttled for ${context.apiId}/${context.stage}`);
    throw new GatewayFailure('THROTTLED', 'Too Many Requests');
  }
  if (use !== undefined && !catalogue.useQuota(scope, use.plan.id, use.key.id)) {
    log.error(() => `Quota of usage plan ${use.plan.id} is used up for API Key ${masked(use.key.value)}`);
    throw new GatewayFailure('QUOTA_EXCEEDED', 'Limit Exceeded');
  }
  log.info(
    () =>
      `Usage Plan check succeeded for API Key ${use === undefined ? '' : masked(use.key.value)} and API Stage ${context.apiId}/${context.stage}`,
  );
}

interface Use {
  readonly key: ServedKey;
  readonly plan: ServedPlan;
}

/** @throws GatewayFailure INVALID_API_KEY: AWS does not say whether a key is missing, unknown, disabled or without plan */
function keyed(
  catalogue: ApiGatewayCatalogue,
  { api, request, scope, context, log }: Metered,
  identifier: string | undefined,
): Use {
  const value =
    api.definition.apiKeySource === 'AUTHORIZER'
      ? identifier
      : valuesOf(request.headers, 'x-api-key', true)?.at(-1);
  const key = value === undefined ? undefined : catalogue.keyOf(scope, value);
  const plan =
    key?.enabled === true ? catalogue.planOf(scope, key.id, context.apiId, context.stage) : undefined;
  if (key === undefined || plan === undefined) {
    log.error(
      () => `API Key ${masked(value ?? '')} not authorized for API Stage ${context.apiId}/${context.stage}`,
    );
    throw new GatewayFailure('INVALID_API_KEY', 'Forbidden');
  }
  context.identity['apiKey'] = key.value;
  context.identity['apiKeyId'] = key.id;
  if (key.customerId !== undefined) context['customerId'] = key.customerId;
  return { key, plan };
}

/* In the order that AWS has: of the client, of the method, of the account. */
function limitsOf({ scope, context, route, settings }: Metered, use: Use | undefined): Limit[] {
  const limits: Limit[] = [];
  const add = (key: string, settings: ThrottleSettings | undefined): void => {
    const { rateLimit, burstLimit } = settings ?? {};
    const limited = (value: number | undefined): value is number => value !== undefined && value >= 0;
    if (!limited(rateLimit) && !limited(burstLimit)) return;
    const rate = limited(rateLimit) ? rateLimit : Infinity;
    const burst = limited(burstLimit) ? burstLimit : Math.max(1, Math.ceil(rate));
    if (rate !== Infinity) limits.push({ key, rate, burst });
  };
  const { path } = route.resource;
  if (use !== undefined) {
    const { plan, key } = use;
    const ofMethod = plan.apiStage.throttle?.[`${path}/${route.name}`];
    const own = `plan/${plan.id}/${key.id}`;
    if (ofMethod === undefined) add(own, plan.throttle);
    else add(`${own}/${context.apiId}/${context.stage}${path}/${route.name}`, ofMethod);
  }
  if (settings !== undefined)
    add(`stage/${context.apiId}/${context.stage}${path}/${route.name}`, {
      ...(settings.throttlingRateLimit === undefined ? {} : { rateLimit: settings.throttlingRateLimit }),
      ...(settings.throttlingBurstLimit === undefined ? {} : { burstLimit: settings.throttlingBurstLimit }),
    });
  limits.push({ key: `account/${scope.account}/${scope.region}`, ...ACCOUNT });
  return limits;
}

/** As AWS writes keys into logs: the end of it. */
const masked = (value: string): string => (value === '' ? '' : `**********************${value.slice(-6)}`);
