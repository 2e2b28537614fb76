import type { ApiStage, QuotaSettings, ThrottleSettings } from '@aws-sdk/client-api-gateway';
import type * as gateway from '../../gateway/served-stages.ts';
import type { Scope } from '../../service/call.ts';
import type { TrailId } from '../../trail/trail.ts';
import type { ApiDefinition, StageDefinition } from './definition/definition.ts';
import type { DomainStore } from './domains/domain-store.ts';

export type Snapshot = gateway.Snapshot<ApiDefinition>;

/** A stage as the data plane serves it. */
export interface ServedStage extends gateway.ServedStage<StageDefinition, ApiDefinition> {
  /** What `canarySettings.deploymentId` names, where the stage has a canary. */
  readonly canary: Snapshot | undefined;
}

/** An API key, found by its value. */
export interface ServedKey {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly name: string | undefined;
  readonly customerId: string | undefined;
}

/** The usage plan that gives a key access to a stage. A new object whenever the plan has changed, else the same. */
export interface ServedPlan {
  readonly id: string;
  readonly name: string;
  readonly throttle: ThrottleSettings | undefined;
  readonly quota: QuotaSettings | undefined;
  /** The plan's entry for the stage: its `throttle` holds what `/path/METHOD` (as in `/notes/{id}/GET`) is throttled to for each key. */
  readonly apiStage: ApiStage;
}

/** What the data plane asks of the control plane. Every look-up takes the same time however much there is. */
export interface ApiGatewayCatalogue extends gateway.ServedStages<ServedStage> {
  /** An API as it is being edited, not deployed: what `TestInvokeMethod` runs. */
  draftOf(apiId: string): ApiDefinition | undefined;
  /** A key by its value. Disabled ones too. */
  keyOf(scope: Scope, value: string): ServedKey | undefined;
  /** The plan that a key has for a stage. */
  planOf(scope: Scope, keyId: string, apiId: string, stageName: string): ServedPlan | undefined;
  /**
   * Counts a request of a key against its plan, kept like any other state.
   * @returns false, without counting, where the plan's quota is used up for the period that the cloud's clock is in
   */
  useQuota(scope: Scope, planId: string, keyId: string): boolean;
  /** The role that execution logs are written with (`UpdateAccount`), where there is one. */
  cloudWatchRole(scope: Scope): string | undefined;
  /** The stage that a custom domain's base path leads to; `''` is the mapping `(none)`. */
  mappingOf(
    domainName: string,
    basePath: string,
  ): { readonly scope: Scope; readonly apiId: string; readonly stageName: string | undefined } | undefined;
}

/** A client's request to `TestInvokeMethod`, completed. Nothing of a stage applies: no key, no authorizer, no throttle. */
export interface TestRequest {
  readonly definition: ApiDefinition;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly pathWithQueryString: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly cause: TrailId;
}
export interface TestAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** As CloudWatch would have it, lines ended by `\n`. */
  readonly log: string;
  /** ms */
  readonly latency: number;
}
/** A request to `TestInvokeAuthorizer`. */
export interface AuthorizerTest extends Omit<TestRequest, 'resourceId' | 'httpMethod'> {
  readonly authorizerId: string;
  readonly additionalContext: Readonly<Record<string, string>>;
}
export interface AuthorizerAnswer {
  readonly clientStatus: number;
  readonly log: string;
  /** ms */
  readonly latency: number;
  readonly principalId: string | undefined;
  /** As JSON text. */
  readonly policy: string | undefined;
  readonly authorization: Readonly<Record<string, readonly string[]>> | undefined;
  readonly claims: Readonly<Record<string, string>> | undefined;
}

/** What the control plane asks of the data plane (`execution/`). */
export interface ApiGatewayExecution {
  /** Forgets the responses that a stage has cached. */
  flushCache(apiId: string, stageName: string): void;
  /** Forgets what the authorizers of a stage have decided. */
  flushAuthorizers(apiId: string, stageName: string): void;
  testMethod(scope: Scope, request: TestRequest): Promise<TestAnswer>;
  testAuthorizer(scope: Scope, request: AuthorizerTest): Promise<AuthorizerAnswer>;
}

/** What others ask of API Gateway. The data plane adds what the server asks of it. */
export interface ApiGatewayPort {
  readonly catalogue: ApiGatewayCatalogue;
  /** Custom domain names, which both versions of the API make, show and map. */
  readonly domains: DomainStore;
}
