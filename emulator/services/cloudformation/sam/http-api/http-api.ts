import { authorizerPermissions } from '../authorizers/permission.ts';
import { invalidResource } from '../failures.ts';
import { type Obj, isIntrinsic, isList, isNothing, isObj, isText, obj, ref, said } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { bucketAndKey } from '../s3-location.ts';
import { propagateTags } from '../tags.ts';
import { type Work, known, nameFor } from '../work.ts';
import { addHttpAuth } from './auth.ts';
import { domainV2 } from './domain.ts';

const CREATED_BY = 'httpapi:createdBy';

/** AWS::Serverless::HttpApi. */
export function httpApi(work: Work, source: Source): Made[] {
  const given = source.properties;
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  for (const name of ['CorsConfiguration', 'Domain', 'Auth'])
    if (!isNothing(given[name])) given[name] = known(work, given[name]);
  if (!isNothing(given['DefinitionUri']) && !isNothing(given['DefinitionBody']))
    throw fail("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  const disable = given['DisableExecuteApiEndpoint'];
  if (!isNothing(disable) && typeof disable !== 'boolean' && !isIntrinsic(disable))
    throw fail("Type of property 'DisableExecuteApiEndpoint' is invalid.");
  const body = given['DefinitionBody'];
  if (isNothing(body) && isNothing(given['DefinitionUri']))
    throw fail(
      "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'.",
    );
  addCors(given['CorsConfiguration'], body, fail);
  addHttpAuth(work, source, body, fail);
  addTags(given, body, fail);
  if (isObj(body)) extend(given, body);
  const uri = given['DefinitionUri'];
  const at = isNothing(uri) ? undefined : bucketAndKey(source.id, 'DefinitionUri', uri);
  const api = made(
    source.id,
    'AWS::ApiGatewayV2::Api',
    {
      Body: body,
      BodyS3Location: at ? said({ Bucket: at.bucket, Key: at.key, Version: at.version }) : undefined,
      FailOnWarnings: given['FailOnWarnings'],
      Description: isObj(body) ? undefined : given['Description'],
    },
    { ...source.attributes },
  );
  const stage = stageOf(source);
  nameFor(work, source.id, 'Stage', stage.id);
  const resources = [
    api,
    stage,
    ...authorizerPermissions(source, (one) => one['EnableFunctionDefaultPermissions'] === true),
    ...domainV2(work, source, stage, obj(stage.properties['Tags'])),
  ];
  propagateTags(source, resources);
  return resources;
}

function extend(given: Obj, body: Obj): void {
  // an import that fails on warnings warns of a default route that is no path
  const paths = obj(body['paths']);
  if (given['FailOnWarnings'] === true && '$default' in paths) {
    paths['/$default'] = paths['$default'];
    delete paths['$default'];
  }
  if (!isNothing(given['Description']))
    body['info'] = { ...obj(body['info']), description: given['Description'] };
  if (!isNothing(given['Name'])) body['info'] = { ...obj(body['info']), title: given['Name'] };
  if (!isNothing(given['DisableExecuteApiEndpoint'])) {
    const servers = isList(body['servers']) ? body['servers'] : [{}];
    const first = obj(servers[0]);
    first['x-amazon-apigateway-endpoint-configuration'] = {
      ...obj(first['x-amazon-apigateway-endpoint-configuration']),
      disableExecuteApiEndpoint: given['DisableExecuteApiEndpoint'],
    };
    body['servers'] = [first, ...servers.slice(1)];
  }
}

const CORS: Readonly<Record<string, string>> = {
  AllowHeaders: 'allowHeaders',
  AllowMethods: 'allowMethods',
  AllowOrigins: 'allowOrigins',
  ExposeHeaders: 'exposeHeaders',
  MaxAge: 'maxAge',
  AllowCredentials: 'allowCredentials',
};

function addCors(cors: unknown, body: unknown, fail: (reason: string) => Error): void {
  if (isNothing(cors) || cors === false) return;
  if (isNothing(body))
    throw fail("Cors works only with inline OpenApi specified in 'DefinitionBody' property.");
  if (!isObj(body)) return;
  if (cors === true || cors === 'true' || cors === 'True') {
    body['x-amazon-apigateway-cors'] = { allowOrigins: ['*'] };
    return;
  }
  if (isIntrinsic(cors)) {
    body['x-amazon-apigateway-cors'] = cors;
    return;
  }
  if (!isObj(cors)) throw fail("Invalid value for 'Cors' property.");
  const all: Obj = {};
  for (const [name, value] of Object.entries(cors)) {
    const key = CORS[name];
    if (key === undefined) throw fail(`Invalid key '${name}' for 'Cors' property.`);
    if (value !== false) all[key] = value;
  }
  body['x-amazon-apigateway-cors'] = all;
}

/** Tags of an HTTP API are said in its definition. */
function addTags(given: Obj, body: unknown, fail: (reason: string) => Error): void {
  const own = obj(given['Tags']);
  if (isNothing(body)) return;
  if (!isObj(body) || (isNothing(body['openapi']) && Object.keys(own).length > 0))
    throw fail("Unable to add `Tags` because 'DefinitionBody' does not contain a valid OpenApi definition.");
  const present = isList(body['tags']) ? body['tags'] : [];
  const added = Object.entries({ [CREATED_BY]: 'SAM', ...own }).map(([name, value]) => ({
    name,
    'x-amazon-apigateway-tag-value': value,
  }));
  const names = added.map((one) => one.name);
  const before = new Map(present.filter(isObj).map((one) => [one['name'], one]));
  body['tags'] = [
    ...present.filter((one) => !(isObj(one) && names.includes(String(one['name'])))),
    ...added.map((one) => ({ ...before.get(one.name), ...one })),
  ];
}

function stageOf(source: Source): Made {
  const given = source.properties;
  const name = given['StageName'] ?? '$default';
  const suffix =
    name === '$default' ? 'ApiGatewayDefault' : isText(name) ? name.replace(/[^A-Za-z0-9]/g, '') : '';
  return made(
    `${source.id}${suffix}Stage`,
    'AWS::ApiGatewayV2::Stage',
    {
      ApiId: ref(source.id),
      StageName: name,
      StageVariables: given['StageVariables'],
      AccessLogSettings: given['AccessLogSettings'],
      DefaultRouteSettings: given['DefaultRouteSettings'],
      RouteSettings: given['RouteSettings'],
      AutoDeploy: true,
      Tags: isNothing(given['DefinitionBody']) ? undefined : { [CREATED_BY]: 'SAM', ...obj(given['Tags']) },
    },
    { ...source.passed },
  );
}
