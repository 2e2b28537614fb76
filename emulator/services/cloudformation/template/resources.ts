import type { Json } from '../../../state/state.ts';
import { formatError, templateError, TemplateFailure } from './failure.ts';
import type { DeclaredResource, DeletionPolicy, JsonMap, UpdateReplacePolicy } from './model.ts';
import { isArray, isMap, isScalar, member } from './tree.ts';

const MEMBERS = [
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Description',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Version', // of a custom resource
];

const DELETION: readonly DeletionPolicy[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];
const REPLACEMENT: readonly UpdateReplacePolicy[] = ['Delete', 'Retain', 'Snapshot'];

/** Types of which AWS can keep a snapshot, from its page on DeletionPolicy. None of them is embedded. */
const SNAPSHOTS = [
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
];

/** The resource as it is declared. @throws TemplateFailure with CloudFormation's text */
export function declaredResource(id: string, declared: Json): DeclaredResource {
  // recorded: a template whose resource is a text, and one whose resource has no type
  if (isArray(declared)) throw formatError(`[/Resources/${id}] resource definition is malformed`);
  if (!isMap(declared)) throw formatError('Any Resources member must be an object.');
  const type = member(declared, 'Type');
  if (type === undefined)
    throw formatError(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  if (typeof type !== 'string')
    throw formatError(`[/Resources/${id}/Type] Every Type member must be a string.`);
  const strange = Object.keys(declared).find((key) => !MEMBERS.includes(key));
  if (strange !== undefined) throw new TemplateFailure(`Invalid template resource property '${strange}'`);
  const deletionPolicy = policy(id, declared, 'DeletionPolicy', DELETION);
  const updateReplacePolicy = policy(id, declared, 'UpdateReplacePolicy', REPLACEMENT);
  if ((deletionPolicy === 'Snapshot' || updateReplacePolicy === 'Snapshot') && !SNAPSHOTS.includes(type))
    throw templateError(`resource type ${type} does not support deletion policy Snapshot`);
  return {
    type,
    properties: map(declared, 'Properties') ?? {},
    dependsOn: dependsOn(declared),
    condition: condition(declared),
    deletionPolicy,
    updateReplacePolicy,
    creationPolicy: map(declared, 'CreationPolicy'),
    updatePolicy: map(declared, 'UpdatePolicy'),
    metadata: map(declared, 'Metadata'),
  };
}

/** The name of the condition under which a resource or an output is there. @throws TemplateFailure where it is no name */
export function condition(declared: JsonMap): string | undefined {
  const name = member(declared, 'Condition');
  if (name !== undefined && typeof name !== 'string')
    throw formatError('Every Condition member must be a string.');
  return name;
}

function map(declared: JsonMap, key: string): JsonMap | undefined {
  const value = member(declared, key);
  if (value !== undefined && !isMap(value)) throw formatError(`Every ${key} member must be an object.`);
  return value;
}

function dependsOn(declared: JsonMap): readonly string[] {
  const value = member(declared, 'DependsOn') ?? [];
  if (isScalar(value)) return [String(value)];
  if (!isArray(value)) throw formatError('DependsOn must be a string or list of strings.');
  if (!value.every(isScalar)) throw formatError('Every DependsOn value must be a string.');
  return value.map(String);
}

function policy<Name extends string>(
  id: string,
  declared: JsonMap,
  key: string,
  names: readonly Name[],
): Name | undefined {
  const value = member(declared, key);
  if (value === undefined) return undefined;
  // functions may stand here with AWS::LanguageExtensions only, which puts a text in their place
  if (typeof value !== 'string') throw formatError(`Every ${key} member must be a string.`);
  const known = names.find((name) => name === value);
  if (known === undefined) throw formatError(`Unrecognized ${key} ${value} for resource ${id}`);
  return known;
}
