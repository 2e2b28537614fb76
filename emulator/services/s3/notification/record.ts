import { createHash } from 'node:crypto';
import type { EventEntry } from '../../events/port.ts';
import { keyEncoding } from '../listing/keys.ts';
import type { EventName } from './events.ts';

/** Who brought an event about. */
export type Requester =
  | { readonly kind: 'account'; readonly account: string }
  | {
      readonly kind: 'role';
      readonly account: string;
      readonly roleName: string;
      readonly sessionName: string;
    }
  /** S3 itself, for example by a lifecycle rule, or another service. */
  | { readonly kind: 'service'; readonly name: string };

/** What happened to an object, as it is kept until everybody was told. */
export interface ObjectEvent {
  readonly name: EventName;
  readonly bucket: string;
  /** The bucket's. */
  readonly region: string;
  /** The bucket owner's. */
  readonly account: string;
  readonly key: string;
  readonly size?: number;
  /** Without quotes. */
  readonly etag?: string;
  readonly versionId?: string;
  /** Absent for tagging. */
  readonly sequencer?: string;
  /** ms since 1970, cloud time. */
  readonly at: number;
  readonly requestId: string;
  readonly requester: Requester;
}

/**
 * A key as records carry it: percent-encoded, a space as `+`. Filters are compared with this form.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const encodedKey: (key: string) => string = keyEncoding('url');

/**
 * The message for functions, queues and topics.
 * @param roleId the id of the requester's role, where it is known
 */
export function message(event: ObjectEvent, configurationId: string, roleId: string | undefined): string {
  const [kind = ''] = event.name.split(':');
  const record = {
    // Lifecycle and tagging came later than the rest, with a version of their own.
    eventVersion: kind === 'ObjectTagging' || kind === 'LifecycleExpiration' ? '2.3' : '2.1',
    eventSource: 'aws:s3',
    awsRegion: event.region,
    eventTime: new Date(event.at).toISOString(),
    eventName: event.name,
    userIdentity: { principalId: principalOf(event.requester, roleId) },
    requestParameters: { sourceIPAddress: address(event.requester) },
    responseElements: { 'x-amz-request-id': event.requestId, 'x-amz-id-2': hostId(event.requestId) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: event.bucket,
        ownerIdentity: { principalId: customerId(event.account) },
        arn: `arn:aws:s3:::${event.bucket}`,
      },
      object: {
        key: encodedKey(event.key),
        size: event.size,
        eTag: event.etag,
        versionId: event.versionId,
        sequencer: event.sequencer,
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** What a queue or topic is sent when it is configured. */
export function testMessage(bucket: string, requestId: string, now: number): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(now).toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: hostId(requestId),
  });
}

const detailTypes: Readonly<Record<string, string>> = {
  ObjectCreated: 'Object Created',
  ObjectRemoved: 'Object Deleted',
  LifecycleExpiration: 'Object Deleted',
  'ObjectTagging:Put': 'Object Tags Added',
  'ObjectTagging:Delete': 'Object Tags Deleted',
};
const reasons: Partial<Record<EventName, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Post': 'POST Object',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
  'ObjectRemoved:Delete': 'DeleteObject',
  'ObjectRemoved:DeleteMarkerCreated': 'DeleteObject',
  'LifecycleExpiration:Delete': 'Lifecycle Expiration',
  'LifecycleExpiration:DeleteMarkerCreated': 'Lifecycle Expiration',
};

/** The event for EventBridge; the key is as it is. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function busEvent(event: ObjectEvent): EventEntry {
  const [kind = '', way] = event.name.split(':');
  const reason = reasons[event.name];
  const deleted = kind === 'ObjectRemoved' || kind === 'LifecycleExpiration';
  const { requester } = event;
  const detail = {
    version: '0',
    bucket: { name: event.bucket },
    object: {
      key: event.key,
      size: event.size,
      etag: event.etag,
      'version-id': event.versionId,
      sequencer: event.sequencer,
    },
    'request-id': event.requestId,
    requester: requester.kind === 'service' ? requester.name : requester.account,
    'source-ip-address': requester.kind === 'service' ? undefined : address(requester),
    reason,
    'deletion-type': deleted
      ? way === 'Delete'
        ? 'Permanently Deleted'
        : 'Delete Marker Created'
      : undefined,
  };
  return {
    source: 'aws.s3',
    detailType: detailTypes[event.name] ?? detailTypes[kind] ?? '',
    detail: JSON.stringify(detail),
    resources: [`arn:aws:s3:::${event.bucket}`],
    time: event.at,
  };
}

function principalOf(requester: Requester, roleId: string | undefined): string {
  switch (requester.kind) {
    case 'account':
      return `AWS:${requester.account}`;
    case 'role':
      return `AWS:${roleId ?? requester.roleName}:${requester.sessionName}`;
    case 'service':
      return requester.name;
  }
}

/* The cloud is reached from this machine alone. */
function address(requester: Requester): string {
  return requester.kind === 'service' ? requester.name : '127.0.0.1';
}

/** The customer id of an account: like `A3NL1KOZZKEXAMPLE`, always the same. */
function customerId(account: string): string {
  const digest = createHash('sha256').update(`customer ${account}`).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return `A${[...digest.subarray(0, 13)].map((byte) => letters[byte % 32] ?? 'A').join('')}`;
}

/* The same that the answer to the request carries in `x-amz-id-2`. */
function hostId(requestId: string): string {
  return createHash('sha384').update(requestId).digest('base64');
}
