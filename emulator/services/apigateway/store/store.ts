import type { Cloud } from '../../../cloud.ts';
import { ApiRows } from '../../../gateway/api-rows.ts';
import { noSuch } from '../../../gateway/failures.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';
import type { Scope } from '../../../service/call.ts';
import type { ApiDefinition, ResourceDefinition, StageDefinition } from '../definition/definition.ts';
import type { Snapshot } from '../port.ts';
import type { ApiRow, DeploymentRow } from './rows.ts';

/** REST APIs with what belongs to them, of every account and region. */
export class ApiStore extends ApiRows<ApiRow, StageDefinition> {
  readonly resources: OwnedRows<ResourceDefinition>;
  readonly deployments: OwnedRows<DeploymentRow>;
  readonly snapshots: OwnedRows<Snapshot>;

  constructor(cloud: Cloud) {
    super(cloud, {
      apis: cloud.state.table<ApiRow>('apigateway.apis'),
      others: cloud.state.table<object>('apigatewayv2.apis'),
      stages: cloud.state.table<StageDefinition>('apigateway.stages'),
      idOf: ({ api }) => api.apiId,
      nameOf: ({ stageName }) => stageName,
    });
    this.resources = new OwnedRows(cloud.state.table<ResourceDefinition>('apigateway.resources'));
    this.deployments = new OwnedRows(cloud.state.table<DeploymentRow>('apigateway.deployments'));
    this.snapshots = new OwnedRows(cloud.state.table<Snapshot>('apigateway.snapshots'));
  }

  /** With everything that belongs to it. */
  override deleteApi(scope: Scope, apiId: string): void {
    for (const owned of [this.resources, this.deployments, this.snapshots]) owned.clear(scope, apiId);
    super.deleteApi(scope, apiId);
  }

  /** An API as it is being edited. */
  definition(scope: Scope, { api }: ApiRow): ApiDefinition {
    const resources = this.resources.all(scope, api.apiId);
    return { ...api, resources: Object.fromEntries(resources.map((resource) => [resource.id, resource])) };
  }

  /** @throws NotFoundException, the same for an API that is not there, as recorded */
  resource(scope: Scope, apiId: string | undefined = '', id: string | undefined = ''): ResourceDefinition {
    const resource = this.resources.get(scope, apiId, id);
    if (resource === undefined) throw noSuch('Resource');
    return resource;
  }
}
