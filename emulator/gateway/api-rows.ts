import type { Cloud } from '../cloud.ts';
import type { Scope } from '../service/call.ts';
import type { Table } from '../state/state.ts';
import { notFound } from './failures.ts';
import { OwnedRows } from './owned-rows.ts';

export type StageListener = (apiId: string, stageName: string) => void;

/** Where APIs of a kind and their stages are kept, and how they are known. */
export interface Kept<Api, Stage> {
  readonly apis: Table<Api>;
  /** APIs of the other kinds. */
  readonly others: Table<object>;
  readonly stages: Table<Stage>;
  readonly idOf: (api: Api) => string;
  readonly nameOf: (stage: Stage) => string;
}

/** APIs with their stages, of every account and region. */
export abstract class ApiRows<Api, Stage> {
  readonly cloud: Cloud;
  readonly #apis: Table<Api>;
  readonly #others: Table<object>;
  readonly #stages: OwnedRows<Stage>;
  readonly #idOf: (api: Api) => string;
  readonly #nameOf: (stage: Stage) => string;
  /** API ids are unique in the whole cloud, as addresses need them to be. */
  readonly #scopes = new Map<string, Scope>();
  readonly #listeners: StageListener[] = [];

  constructor(cloud: Cloud, { apis, others, stages, idOf, nameOf }: Kept<Api, Stage>) {
    this.cloud = cloud;
    this.#apis = apis;
    this.#others = others;
    this.#stages = new OwnedRows(stages);
    this.#idOf = idOf;
    this.#nameOf = nameOf;
    for (const scope of apis.scopes())
      for (const [id] of apis.in(scope).entries()) this.#scopes.set(id, scope);
  }

  scopeOf(apiId: string): Scope | undefined {
    return this.#scopes.get(apiId);
  }

  /** Whether an API of any kind has an id: an address names nothing else of it. */
  isTaken(apiId: string): boolean {
    if (this.#scopes.has(apiId)) return true;
    return [...this.#others.scopes()].some((scope) => this.#others.in(scope).has(apiId));
  }

  api(scope: Scope, apiId: string): Api | undefined {
    return this.#apis.in(scope).get(apiId);
  }

  /** @throws NotFoundException */
  named(scope: Scope, apiId: string | undefined = ''): Api {
    const row = this.api(scope, apiId);
    if (row === undefined) throw notFound(`Invalid API identifier specified ${scope.account}:${apiId}`);
    return row;
  }

  /** In the order of their making. */
  apis(scope: Scope): Api[] {
    return [...this.#apis.in(scope).values()];
  }

  setApi({ account, region }: Scope, row: Api): void {
    this.#apis.in({ account, region }).set(this.#idOf(row), row);
    this.#scopes.set(this.#idOf(row), { account, region });
  }

  /** With its stages. */
  deleteApi(scope: Scope, apiId: string): void {
    for (const stage of this.stages(scope, apiId)) this.deleteStage(scope, apiId, this.#nameOf(stage));
    this.#apis.in(scope).delete(apiId);
    this.#scopes.delete(apiId);
  }

  stage(scope: Scope, apiId: string, name: string): Stage | undefined {
    return this.#stages.get(scope, apiId, name);
  }

  /** @throws NotFoundException */
  stageNamed(scope: Scope, apiId: string | undefined = '', name: string | undefined = ''): Stage {
    const stage = this.stage(scope, apiId, name);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return stage;
  }

  stages(scope: Scope, apiId: string): Stage[] {
    return this.#stages.all(scope, apiId);
  }

  setStage(scope: Scope, apiId: string, stage: Stage): void {
    const name = this.#nameOf(stage);
    this.#stages.set(scope, apiId, name, stage);
    this.#tell(apiId, name);
  }

  deleteStage(scope: Scope, apiId: string, name: string): void {
    this.#stages.delete(scope, apiId, name);
    this.#tell(apiId, name);
  }

  /** Told whenever a stage has changed or gone. */
  onStageChange(listener: StageListener): void {
    this.#listeners.push(listener);
  }

  #tell(apiId: string, stageName: string): void {
    for (const listener of this.#listeners) listener(apiId, stageName);
  }
}
