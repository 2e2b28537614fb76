import { SamFailure, invalidResource } from '../failures.ts';
import { type Obj, canonical, isList, isNothing, isObj, isText, obj, ref, truthy } from '../json.ts';
import type { Made } from '../made.ts';
import { passedTags } from '../tags.ts';
import { type Work, resourceAt } from '../work.ts';
import { type Event, arnOf, checkProperties, failedByName } from './event.ts';
import { permission } from './permission.ts';

/** Notifications of a bucket of the same template: they are written into the bucket. */
export function notified(work: Work, event: Event): Made[] {
  checkProperties(event.id, 'S3', event.properties, 'Bucket! Events!:texts Filter:map');
  const bucketId = bucketOf(event.properties['Bucket']);
  const bucket = resourceAt(work, bucketId);
  if (bucketId === undefined || bucket === undefined)
    throw failedByName(event, 'S3 events must reference an S3 bucket in the same template.');
  tag(bucket, event);
  const allowed = permission(event, 's3.amazonaws.com', { SourceAccount: ref('AWS::AccountId') });
  depend(bucket, event, allowed.id);
  notify(bucketId, bucket, event);
  return [allowed];
}

const bucketOf = (written: unknown): string | undefined => {
  const id = isObj(written) ? written['Ref'] : undefined;
  return isText(id) ? id : undefined;
};

/** Tags that the function passes on go to the bucket too. */
function tag(bucket: Obj, event: Event): void {
  const all = event.source.properties;
  if (!truthy(all['PropagateTags'])) return;
  const properties = obj(bucket['Properties']);
  bucket['Properties'] = properties;
  const added = passedTags(properties['Tags'], obj(all['Tags']));
  if (added.length > 0) properties['Tags'] = added;
}

/** The bucket has to be made after the permission, which is there on the function's condition only. */
function depend(bucket: Obj, event: Event, permissionId: string): void {
  const condition = event.source.passed['Condition'];
  if (isNothing(condition)) {
    bucket['DependsOn'] = withDependency(event.id, bucket['DependsOn'], permissionId);
    return;
  }
  const properties = obj(bucket['Properties']);
  bucket['Properties'] = properties;
  const tags = isList(properties['Tags']) ? properties['Tags'] : [];
  properties['Tags'] = [
    ...tags,
    {
      Key: `sam:ConditionalDependsOn:${permissionId}`,
      Value: { 'Fn::If': [condition, ref(permissionId), 'no dependency'] },
    },
  ];
}

function withDependency(eventId: string, present: unknown, id: string): unknown[] {
  const list = present === undefined ? [] : isText(present) ? [present] : present;
  if (!isList(list) || !list.every(isText))
    throw invalidResource(
      eventId,
      "Invalid type for field 'DependsOn'. Expected a string or list of strings.",
    );
  return [...new Set([...list, id])];
}

function notify(bucketId: string, bucket: Obj, event: Event): void {
  const properties = isNothing(bucket['Properties']) ? {} : bucket['Properties'];
  if (!isObj(properties)) throw new SamFailure(bucketId, 'Properties should be a map.');
  bucket['Properties'] = properties;
  const configuration = obj(properties['NotificationConfiguration']);
  properties['NotificationConfiguration'] = configuration;
  const present = isList(configuration['LambdaConfigurations']) ? configuration['LambdaConfigurations'] : [];
  const events = event.properties['Events'];
  const condition = event.source.passed['Condition'];
  const added = (isList(events) ? events : [events]).map((name) => {
    const one: Obj = { Event: name, Function: arnOf(event.to) };
    const filter = event.properties['Filter'];
    if (!isNothing(filter)) one['Filter'] = filter;
    return isNothing(condition) ? one : { 'Fn::If': [condition, one, ref('AWS::NoValue')] };
  });
  const seen = new Set(present.map(canonical));
  configuration['LambdaConfigurations'] = [...present, ...added.filter((one) => !seen.has(canonical(one)))];
}
