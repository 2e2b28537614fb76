import { eventsOf } from '../events/events.ts';
import { invalidResource } from '../failures.ts';
import {
  type Obj,
  getAtt,
  isIntrinsic,
  isNothing,
  isObj,
  isText,
  printed,
  truthy,
  without,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { managedArn, roleFor } from '../policies/role.ts';
import { CREATED_BY, markOf, propagateTags, tagList } from '../tags.ts';
import { type Work, known } from '../work.ts';
import { codeOf } from './code.ts';
import { preferDeployment } from './deployment.ts';
import { eventInvoke } from './event-invoke.ts';
import { aliasName, aliasOf, deletionPolicy, functionUrl, versionOf } from './version.ts';

const QUEUE_ACTION: Readonly<Record<string, string>> = { SQS: 'sqs:SendMessage', SNS: 'sns:Publish' };

/** AWS::Serverless::Function. */
export function functionResources(work: Work, source: Source): Made[] {
  const queue = deadLetterQueue(source);
  const together = ['CapacityProviderConfig', 'ProvisionedConcurrencyConfig'];
  if (together.every((name) => !isNothing(source.properties[name])))
    throw invalidResource(source.id, `Cannot specify '${together.join("' and '")}' together.`);
  deletionPolicy(work, source);
  const lambda = lambdaOf(work, source, queue);
  const resources: Made[] = [lambda];
  const alias = aliasName(work, source);
  if (!isNothing(source.properties['ProvisionedConcurrencyConfig']) && alias === undefined)
    throw invalidResource(
      source.id,
      'To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function',
    );
  let aliased: Made | undefined;
  if (alias !== undefined) {
    const version = versionOf(work, source, lambda);
    aliased = aliasOf(work, source, alias, version);
    resources.push(version, aliased);
  }
  if (!isNothing(source.properties['TenancyConfig'])) withTenants(source);
  resources.push(...functionUrl(source, aliased));
  preferDeployment(work, source, aliased);
  const invoke = eventInvoke(work, source, alias, aliased?.id);
  resources.push(...invoke.made);
  const role = roleOf(work, source, lambda, queue, invoke.documents);
  if (role) resources.push(role);
  resources.push(...eventsOf(work, source, { target: aliased ?? lambda, lambda, alias: aliased, role }));
  propagateTags(source, resources);
  return resources;
}

/** Only two kinds of event reach a function that isolates its tenants. */
function withTenants(source: Source): void {
  if (!isNothing(source.properties['FunctionUrlConfig']))
    throw invalidResource(
      source.id,
      'Function URL is not supported for functions enabled with tenancy configuration.',
    );
  const events = source.properties['Events'];
  for (const event of isObj(events) ? Object.values(events) : []) {
    const type = isObj(event) ? event['Type'] : undefined;
    if (isText(type) && type !== 'Api' && type !== 'HttpApi')
      throw invalidResource(
        source.id,
        `Event source '${type}' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.`,
      );
  }
}

function deadLetterQueue(source: Source): Obj | undefined {
  const queue = source.properties['DeadLetterQueue'];
  if (isNothing(queue)) return undefined;
  if (!isObj(queue)) throw invalidResource(source.id, "'DeadLetterQueue' must be a map.");
  if (isIntrinsic(queue)) return undefined;
  const type = queue['Type'];
  if (isNothing(type) || isNothing(queue['TargetArn']))
    throw invalidResource(
      source.id,
      "'DeadLetterQueue' requires Type and TargetArn properties to be specified.",
    );
  if (!isText(type)) throw invalidResource(source.id, "Property 'DeadLetterQueue.Type' should be a string.");
  if (QUEUE_ACTION[type] === undefined)
    throw invalidResource(
      source.id,
      `'DeadLetterQueue' requires Type of ${printed(Object.keys(QUEUE_ACTION))}`,
    );
  return queue;
}

/** Properties that Lambda and SAM call the same. */
const SAME =
  'FunctionName Handler Runtime MemorySize Timeout VpcConfig ReservedConcurrentExecutions Environment KmsKeyArn Layers FileSystemConfigs ImageConfig PackageType Architectures CodeSigningConfigArn EphemeralStorage SnapStart LoggingConfig RecursiveLoop TenancyConfig DurableConfig FunctionScalingConfig PublishToLatestPublished'.split(
    ' ',
  );

function lambdaOf(work: Work, source: Source, queue: Obj | undefined): Made {
  const given = source.properties;
  const role = given['Role'];
  if (!isNothing(role) && !isText(role) && !isIntrinsic(role))
    throw invalidResource(source.id, "Property 'Role' should be a string.");
  const properties: Obj = Object.fromEntries(SAME.map((name) => [name, given[name]]));
  return made(
    source.id,
    'AWS::Lambda::Function',
    {
      ...properties,
      Description: described(work, source),
      Code: codeOf(source),
      Role: role,
      Tags: tagList(source, markOf(source, CREATED_BY)),
      TracingConfig:
        isNothing(given['Tracing']) || known(work, given['Tracing']) === 'Disabled'
          ? undefined
          : { Mode: given['Tracing'] },
      DeadLetterConfig: queue ? { TargetArn: queue['TargetArn'] } : undefined,
      RuntimeManagementConfig: given['RuntimeManagementConfig'],
      CapacityProviderConfig: managedInstances(given['CapacityProviderConfig']),
    },
    { ...source.attributes },
  );
}

/** A hash of the code that the template gives is told in the description, so that the function changes with it. */
function described(work: Work, source: Source): unknown {
  const { Description: text, AutoPublishAlias: alias } = source.properties;
  const sha = known(work, source.properties['AutoPublishCodeSha256']);
  if (isNothing(alias) || !isText(sha)) return text;
  if (isNothing(text)) return sha;
  return isText(text) ? `${text} ${sha}` : { 'Fn::Join': [' ', [text, sha]] };
}

function managedInstances(config: unknown): unknown {
  if (!isObj(config) || isIntrinsic(config)) return config;
  return {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: config['Arn'],
      ...without(config, 'Arn'),
    },
  };
}

