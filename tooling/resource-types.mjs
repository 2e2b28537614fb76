// Writes emulator/services/cloudformation/resources/schema/<service>.json: what the properties of every resource type
// are that the cloud has. CloudFormation's registry publishes the schemas; the Python package cfn-lint (MIT-0) carries
// them. Facts only: no descriptions.
//   node tooling/resource-types.mjs      needs python3 with cfn-lint; last written with cfn-lint 1.58.0
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platform, stdout } from 'node:process';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'emulator', 'services', 'cloudformation', 'resources', 'schema');

/** By file: the namespace and the names of its types. */
const wanted = {
  lambda:
    'AWS::Lambda:: Function Version Alias Permission EventSourceMapping Url LayerVersion LayerVersionPermission EventInvokeConfig',
  iam: 'AWS::IAM:: Role Policy ManagedPolicy RolePolicy',
  logs: 'AWS::Logs:: LogGroup LogStream MetricFilter SubscriptionFilter',
  apigateway:
    'AWS::ApiGateway:: RestApi Resource Method Deployment Stage Model RequestValidator Authorizer GatewayResponse ApiKey UsagePlan UsagePlanKey Account DomainName BasePathMapping DocumentationPart DocumentationVersion ClientCertificate',
  apigatewayv2:
    'AWS::ApiGatewayV2:: Api Route RouteResponse Integration IntegrationResponse Deployment Stage Authorizer Model DomainName ApiMapping VpcLink',
  s3: 'AWS::S3:: Bucket BucketPolicy',
  sqs: 'AWS::SQS:: Queue QueuePolicy QueueInlinePolicy',
  sns: 'AWS::SNS:: Topic Subscription TopicPolicy TopicInlinePolicy',
  dynamodb: 'AWS::DynamoDB:: Table',
  kinesis: 'AWS::Kinesis:: Stream StreamConsumer',
  events: 'AWS::Events:: Rule EventBus EventBusPolicy',
  scheduler: 'AWS::Scheduler:: Schedule ScheduleGroup',
  cloudwatch: 'AWS::CloudWatch:: Alarm CompositeAlarm Dashboard',
  ssm: 'AWS::SSM:: Parameter',
  cloudformation: 'AWS::CloudFormation:: Stack CustomResource WaitCondition WaitConditionHandle',
};

/**
 * Where cfn-lint has altered what CloudFormation holds properties to, since it reads templates whose functions are not
 * worked out; and what the owning service says in words of its own. By type and dotted path; null takes a keyword away.
 */
const overrides = {
  'AWS::Lambda::Function': {
    'properties.Runtime': { enum: null },
    'definitions.Environment.properties.Variables.patternProperties.[a-zA-Z][a-zA-Z0-9_]+': {
      type: 'string',
    },
    'definitions.EphemeralStorage.properties.Size': { maximum: 10240 },
  },
  'AWS::CloudFormation::Stack': {
    'properties.Parameters.patternProperties.[a-zA-Z0-9]+': { type: 'string' },
  },
  'AWS::CloudFormation::CustomResource': { patternProperties: null, '': { additionalProperties: null } },
  'AWS::DynamoDB::Table': { 'properties.KeySchema': { $ref: '#/definitions/KeySchema', oneOf: null } },
};

/** Types whose properties are attributes, too, and attributes that the registry does not list (AWS's user guide does). */
const everyProperty = ['AWS::Events::EventBus', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SSM::Parameter'];
const moreAttributes = { 'AWS::Kinesis::StreamConsumer': ['ConsumerName', 'StreamARN'] };

/** Keywords that are kept as they are. */
const kept = [
  'type',
  'enum',
  'const',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'required',
];

const locate =
  'import importlib.util, importlib.metadata as m; print(m.version("cfn-lint")); print(importlib.util.find_spec("cfnlint").submodule_search_locations[0])';
const [version, package_] = execFileSync(platform === 'win32' ? 'python' : 'python3', ['-c', locate], {
  encoding: 'utf8',
})
  .trim()
  .split(/\r?\n/);
const schemas = join(package_, 'data', 'schemas');
const hashes = JSON.parse(readFileSync(join(schemas, 'providers', 'us-east-1.json'), 'utf8'));

for (const [file, line] of Object.entries(wanted)) {
  const [space, ...names] = line.split(' ');
  const types = names.map((name) => {
    const type = `${space}${name}`;
    const source = JSON.parse(readFileSync(join(schemas, 'resources', `${hashes[type]}.json`), 'utf8'));
    return `${JSON.stringify(type)}: ${JSON.stringify(typeOf(type, source))}`;
  });
  writeFileSync(join(folder, `${file}.json`), `{\n${types.join(',\n')}\n}\n`);
  stdout.write(`${file}: ${types.length} types, cfn-lint ${version}\n`);
}

function typeOf(type, source) {
  for (const [path, changes] of Object.entries(overrides[type] ?? {})) change(source, path, changes);
  const readOnly = paths(source.readOnlyProperties);
  const attributes = new Set([
    ...readOnly,
    ...(everyProperty.includes(type) ? Object.keys(source.properties) : []),
    ...(moreAttributes[type] ?? []),
  ]);
  return said({
    ...schemaOf(source),
    definitions: mapped(source.definitions, schemaOf),
    readOnly,
    writeOnly: paths(source.writeOnlyProperties),
    createOnly: paths(source.createOnlyProperties),
    conditionalCreateOnly: paths(source.conditionalCreateOnlyProperties),
    primaryIdentifier: paths(source.primaryIdentifier),
    attributes: [...attributes],
  });
}

/** What of a JSON schema CloudFormation says in words of its own when it is broken. */
function schemaOf(source) {
  const groups = (keyword) =>
    source[keyword]?.every((one) => Object.keys(one).join() === 'required')
      ? source[keyword].map((one) => one.required)
      : undefined;
  return said({
    ...Object.fromEntries(kept.filter((name) => name in source).map((name) => [name, source[name]])),
    ref: source.$ref?.replace('#/definitions/', ''),
    items: source.items === undefined ? undefined : schemaOf(source.items),
    unique: source.uniqueItems === true ? true : undefined,
    properties: mapped(source.properties, schemaOf),
    patterns: mapped(source.patternProperties, schemaOf),
    closed: source.additionalProperties === false ? true : undefined,
    anyRequired: groups('anyOf'),
    oneRequired: groups('oneOf'),
  });
}

function change(source, path, changes) {
  if (changes === null) return void delete source[path];
  let target = source;
  // The names of patterns hold no dots of their own here.
  for (const step of path === '' ? [] : path.split('.')) target = target[step];
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete target[name];
    else target[name] = value;
  }
}

function paths(list) {
  return (list ?? []).map((path) => path.replace('/properties/', '').replaceAll('/', '.'));
}

function mapped(map, make) {
  if (map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map).map(([name, one]) => [name, make(one)]));
}

function said(object) {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
