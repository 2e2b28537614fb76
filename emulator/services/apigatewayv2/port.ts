import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import type { Scope } from '../../service/call.ts';
import type { ApiDefinition, StageDefinition } from './definition/definition.ts';

/** A deployment: an immutable copy of an API. The same object at every call, so that what is compiled of it can be kept by it. */
export interface Snapshot {
  readonly deploymentId: string;
  readonly definition: ApiDefinition;
}

/** A stage as the data planes serve it. A new object whenever anything of the stage has changed, else the same. */
export interface ServedStage {
  readonly scope: Scope;
  readonly stage: StageDefinition;
  readonly snapshot: Snapshot;
}

/** Where a custom domain's path leads. */
export interface ServedMapping {
  readonly scope: Scope;
  readonly apiId: string;
  readonly stageName: string;
  /** `v1/orders`, or `''`. */
  readonly key: string;
}

/** What the data planes ask of the control plane. Every look-up takes the same time however much there is. */
export interface ApiGatewayV2Catalogue {
  /** Where an API lives, by its id alone: ids are unique in the whole cloud, REST APIs' too. Undefined where there is none. */
  scopeOf(apiId: string): Scope | undefined;
  protocolOf(apiId: string): ProtocolType | undefined;
  /** A stage of an API that has a deployment. */
  stageOf(apiId: string, stageName: string): ServedStage | undefined;
  /** Told whenever a stage has gone, changed or moved to another deployment. */
  onStageChange(listener: (apiId: string, stageName: string) => void): void;
}

/** What the control plane asks of the data planes. */
export interface ApiGatewayV2Execution {
  /** Forgets what the authorizers of a stage have decided. */
  flushAuthorizers(apiId: string, stageName: string): void;
}

/** What others ask of API Gateway v2. */
export interface ApiGatewayV2Port {
  readonly catalogue: ApiGatewayV2Catalogue;
}