/** The execution role that SAM makes where the template gives none. */
function roleOf(
  work: Work,
  source: Source,
  lambda: Made,
  queue: Obj | undefined,
  documents: readonly Obj[],
): Made | undefined {
  const given = source.properties['Role'];
  const branches = isObj(given) ? given['Fn::If'] : undefined;
  const maybe =
    Array.isArray(branches) && branches.some((one: unknown) => isObj(one) && one['Ref'] === 'AWS::NoValue');
  if (!isNothing(given) && !maybe) return undefined;
  const durable = !isNothing(source.properties['DurableConfig']);
  const managed = [
    managedArn(
      work,
      `service-role/AWSLambdaBasic${durable ? 'DurableExecutionRolePolicy' : 'ExecutionRole'}`,
    ),
  ];
  if (truthy(source.properties['Tracing']) && known(work, source.properties['Tracing']) !== 'Disabled')
    managed.push(managedArn(work, 'AWSXrayWriteOnlyAccess'));
  if (truthy(source.properties['VpcConfig']))
    managed.push(managedArn(work, 'service-role/AWSLambdaVPCAccessExecutionRole'));
  const own = [...documents];
  if (queue)
    own.unshift({
      PolicyName: 'DeadLetterQueuePolicy',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: QUEUE_ACTION[String(queue['Type'])], Resource: queue['TargetArn'], Effect: 'Allow' },
        ],
      },
    });
  const role = roleFor(work, source, {
    id: `${source.id}Role`,
    service: 'lambda.amazonaws.com',
    managed,
    documents: own,
    tags: tagList(source, markOf(source, CREATED_BY)),
  });
  if (!maybe) lambda.properties['Role'] = getAtt(role.id, 'Arn');
  return role;
}
