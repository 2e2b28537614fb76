import type { Cloud } from '../../../cloud.ts';
import { notFound } from '../../../gateway/failures.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import type {
  ApiDefinition,
  IntegrationDefinition,
  RouteDefinition,
  StageDefinition,
} from '../definition/definition.ts';
import type { Snapshot } from '../port.ts';
import type { ApiRow, DeploymentRow } from './rows.ts';

type StageListener = (apiId: string, stageName: string) => void;

/** HTTP and WebSocket APIs with what belongs to them, of every account and region. */
export class ApiStore {
  readonly cloud: Cloud;
  readonly routes: OwnedRows<RouteDefinition>;
  readonly integrations: OwnedRows<IntegrationDefinition>;
  readonly deployments: OwnedRows<DeploymentRow>;
  readonly snapshots: OwnedRows<Snapshot>;
  readonly #apis: Table<ApiRow>;
  readonly #restApis: Table<object>;
  readonly #stages: OwnedRows<StageDefinition>;
  /** API ids are unique in the whole cloud, as addresses need them to be. */
  readonly #scopes = new Map<string, Scope>();
  readonly #listeners: StageListener[] = [];

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#apis = cloud.state.table<ApiRow>('apigatewayv2.apis');
    this.#restApis = cloud.state.table<object>('apigateway.apis');
    this.routes = new OwnedRows(cloud.state.table<RouteDefinition>('apigatewayv2.routes'));
    this.integrations = new OwnedRows(cloud.state.table<IntegrationDefinition>('apigatewayv2.integrations'));
    this.deployments = new OwnedRows(cloud.state.table<DeploymentRow>('apigatewayv2.deployments'));
    this.snapshots = new OwnedRows(cloud.state.table<Snapshot>('apigatewayv2.snapshots'));
    this.#stages = new OwnedRows(cloud.state.table<StageDefinition>('apigatewayv2.stages'));
    for (const scope of this.#apis.scopes())
      for (const [id] of this.#apis.in(scope).entries()) this.#scopes.set(id, scope);
  }

  scopeOf(apiId: string): Scope | undefined {
    return this.#scopes.get(apiId);
  }

  /** Whether an API of any kind has an id: an address names nothing else of it. */
  isTaken(apiId: string): boolean {
    if (this.#scopes.has(apiId)) return true;
    return [...this.#restApis.scopes()].some((scope) => this.#restApis.in(scope).has(apiId));
  }

  api(scope: Scope, apiId: string): ApiRow | undefined {
    return this.#apis.in(scope).get(apiId);
  }

  /** @throws NotFoundException */
  named(scope: Scope, apiId: string | undefined = ''): ApiRow {
    const row = this.api(scope, apiId);
    if (row === undefined) throw notFound(`Invalid API identifier specified ${scope.account}:${apiId}`);
    return row;
  }

  /** In the order of their making. */
  apis(scope: Scope): ApiRow[] {
    return [...this.#apis.in(scope).values()];
  }

  setApi({ account, region }: Scope, row: ApiRow): void {
    this.#apis.in({ account, region }).set(row.api.apiId, row);
    this.#scopes.set(row.api.apiId, { account, region });
  }

  /** With everything that belongs to it. */
  deleteApi(scope: Scope, apiId: string): void {
    for (const { StageName } of this.stages(scope, apiId)) this.deleteStage(scope, apiId, StageName);
    for (const owned of [this.routes, this.integrations, this.deployments, this.snapshots])
      owned.clear(scope, apiId);
    this.#apis.in(scope).delete(apiId);
    this.#scopes.delete(apiId);
  }

  /** An API as it is being edited. */
  definition(scope: Scope, { api }: ApiRow): ApiDefinition {
    const routes = this.routes.all(scope, api.apiId);
    const integrations = this.integrations.all(scope, api.apiId);
    return {
      ...api,
      routes: Object.fromEntries(routes.map((route) => [route.RouteId, route])),
      integrations: Object.fromEntries(integrations.map((one) => [one.IntegrationId, one])),
    };
  }

  stage(scope: Scope, apiId: string, name: string): StageDefinition | undefined {
    return this.#stages.get(scope, apiId, name);
  }

  /** @throws NotFoundException */
  stageNamed(scope: Scope, apiId: string | undefined = '', name: string | undefined = ''): StageDefinition {
    this.named(scope, apiId);
    const stage = this.stage(scope, apiId, name);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return stage;
  }

  stages(scope: Scope, apiId: string): StageDefinition[] {
    return this.#stages.all(scope, apiId);
  }

  setStage(scope: Scope, apiId: string, stage: StageDefinition): void {
    this.#stages.set(scope, apiId, stage.StageName, stage);
    this.#tell(apiId, stage.StageName);
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
