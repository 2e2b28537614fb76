import type {
  Api,
  Authorizer,
  Integration,
  IntegrationResponse,
  Model,
  ProtocolType,
  Route,
  RouteResponse,
  Stage,
} from '@aws-sdk/client-apigatewayv2';

/**
 * What of an HTTP or WebSocket API a deployment keeps. The control plane edits one of these, a deployment is a frozen
 * copy of it, and the data planes know nothing else of an API. It is plain JSON: no dates, no classes. Members are
 * named and typed as the SDK has them; what is `Known` is always there.
 */
export interface ApiDefinition {
  readonly apiId: string;
  readonly protocolType: ProtocolType;
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  /** HTTP: `$request.method $request.path`; WebSocket: for example `$request.body.action`. */
  readonly routeSelectionExpression: string;
  readonly apiKeySelectionExpression: string;
  readonly disableSchemaValidation: boolean;
  readonly disableExecuteApiEndpoint: boolean;
  /** HTTP APIs only. */
  readonly corsConfiguration?: Api['CorsConfiguration'];
  /** By id. */
  readonly routes: Readonly<Record<string, RouteDefinition>>;
  /** By id. */
  readonly integrations: Readonly<Record<string, IntegrationDefinition>>;
  /** By id. */
  readonly authorizers: Readonly<Record<string, AuthorizerDefinition>>;
  /** By id. */
  readonly models: Readonly<Record<string, ModelDefinition>>;
}

type Known<Shape, Names extends keyof Shape> = Shape & {
  readonly [Name in Names]-?: NonNullable<Shape[Name]>;
};

/** `Target` is `integrations/{id}`, where the route has one. */
export type RouteDefinition = Known<
  Route,
  'RouteId' | 'RouteKey' | 'AuthorizationType' | 'ApiKeyRequired'
> & {
  /** By id; WebSocket APIs only. */
  readonly routeResponses: Readonly<Record<string, RouteResponseDefinition>>;
};
export type RouteResponseDefinition = Known<RouteResponse, 'RouteResponseId' | 'RouteResponseKey'>;
export type IntegrationDefinition = Known<
  Integration,
  'IntegrationId' | 'IntegrationType' | 'ConnectionType' | 'TimeoutInMillis' | 'PayloadFormatVersion'
> & {
  /** By id; WebSocket APIs only. */
  readonly integrationResponses: Readonly<Record<string, IntegrationResponseDefinition>>;
};
export type IntegrationResponseDefinition = Known<
  IntegrationResponse,
  'IntegrationResponseId' | 'IntegrationResponseKey'
>;
export type AuthorizerDefinition = Known<Authorizer, 'AuthorizerId' | 'AuthorizerType' | 'Name'>;
export type ModelDefinition = Known<Model, 'ModelId' | 'Name' | 'ContentType' | 'Schema'>;

/** What of the API itself needs no deployment, kept beside the definition. Times are ms since 1970. */
export type ApiDetails = Pick<
  Api,
  'ApiGatewayManaged' | 'ImportInfo' | 'IpAddressType' | 'Tags' | 'Warnings'
> & {
  readonly createdAt: number;
};

/** A stage as it is kept: a pointer to a deployment with settings of its own, which take effect at once. Times are ms since 1970. */
export type StageDefinition = Known<
  Omit<Stage, 'CreatedDate' | 'LastUpdatedDate'>,
  'StageName' | 'AutoDeploy' | 'DefaultRouteSettings' | 'RouteSettings' | 'StageVariables'
> & {
  readonly createdAt: number;
  readonly updatedAt: number;
};
