import { invalidResource } from './failures.ts';
import { type Obj, isNothing, isObj, obj, truthy } from './json.ts';
import type { Made, Source } from './made.ts';

export const CREATED_BY = 'lambda:createdBy';

/** SAM's mark on a resource; tags that are passed on take its place. */
export const markOf = (source: Source, mark: string): string | undefined =>
  truthy(source.properties['PropagateTags']) && Object.keys(obj(source.properties['Tags'])).length > 0
    ? undefined
    : mark;

/** Tags as a list, with the one that says that SAM made the resource. */
export function tagList(
  source: Source,
  mark: string | undefined,
  tags: unknown = source.properties['Tags'],
): Obj[] {
  const given = obj(tags);
  if (mark !== undefined) reserved(source, given, mark);
  return Object.entries({ ...(mark === undefined ? {} : { [mark]: 'SAM' }), ...given }).map(
    ([Key, Value]) => ({
      Key,
      Value: Value ?? '',
    }),
  );
}

/** @throws SamFailure where the template sets a tag that is SAM's own */
export function reserved(source: Source, tags: Obj, mark: string): void {
  if (mark in tags)
    throw invalidResource(
      source.id,
      `${mark} is a reserved Tag key name and cannot be set on your resource. Please change the tag key in the input.`,
    );
}

/** Resource types that are tagged by a map, and those whose tags SAM does not pass on. */
const BY_MAP = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::DomainName'];
const BY_LIST = [
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::ApiKey',
  'AWS::CloudFormation::Stack',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::IoT::TopicRule',
  'AWS::IAM::Role',
  'AWS::Lambda::CapacityProvider',
  'AWS::Lambda::Function',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::DynamoDB::Table',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
];

/** Passes the tags of a SAM resource on to all that was made of it, where `PropagateTags` says so. */
export function propagateTags(source: Source, all: readonly Made[], mark?: string): void {
  if (!truthy(source.properties['PropagateTags'])) return;
  const own = obj(source.properties['Tags']);
  const tags: Obj = mark === undefined ? own : { [mark]: 'SAM', ...own };
  if (Object.keys(tags).length === 0) return;
  for (const one of all) {
    // an HTTP API with a definition has its tags there
    if (BY_MAP.includes(one.type) && isNothing(one.properties['Body']))
      one.properties['Tags'] = { ...tags, ...obj(one.properties['Tags']) };
    if (BY_LIST.includes(one.type)) one.properties['Tags'] = passedTags(one.properties['Tags'], tags);
  }
}

/** The tags that a resource has, and those that are passed on to it under other keys. */
export function passedTags(present: unknown, tags: Obj): unknown[] {
  const list = Array.isArray(present) ? (present as unknown[]) : [];
  const keys = list.map((one) => (isObj(one) ? one['Key'] : undefined));
  return [
    ...list,
    ...Object.entries(tags)
      .filter(([key]) => !keys.includes(key))
      .map(([Key, Value]) => ({ Key, Value })),
  ];
}
