import { invalidGlobals, invalidResource } from './failures.ts';
import { type Obj, copy, isIntrinsic, isList, isNothing, isObj, isText, obj, printed } from './json.ts';

/** What `Globals` may say, in the order in which the transform lists it. */
const SUPPORTED: Readonly<Record<string, readonly string[]>> = {
  Function:
    'Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig FunctionScalingConfig PublishToLatestPublished VersionDeletionPolicy'.split(
      ' ',
    ),
  Api: 'Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode'.split(
    ' ',
  ),
  HttpApi:
    'Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain RouteSettings FailOnWarnings PropagateTags'.split(
      ' ',
    ),
  SimpleTable: ['SSESpecification'],
  StateMachine: ['PropagateTags'],
  LayerVersion: ['PublishLambdaVersion'],
  CapacityProvider:
    'VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags'.split(' '),
  WebSocketApi:
    'AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation Domain IpAddressType PropagateTags RouteSettings RouteSelectionExpression StageVariables Tags'.split(
      ' ',
    ),
};

const IGNORED = 'IgnoreGlobals';

/** Merges `Globals` into the resources and takes the section away. */
export function mergeGlobals(template: Obj, resources: Obj): void {
  const globals = template['Globals'];
  delete template['Globals'];
  if (!isNothing(globals)) check(globals);
  for (const [id, resource] of Object.entries(resources)) {
    if (!isObj(resource) || !isText(resource['Type'])) continue;
    const section = resource['Type'].startsWith('AWS::Serverless::')
      ? resource['Type'].slice('AWS::Serverless::'.length)
      : '';
    const defaults = obj(obj(globals)[section]);
    if (SUPPORTED[section] !== undefined) merge(id, resource, defaults);
  }
}

function merge(id: string, resource: Obj, defaults: Obj): void {
  const ignored = resource[IGNORED];
  Reflect.deleteProperty(resource, IGNORED);
  if (ignored === '*' || Object.keys(defaults).length === 0) return;
  const kept = { ...defaults };
  for (const name of isList(ignored) ? ignored : []) {
    if (!isText(name) || !(name in kept))
      throw invalidResource(
        id,
        `Resource ${id} has invalid resource attribute 'IgnoreGlobals' on item '${String(name)}'.`,
      );
    Reflect.deleteProperty(kept, name);
  }
  resource['Properties'] = merged(copy(kept), resource['Properties'] ?? {});
}

function check(globals: unknown): void {
  if (!isObj(globals)) throw invalidGlobals('It must be a non-empty dictionary');
  for (const [section, properties] of Object.entries(globals)) {
    const supported = SUPPORTED[section];
    if (supported === undefined)
      throw invalidGlobals(
        `'${section}' is not supported. Must be one of the following values - ${printed(Object.keys(SUPPORTED).sort())}`,
      );
    if (!isObj(properties)) throw invalidGlobals(`Value of ${section} must be a dictionary`);
    for (const property of Object.keys(properties))
      if (!supported.includes(property))
        throw invalidGlobals(
          `'${property}' is not a supported property of '${section}'. Must be one of the following values - ${printed(supported)}`,
        );
  }
}

/** What is said of one resource, over what is said of all: maps are merged, lists are put after. */
export function merged(all: unknown, one: unknown): unknown {
  if (isNothing(one)) return all;
  if (isNothing(all)) return one;
  if (isList(all) && isList(one)) return [...all, ...one];
  if (isObj(all) && isObj(one) && !isIntrinsic(all) && !isIntrinsic(one)) {
    const both: Obj = Object.assign({}, all);
    for (const [key, value] of Object.entries(one))
      both[key] = key in both ? merged(both[key], value) : value;
    return both;
  }
  return one;
}
