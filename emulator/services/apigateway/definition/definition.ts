import type {
  ApiKeySourceType,
  Authorizer,
  EndpointConfiguration,
  GatewayResponse,
  GatewayResponseType,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
  Model,
  RequestValidator,
  Resource,
  RestApi,
  Stage,
} from '@aws-sdk/client-api-gateway';

/**
 * What of a REST API a deployment keeps: exactly what needs a new deployment to take effect (AWS: "Redeploy a REST
 * API to a stage"). The control plane edits one of these, a deployment is a frozen copy of it, and the data plane
 * knows nothing else of an API. It is plain JSON: no dates, no classes.
 */
export interface ApiDefinition {
  readonly apiId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly apiKeySource: ApiKeySourceType;
  /** `image/png`, `*\/*`: bodies of these are bytes, base64 for a function. */
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number | undefined;
  readonly disableExecuteApiEndpoint: boolean;
  readonly endpointConfiguration: EndpointConfiguration;
  /** The resource policy as JSON text, placeholders resolved. */
  readonly policy?: string | undefined;
  readonly rootResourceId: string;
  /** By resource id. */
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
  /** By name. */
  readonly models: Readonly<Record<string, ModelDefinition>>;
  /** By id. */
  readonly requestValidators: Readonly<Record<string, ValidatorDefinition>>;
  /** By id. */
  readonly authorizers: Readonly<Record<string, AuthorizerDefinition>>;
  /** Only those that were put; what is absent has AWS's default. */
  readonly gatewayResponses: Readonly<Partial<Record<GatewayResponseType, GatewayResponseDefinition>>>;
}

type Known<Shape, Names extends keyof Shape> = Shape & {
  readonly [Name in Names]-?: NonNullable<Shape[Name]>;
};

export type ResourceDefinition = Known<Omit<Resource, 'resourceMethods'>, 'id' | 'path'> & {
  /** By HTTP method in upper case, or `ANY`. */
  readonly methods: Readonly<Record<string, MethodDefinition>>;
};
export type MethodDefinition = Known<
  Omit<Method, 'methodIntegration' | 'methodResponses'>,
  'httpMethod' | 'authorizationType' | 'apiKeyRequired'
> & {
  readonly methodResponses: Readonly<Record<string, MethodResponseDefinition>>;
  readonly integration?: IntegrationDefinition | undefined;
};
export type MethodResponseDefinition = Known<MethodResponse, 'statusCode'>;
export type IntegrationDefinition = Known<
  Omit<Integration, 'integrationResponses'>,
  'type' | 'passthroughBehavior' | 'timeoutInMillis'
> & {
  readonly integrationResponses: Readonly<Record<string, IntegrationResponseDefinition>>;
};
export type IntegrationResponseDefinition = Known<IntegrationResponse, 'statusCode'>;
export type ModelDefinition = Known<Model, 'id' | 'name' | 'contentType'>;
export type ValidatorDefinition = Known<
  RequestValidator,
  'id' | 'name' | 'validateRequestBody' | 'validateRequestParameters'
>;
export type AuthorizerDefinition = Known<Authorizer, 'id' | 'name' | 'type'>;
export type GatewayResponseDefinition = Known<GatewayResponse, 'responseType'>;

/** What of the API itself needs no deployment, kept beside the definition. Times are ms since 1970. */
export type RestApiDetails = Pick<RestApi, 'tags' | 'securityPolicy' | 'endpointAccessMode' | 'apiStatus'> & {
  readonly createdAt: number;
};

/** A stage as it is kept: a pointer to a deployment with settings of its own, which take effect at once. Times are ms since 1970. */
export type StageDefinition = Known<Omit<Stage, 'createdDate' | 'lastUpdatedDate'>, 'stageName'> & {
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};
