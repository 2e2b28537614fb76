import type { ApiStage, QuotaSettings, ThrottleSettings } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import { scopeText } from '../../../state/memory.ts';
import { notFound } from '../../../gateway/failures.ts';
import type { ServedPlan } from '../port.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';
import type { Tags } from '../../../gateway/tags.ts';

/** A usage plan as it is kept. */
export interface PlanRow {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly apiStages: readonly ApiStage[];
  readonly throttle?: ThrottleSettings | undefined;
  readonly quota?: QuotaSettings | undefined;
  readonly productCode?: string | undefined;
  readonly tags?: Tags | undefined;
}

/** A key's place in a plan. */
export interface PlanKeyRow {
  readonly keyId: string;
  readonly type: string;
}

/** Usage plans and the keys in them. */
export class PlanStore {
  readonly cloud: Cloud;
  readonly #plans: Table<PlanRow>;
  readonly #keys: OwnedRows<PlanKeyRow>;
  /** Scope and key → the plans it is in. */
  readonly #plansOf = new Map<string, Set<string>>();
  /** What was looked up, until a plan or its keys change. */
  readonly #served = new Map<string, ServedPlan | undefined>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#plans = cloud.state.table<PlanRow>('apigateway.plans');
    this.#keys = new OwnedRows(cloud.state.table<PlanKeyRow>('apigateway.plan-keys'));
    for (const scope of this.#plans.scopes())
      for (const { id } of this.#plans.in(scope).values())
        for (const { keyId } of this.#keys.all(scope, id)) this.#ofKey(scope, keyId).add(id);
  }

  get(scope: Scope, id: string): PlanRow | undefined {
    return this.#plans.in(scope).get(id);
  }

  /** @throws NotFoundException in the recorded words */
  named(scope: Scope, id: string | undefined = ''): PlanRow {
    const plan = this.get(scope, id);
    if (plan === undefined) throw notFound('Invalid Usage Plan ID specified');
    return plan;
  }

  all(scope: Scope): PlanRow[] {
    return [...this.#plans.in(scope).values()];
  }

  set(scope: Scope, plan: PlanRow): void {
    this.#plans.in(scope).set(plan.id, plan);
    this.#served.clear();
  }

  delete(scope: Scope, id: string): void {
    for (const { keyId } of this.#keys.all(scope, id)) this.#ofKey(scope, keyId).delete(id);
    this.#keys.clear(scope, id);
    this.#plans.in(scope).delete(id);
    this.#served.clear();
  }

  /** Recorded: the one that was added last comes first. */
  keys(scope: Scope, planId: string): PlanKeyRow[] {
    return this.#keys.all(scope, planId).reverse();
  }

  hasKey(scope: Scope, planId: string, keyId: string): boolean {
    return this.#keys.has(scope, planId, keyId);
  }

  addKey(scope: Scope, planId: string, key: PlanKeyRow): void {
    this.#keys.set(scope, planId, key.keyId, key);
    this.#ofKey(scope, key.keyId).add(planId);
    this.#served.clear();
  }

  removeKey(scope: Scope, planId: string, keyId: string): void {
    this.#keys.delete(scope, planId, keyId);
    this.#ofKey(scope, keyId).delete(planId);
    this.#served.clear();
  }

  /** The plans that a key is in. */
  plansOf(scope: Scope, keyId: string): PlanRow[] {
    return [...this.#ofKey(scope, keyId)].flatMap((id) => this.get(scope, id) ?? []);
  }

  /** The plan that gives a key access to a stage. */
  serving(scope: Scope, keyId: string, apiId: string, stage: string): ServedPlan | undefined {
    const place = `${scopeText(scope)}/${keyId}/${apiId}/${stage}`;
    if (this.#served.has(place)) return this.#served.get(place);
    let served: ServedPlan | undefined;
    for (const { id, name, throttle, quota, apiStages } of this.plansOf(scope, keyId)) {
      const apiStage = apiStages.find((one) => one.apiId === apiId && one.stage === stage);
      if (apiStage === undefined) continue;
      served = { id, name, throttle, quota, apiStage };
      break;
    }
    this.#served.set(place, served);
    return served;
  }

  /** Takes a stage that has gone out of every plan. */
  forgetStage(scope: Scope, apiId: string, stage: string): void {
    for (const plan of this.all(scope)) {
      const left = plan.apiStages.filter((one) => one.apiId !== apiId || one.stage !== stage);
      if (left.length < plan.apiStages.length) this.set(scope, { ...plan, apiStages: left });
    }
  }

  #ofKey(scope: Scope, keyId: string): Set<string> {
    const place = `${scopeText(scope)}/${keyId}`;
    let plans = this.#plansOf.get(place);
    if (plans === undefined) this.#plansOf.set(place, (plans = new Set()));
    return plans;
  }
}
