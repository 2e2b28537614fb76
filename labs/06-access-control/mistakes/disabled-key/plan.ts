/*
 * API keys and usage plans. A plan says how often its keys may call which stages. Each function may run again: what
 * is there is found or set anew. Nothing here is to be changed.
 */
import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  UpdateUsagePlanCommand,
  paginateGetApiKeys,
  paginateGetUsagePlans,
  type ApiStage,
  type PatchOperation,
  type QuotaSettings,
  type ThrottleSettings,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';

// A usage plan may be changed once in twenty seconds. The SDK waits and tries again by itself.
const gateway = new APIGatewayClient({ maxAttempts: 10 });

/** An API key. Its value is what clients send as `x-api-key`. */
export interface Key {
  readonly id: string;
  readonly value: string;
}

/** Finds the key by its name, or lets the gateway make one. Its value is drawn there and stands in no file. */
export async function openKey(name: string): Promise<Key> {
  const pages = paginateGetApiKeys({ client: gateway }, { nameQuery: name, includeValues: true });
  for await (const { items = [] } of pages) {
    const found = items.find((key) => key.name === name);
    if (found?.id !== undefined && found.value !== undefined) return { id: found.id, value: found.value };
  }
  const { id, value } = await gateway.send(new CreateApiKeyCommand({ name }));
  if (id === undefined || value === undefined) throw new Error(`the API key ${name} has no value`);
  return { id, value };
}

/** What a plan grants to each of its keys. */
export interface Grant {
  /** `rateLimit` requests a second, `burstLimit` at once. */
  readonly throttle: Required<ThrottleSettings>;
  /** So many requests in a day, a week or a month. */
  readonly quota: Required<Pick<QuotaSettings, 'limit' | 'period'>>;
}

/** Finds the plan by its name, or makes it, and lets it hold for the stages. @returns its id */
export async function openPlan(
  name: string,
  grant: Grant,
  apiStages: Required<Pick<ApiStage, 'apiId' | 'stage'>>[],
) {
  const found = await planNamed(name);
  if (found?.id === undefined) {
    const { id } = await gateway.send(new CreateUsagePlanCommand({ name, ...grant, apiStages }));
    if (id === undefined) throw new Error(`the usage plan ${name} has no id`);
    return id;
  }
  const patchOperations = [...grantPatches(found, grant), ...stagePatches(found, apiStages)];
  if (patchOperations.length > 0)
    await gateway.send(new UpdateUsagePlanCommand({ usagePlanId: found.id, patchOperations }));
  return found.id;
}

/** Puts a key into a plan. On a real account it takes some minutes until every stage knows. */
export async function addToPlan(usagePlanId: string, { id: keyId }: Key): Promise<void> {
  try {
    await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
  } catch (error) {
    // It is in the plan already.
    if (!(error instanceof ConflictException)) throw error;
  }
}

async function planNamed(name: string): Promise<UsagePlan | undefined> {
  for await (const { items = [] } of paginateGetUsagePlans({ client: gateway }, {})) {
    const found = items.find((plan) => plan.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function grantPatches({ throttle, quota }: UsagePlan, grant: Grant): PatchOperation[] {
  const wanted: readonly [string, string | number, unknown][] = [
    ['/throttle/rateLimit', grant.throttle.rateLimit, throttle?.rateLimit],
    ['/throttle/burstLimit', grant.throttle.burstLimit, throttle?.burstLimit],
    ['/quota/limit', grant.quota.limit, quota?.limit],
    ['/quota/period', grant.quota.period, quota?.period],
  ];
  return wanted
    .filter(([, value, is]) => value !== is)
    .map(([path, value]) => ({ op: 'replace', path, value: String(value) }));
}

function stagePatches({ apiStages: has = [] }: UsagePlan, wanted: readonly ApiStage[]): PatchOperation[] {
  const missing = wanted.filter(
    ({ apiId, stage }) => !has.some((each) => each.apiId === apiId && each.stage === stage),
  );
  return missing.map(({ apiId = '', stage = '' }) => ({
    op: 'add',
    path: '/apiStages',
    value: `${apiId}:${stage}`,
  }));
}
