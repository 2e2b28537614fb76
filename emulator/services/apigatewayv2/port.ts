import type { ProtocolType } from '@aws-sdk/client-apigatewayv2';
import type * as gateway from '../../gateway/served-stages.ts';
import type { Scope } from '../../service/call.ts';
import type { ApiDefinition, StageDefinition } from './definition/definition.ts';

export type Snapshot = gateway.Snapshot<ApiDefinition>;
export type ServedStage = gateway.ServedStage<StageDefinition, ApiDefinition>;

/** Where a custom domain's path leads. */
export interface ServedMapping {
  readonly scope: Scope;
  readonly apiId: string;
  readonly stageName: string;
  /** `v1/orders`, or `''`. */
  readonly key: string;
}

/** What the data planes ask of the control plane. Every look-up takes the same time however much there is. */
export interface ApiGatewayV2Catalogue extends gateway.ServedStages<ServedStage> {
  protocolOf(apiId: string): ProtocolType | undefined;
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
