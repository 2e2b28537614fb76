import type { Cloud } from '../../../cloud.ts';
import { ApiRows } from '../../../gateway/api-rows.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';
import type { Scope } from '../../../service/call.ts';
import type {
  ApiDefinition,
  IntegrationDefinition,
  RouteDefinition,
  StageDefinition,
} from '../definition/definition.ts';
import type { Snapshot } from '../port.ts';
import type { ApiRow, DeploymentRow } from './rows.ts';

/** HTTP and WebSocket APIs with what belongs to them, of every account and region. */
export class ApiStore extends ApiRows<ApiRow, StageDefinition> {
  readonly routes: OwnedRows<RouteDefinition>;
  readonly integrations: OwnedRows<IntegrationDefinition>;
  readonly deployments: OwnedRows<DeploymentRow>;
  readonly snapshots: OwnedRows<Snapshot>;

  constructor(cloud: Cloud) {
    super(cloud, {
      apis: cloud.state.table<ApiRow>('apigatewayv2.apis'),
      others: cloud.state.table<object>('apigateway.apis'),
      stages: cloud.state.table<StageDefinition>('apigatewayv2.stages'),
      idOf: ({ api }) => api.apiId,
      nameOf: ({ StageName }) => StageName,
    });
    this.routes = new OwnedRows(cloud.state.table<RouteDefinition>('apigatewayv2.routes'));
    this.integrations = new OwnedRows(cloud.state.table<IntegrationDefinition>('apigatewayv2.integrations'));
    this.deployments = new OwnedRows(cloud.state.table<DeploymentRow>('apigatewayv2.deployments'));
    this.snapshots = new OwnedRows(cloud.state.table<Snapshot>('apigatewayv2.snapshots'));
  }

  /** With everything that belongs to it. */
  override deleteApi(scope: Scope, apiId: string): void {
    for (const owned of [this.routes, this.integrations, this.deployments, this.snapshots])
      owned.clear(scope, apiId);
    super.deleteApi(scope, apiId);
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

  /** @throws NotFoundException, for the API first */
  override stageNamed(
    scope: Scope,
    apiId: string | undefined = '',
    name: string | undefined = '',
  ): StageDefinition {
    this.named(scope, apiId);
    return super.stageNamed(scope, apiId, name);
  }
}
