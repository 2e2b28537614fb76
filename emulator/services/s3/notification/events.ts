import generated from '../limits.json' with { type: 'json' };

/** The events that this cloud brings about, without `s3:`, as a record names them. */
export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'LifecycleExpiration:Delete'
  | 'LifecycleExpiration:DeleteMarkerCreated';

/** Every event that a configuration may name, with those that nothing here brings about (replication, restores). */
const names: ReadonlySet<string> = new Set(
  generated.PutBucketNotificationConfiguration[
    'NotificationConfiguration.QueueConfigurations.member.Events.member'
  ].enum,
);

/** Whether S3 has such an event, for example `s3:ObjectCreated:*`. */
export function isEvent(name: string): boolean {
  return names.has(name);
}

/** Whether a configuration's event is, or stands for, one that happened. */
export function covers(configured: string, happened: EventName): boolean {
  return (
    configured === `s3:${happened}` || (configured.endsWith(':*') && within(`s3:${happened}`, configured))
  );
}

/** Whether one object can bring about both of two configured events. */
export function meets(a: string, b: string): boolean {
  return a === b || (b.endsWith(':*') && within(a, b)) || (a.endsWith(':*') && within(b, a));
}

function within(name: string, wildcard: string): boolean {
  return name.startsWith(wildcard.slice(0, -1));
}
