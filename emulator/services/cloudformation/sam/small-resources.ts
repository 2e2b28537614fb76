import { invalidResource } from './failures.ts';
import {
  type Obj,
  canonical,
  isIntrinsic,
  isList,
  isNothing,
  isObj,
  isText,
  obj,
  printed,
  said,
  sha1,
  truthy,
  without,
} from './json.ts';
import { type Made, type Source, made } from './made.ts';
import { bucketAndKey } from './s3-location.ts';
import { propagateTags, reserved, tagList } from './tags.ts';
import { type Work, known, nameFor } from './work.ts';

const KEY_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** AWS::Serverless::SimpleTable. */
export function simpleTable(source: Source): Made[] {
  const given = source.properties;
  const key = obj(given['PrimaryKey'] ?? { Name: 'id', Type: 'String' });
  if (isNothing(key['Name']) || isNothing(key['Type']))
    throw invalidResource(source.id, "'PrimaryKey' is missing required Property 'Name'.");
  const type = isText(key['Type']) ? (KEY_TYPES[key['Type']] ?? key['Type']) : key['Type'];
  if (isText(key['Type']) && KEY_TYPES[key['Type']] === undefined)
    throw invalidResource(source.id, `Invalid 'Type' "${key['Type']}".`);
  return [
    made(
      source.id,
      'AWS::DynamoDB::Table',
      {
        AttributeDefinitions: [{ AttributeName: key['Name'], AttributeType: type }],
        KeySchema: [{ AttributeName: key['Name'], KeyType: 'HASH' }],
        BillingMode: isNothing(given['ProvisionedThroughput']) ? 'PAY_PER_REQUEST' : undefined,
        ProvisionedThroughput: given['ProvisionedThroughput'],
        PointInTimeRecoverySpecification: given['PointInTimeRecoverySpecification'],
        SSESpecification: given['SSESpecification'],
        TableName: given['TableName'],
        Tags: isNothing(given['Tags']) ? undefined : tagList(source, undefined),
      },
      { ...source.attributes },
    ),
  ];
}

/** AWS::Serverless::LayerVersion: its id changes with what it holds. */
export function layerVersion(work: Work, source: Source): Made[] {
  const given = source.properties;
  for (const name of ['LayerName', 'LicenseInfo'])
    if (!isNothing(given[name]) && !isText(given[name]) && !isIntrinsic(given[name]))
      throw invalidResource(source.id, `Property '${name}' should be a string.`);
  if (isNothing(given['ContentUri']))
    throw invalidResource(source.id, "Missing required property 'ContentUri'.");
  for (const name of ['CompatibleRuntimes', 'CompatibleArchitectures'])
    if (!isNothing(given[name]) && !isList(given[name]) && !isIntrinsic(given[name]))
      throw invalidResource(source.id, `Type of property '${name}' is invalid.`);
  const retention = known(work, given['RetentionPolicy']);
  const name = known(work, given['LayerName'] ?? source.id);
  const hashed = { ...given, ...(retention === undefined ? {} : { RetentionPolicy: retention }) };
  const rest = without(source.attributes, 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata');
  const whole = { [source.id]: { Type: source.type, ...rest, Properties: hashed } };
  const id = source.id + sha1(canonical(whole)).slice(0, 10);
  work.ids.set(source.id, id);
  const architectures = known(work, given['CompatibleArchitectures']);
  const wrong = (one: unknown): boolean => isText(one) && one !== 'x86_64' && one !== 'arm64';
  if (isList(architectures) && architectures.some(wrong))
    throw invalidResource(id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'");
  const at = bucketAndKey(source.id, 'ContentUri', given['ContentUri']);
  const attributes: Obj = { ...source.attributes };
  const policy = retentionOf(source, retention);
  if (policy !== undefined) attributes['DeletionPolicy'] = policy;
  else attributes['DeletionPolicy'] ??= 'Retain';
  return [
    made(
      id,
      'AWS::Lambda::LayerVersion',
      {
        LayerName: name,
        Description: given['Description'],
        Content: said({ S3Bucket: at.bucket, S3Key: at.key, S3ObjectVersion: at.version }),
        CompatibleRuntimes: given['CompatibleRuntimes'],
        CompatibleArchitectures: given['CompatibleArchitectures'],
        LicenseInfo: given['LicenseInfo'],
      },
      attributes,
    ),
  ];
}

function retentionOf(source: Source, retention: unknown): string | undefined {
  if (isNothing(retention)) return undefined;
  if (isIntrinsic(retention))
    throw invalidResource(
      source.id,
      "'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ['Retain', 'Delete']",
    );
  if (isText(retention)) {
    const found = ['Retain', 'Delete'].find((one) => one.toLowerCase() === retention.toLowerCase());
    if (found !== undefined) return found;
  }
  if (!isText(retention))
    throw invalidResource(
      source.id,
      "Could not resolve parameter for 'RetentionPolicy' or parameter is not a String.",
    );
  throw invalidResource(
    source.id,
    "'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].",
  );
}

/** AWS::Serverless::Application: a nested stack. */
export function application(work: Work, source: Source): Made[] {
  const given = source.properties;
  const location = known(work, given['Location']);
  if (isNothing(location))
    throw invalidResource(source.id, 'Resource is missing the required [Location] property.');
  const tags = obj(given['Tags']);
  for (const mark of ['lambda:createdBy', ...APPLICATION_TAGS]) reserved(source, tags, mark);
  const id = isObj(location) ? location['ApplicationId'] : undefined;
  if (isObj(location)) {
    for (const name of ['ApplicationId', 'SemanticVersion']) {
      if (!(name in location))
        throw invalidResource(source.id, `Resource is missing the required [${name}] property.`);
      if (isNothing(location[name])) throw invalidResource(source.id, `Property '${name}' is required.`);
    }
    // no application repository is at hand: nothing in it can be reached
    throw invalidResource(source.id, `Cannot access application: ${isText(id) ? id : printed(id)}.`);
  }
  const resources = [
    made(
      source.id,
      'AWS::CloudFormation::Stack',
      {
        TemplateURL: location,
        Parameters: given['Parameters'],
        NotificationARNs: given['NotificationARNs'],
        TimeoutInMinutes: given['TimeoutInMinutes'],
        Tags: tagList(source, 'lambda:createdBy'),
      },
      { ...source.attributes },
    ),
  ];
  propagateTags(source, resources);
  return resources;
}

const APPLICATION_TAGS = ['serverlessrepo:applicationId', 'serverlessrepo:semanticVersion'];

/** AWS::Serverless::CapacityProvider. */
export function capacityProvider(work: Work, source: Source): Made[] {
  const given = source.properties;
  nameFor(work, source.id, 'CapacityProvider', source.id);
  const network = obj(given['VpcConfig']);
  return [
    made(
      source.id,
      'AWS::Lambda::CapacityProvider',
      {
        CapacityProviderName: given['CapacityProviderName'],
        VpcConfig: said({ SubnetIds: network['SubnetIds'], SecurityGroupIds: network['SecurityGroupIds'] }),
        PermissionsConfig: isNothing(given['OperatorRole'])
          ? undefined
          : { CapacityProviderOperatorRoleArn: given['OperatorRole'] },
        KmsKeyArn: given['KmsKeyArn'],
        Tags:
          truthy(given['Tags']) || isList(given['Tags']) ? tagList(source, 'lambda:createdBy') : undefined,
      },
      { ...source.attributes },
    ),
  ];
}
