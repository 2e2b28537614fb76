import { servedStages } from '../../gateway/served-stages.ts';
import type { AccountStore } from './account/account-store.ts';
import { NO_PATH, type DomainStore } from './domains/domain-store.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { PlanStore } from './plans/plan-store.ts';
import type { ApiGatewayCatalogue } from './port.ts';
import type { ApiStore } from './store/store.ts';
import type { UsageLedger } from './usage/ledger.ts';

/** What the control plane keeps. */
export interface Stores {
  readonly apis: ApiStore;
  readonly keys: KeyStore;
  readonly plans: PlanStore;
  readonly usage: UsageLedger;
  readonly account: AccountStore;
  readonly domains: DomainStore;
}

/** What the data plane asks of the control plane: each answer from a map. */
export const catalogue = ({ apis, keys, plans, usage, account, domains }: Stores): ApiGatewayCatalogue => ({
  ...servedStages(apis, (scope, apiId, stage) => {
    const snapshot = apis.snapshots.get(scope, apiId, stage.deploymentId);
    if (snapshot === undefined) return undefined;
    const canaryId = stage.canarySettings?.deploymentId;
    const canary = canaryId === undefined ? undefined : apis.snapshots.get(scope, apiId, canaryId);
    return { scope, stage, snapshot, canary };
  }),
  draftOf(apiId) {
    const scope = apis.scopeOf(apiId);
    const row = scope && apis.api(scope, apiId);
    return scope && row && apis.definition(scope, row);
  },
  keyOf(scope, value) {
    const key = keys.byValue(scope, value);
    if (key === undefined) return undefined;
    const { id, enabled, name, customerId } = key;
    return { id, value, enabled, name, customerId };
  },
  planOf: (scope, keyId, apiId, stageName) => plans.serving(scope, keyId, apiId, stageName),
  useQuota: (scope, planId, keyId) => usage.take(scope, planId, keyId, plans.get(scope, planId)?.quota),
  cloudWatchRole: (scope) => account.get(scope).cloudwatchRoleArn,
  mappingOf(domainName, basePath) {
    const scope = domains.scopeOf(domainName);
    const mapping = scope && domains.mappings.get(scope, domainName, basePath === '' ? NO_PATH : basePath);
    if (scope === undefined || mapping === undefined) return undefined;
    return { scope, apiId: mapping.restApiId, stageName: mapping.stage };
  },
});
