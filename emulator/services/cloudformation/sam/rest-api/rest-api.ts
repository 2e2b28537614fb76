import { authorizerPermissions } from '../authorizers/permission.ts';
import { invalidResource, invalidTemplate } from '../failures.ts';
import {
  type Obj,
  isIntrinsic,
  isList,
  isNothing,
  isObj,
  isText,
  obj,
  ref,
  said,
  shown,
  sha1,
  canonical,
  truthy,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { isEditable, isOpenApi3 } from '../openapi/editor.ts';
import { bucketAndKey } from '../s3-location.ts';
import { propagateTags, tagList } from '../tags.ts';
import { type Work, known, nameFor } from '../work.ts';
import { addAuth } from './auth.ts';
import { addCors } from './cors.ts';
import { domainResources } from './domain.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addModels, postprocessed } from './openapi.ts';
import { usagePlan } from './usage-plan.ts';

/** AWS::Serverless::Api. */
export function restApi(work: Work, source: Source): Made[] {
  const given = source.properties;
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  for (const name of [
    'BinaryMediaTypes',
    'Domain',
    'Auth',
    'Cors',
    'OpenApiVersion',
    'DisableExecuteApiEndpoint',
  ])
    if (!isNothing(given[name])) given[name] = known(work, given[name]);
  if (typeof given['OpenApiVersion'] === 'number') given['OpenApiVersion'] = decimal(given['OpenApiVersion']);
  const version = given['OpenApiVersion'];
  if (!isNothing(version) && !isText(version)) throw fail("Property 'OpenApiVersion' should be a string.");
  if (isNothing(given['StageName'])) throw fail("Missing required property 'StageName'.");
  if (given['StageName'] === '') throw fail('StageName cannot be empty.');
  if (truthy(given['MergeDefinitions']) && !isNothing(given['DefinitionUri']))
    throw fail("Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.");
  if (!isNothing(given['DefinitionUri']) && !isNothing(given['DefinitionBody']))
    throw fail("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  const body = bodyOf(work, source, fail);
  const api = apiOf(source, body, fail);
  const deployment = deploymentOf(source, api, body);
  const stage = stageOf(source, deployment);
  nameFor(work, source.id, 'Deployment', deployment.id);
  nameFor(work, source.id, 'Stage', stage.id);
  const resources = [
    api,
    deployment,
    stage,
    ...authorizerPermissions(
      source,
      (one) => one['DisableFunctionDefaultPermissions'] !== true,
      work.given.partition,
    ),
  ];
  resources.push(...domainResources(work, source, stage));
  const plan = usagePlan(work, source, stage);
  resources.push(...plan);
  propagateTags(source, resources);
  return resources;
}

/** YAML reads 3.0 as a number. */
const decimal = (version: number): string =>
  Number.isInteger(version) ? version.toFixed(1) : String(version);

function bodyOf(work: Work, source: Source, fail: (reason: string) => Error): Obj | undefined {
  const given = source.properties;
  const written = given['DefinitionBody'];
  const generated = given['__GENERATED'];
  const body = isObj(written) && isObj(generated) ? merged(written, generated) : written;
  if (!isNothing(given['Cors'])) addCors(source, body, fail);
  if (!isNothing(given['Auth'])) addAuth(work, source, body, fail);
  if (!isNothing(given['GatewayResponses'])) addGatewayResponses(source, body, fail);
  if (!isObj(body)) return undefined;
  const types = given['BinaryMediaTypes'];
  if (isList(types) && isEditable(body))
    body['x-amazon-apigateway-binary-media-types'] = types.map(mediaType);
  if (!isNothing(given['Models'])) addModels(source, body, fail);
  if (!isNothing(given['DisableExecuteApiEndpoint'])) disableEndpoint(given, body);
  return postprocessed(source, body);
}

/** API Gateway's own operations write the slash of a type as `~1`, definitions do not. */
function mediaType(type: unknown): unknown {
  if (isText(type)) return type.replaceAll('~1', '/');
  if (isList(type)) return type.map(mediaType);
  if (!isObj(type)) return type;
  return Object.fromEntries(Object.entries(type).map(([key, one]) => [key, mediaType(one)]));
}

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

function disableEndpoint(given: Obj, body: Obj): void {
  const value = given['DisableExecuteApiEndpoint'];
  const written: unknown = body;
  if (isIntrinsic(written))
    throw invalidTemplate(
      "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.",
    );
  const first = obj(isList(body['servers']) ? body['servers'][0] : undefined);
  for (const [where, one] of [
    ['', body[ENDPOINT]],
    [" of 'servers[0]'", first[ENDPOINT]],
  ] as const)
    if (!isNothing(one) && !isObj(one))
      throw invalidTemplate(
        `Invalid OpenAPI definition${where}: The value of '${ENDPOINT}' should be a map.`,
      );
  if (isOpenApi3(body) || /^3/.test(shown(given['OpenApiVersion']))) {
    const servers = isList(body['servers']) ? body['servers'] : [];
    first[ENDPOINT] = {
      ...obj(first[ENDPOINT]),
      disableExecuteApiEndpoint: value,
    };
    body['servers'] = [first, ...servers.slice(1)];
  } else
    body[ENDPOINT] = {
      ...obj(body[ENDPOINT]),
      disableExecuteApiEndpoint: value,
    };
}

/** What events add, over what the definition says: down to what stands in an operation, which is replaced. */
function merged(base: Obj, added: Obj, depth = 0): Obj {
  const all: Obj = { ...base };
  for (const [key, value] of Object.entries(added)) {
    const present = all[key];
    all[key] =
      depth < 3 && isObj(present) && isObj(value) && !isIntrinsic(present)
        ? merged(present, value, depth + 1)
        : value;
  }
  return all;
}

function apiOf(source: Source, body: Obj | undefined, fail: (reason: string) => Error): Made {
  const given = source.properties;
  const uri = given['DefinitionUri'];
  const endpoint = endpointOf(given['EndpointConfiguration'], fail);
  let location: Obj | undefined;
  if (!isNothing(uri)) {
    const at = bucketAndKey(source.id, 'DefinitionUri', uri);
    location = said({ Bucket: at.bucket, Key: at.key, Version: at.version });
  }
  return made(
    source.id,
    'AWS::ApiGateway::RestApi',
    {
      Body: body,
      BodyS3Location: location,
      Name: given['Name'],
      Description: given['Description'],
      ApiKeySourceType: given['ApiKeySourceType'],
      BinaryMediaTypes:
        isNothing(body) || given['__IMPLICIT'] === true ? given['BinaryMediaTypes'] : undefined,
      MinimumCompressionSize: given['MinimumCompressionSize'],
      EndpointConfiguration: endpoint,
      EndpointAccessMode: given['EndpointAccessMode'],
      SecurityPolicy: given['SecurityPolicy'],
      Parameters: isNothing(given['EndpointConfiguration']) ? undefined : parametersOf(given),
      FailOnWarnings: given['FailOnWarnings'],
      Mode: given['Mode'],
      Policy: given['Policy'],
    },
    { ...source.attributes },
  );
}

const parametersOf = (given: Obj): Obj => {
  const endpoint = given['EndpointConfiguration'];
  return {
    endpointConfigurationTypes: isObj(endpoint) && !isIntrinsic(endpoint) ? endpoint['Type'] : endpoint,
  };
};

function endpointOf(endpoint: unknown, fail: (reason: string) => Error): Obj | undefined {
  if (isNothing(endpoint)) return undefined;
  if (isObj(endpoint) && !isIntrinsic(endpoint)) {
    const written: Obj = endpoint;
    const type: unknown = written['Type'];
    if (isNothing(type)) throw fail('EndpointConfiguration must have Type');
    return said({
      Types: [type],
      VpcEndpointIds: written['VPCEndpointIds'] ?? written['VpcEndpointIds'],
      IpAddressType: written['IpAddressType'],
    });
  }
  return { Types: [endpoint] };
}

function deploymentOf(source: Source, api: Made, body: Obj | undefined): Made {
  const hash = sha1(canonical(body ?? api.properties['BodyS3Location'] ?? {}));
  return made(
    `${source.id}Deployment${hash.slice(0, 10)}`,
    'AWS::ApiGateway::Deployment',
    {
      Description: `RestApi deployment id: ${hash}`,
      RestApiId: ref(source.id),
      // without a stage name, API Gateway would refuse the first deployment of an API that has none
      StageName: isNothing(source.properties['OpenApiVersion']) ? 'Stage' : undefined,
    },
    { ...source.passed },
  );
}

function stageOf(source: Source, deployment: Made): Made {
  const given = source.properties;
  const name = given['StageName'];
  const suffix = isText(name) ? (/^[A-Za-z0-9]+$/.test(name) ? name : name.replace(/[^A-Za-z0-9]/g, '')) : '';
  return made(
    `${source.id}${suffix}Stage`,
    'AWS::ApiGateway::Stage',
    {
      RestApiId: ref(source.id),
      StageName: name,
      DeploymentId: ref(deployment.id),
      CacheClusterEnabled: given['CacheClusterEnabled'],
      CacheClusterSize: given['CacheClusterSize'],
      Variables: given['Variables'],
      MethodSettings: given['MethodSettings'],
      AccessLogSetting: given['AccessLogSetting'],
      CanarySetting: given['CanarySetting'],
      TracingEnabled: given['TracingEnabled'],
      Tags: isNothing(given['Tags']) ? undefined : tagList(source, undefined),
    },
    { ...source.passed },
  );
}
