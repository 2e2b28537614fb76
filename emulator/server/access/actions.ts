import type { WireIdentity } from '../../service/service.ts';

/*
 * Operations whose IAM action has another name, by service. All others are called as their operation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html and list_amazons3.html
 */
const otherNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: {
    Invoke: 'InvokeFunction',
    InvokeAsync: 'InvokeFunction',
    InvokeWithResponseStream: 'InvokeFunction',
  },
  s3: {
    CompleteMultipartUpload: 'PutObject',
    CopyObject: 'PutObject',
    CreateMultipartUpload: 'PutObject',
    DeleteBucketCors: 'PutBucketCORS',
    DeleteBucketEncryption: 'PutEncryptionConfiguration',
    DeleteBucketLifecycle: 'PutLifecycleConfiguration',
    DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
    DeleteBucketTagging: 'PutBucketTagging',
    DeleteObjects: 'DeleteObject',
    DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
    GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
    GetBucketCors: 'GetBucketCORS',
    GetBucketEncryption: 'GetEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    GetBucketNotificationConfiguration: 'GetBucketNotification',
    GetBucketReplication: 'GetReplicationConfiguration',
    GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    HeadBucket: 'ListBucket',
    HeadObject: 'GetObject',
    ListBuckets: 'ListAllMyBuckets',
    ListMultipartUploads: 'ListBucketMultipartUploads',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    ListObjectVersions: 'ListBucketVersions',
    ListParts: 'ListMultipartUploadParts',
    PutBucketCors: 'PutBucketCORS',
    PutBucketEncryption: 'PutEncryptionConfiguration',
    PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    UploadPart: 'PutObject',
    UploadPartCopy: 'PutObject',
  },
  sns: { PublishBatch: 'Publish' },
  sqs: {
    ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
    DeleteMessageBatch: 'DeleteMessage',
    SendMessageBatch: 'SendMessage',
  },
};

/* Reading or deleting a named version of an object is an action of its own. */
const withVersion: Readonly<Record<string, string>> = {
  GetObject: 'GetObjectVersion',
  HeadObject: 'GetObjectVersion',
  GetObjectAttributes: 'GetObjectVersionAttributes',
  GetObjectTagging: 'GetObjectVersionTagging',
  PutObjectTagging: 'PutObjectVersionTagging',
  DeleteObjectTagging: 'DeleteObjectVersionTagging',
  DeleteObject: 'DeleteObjectVersion',
};

/*
 * API Gateway's actions are the HTTP methods of its operations.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
const httpMethods: readonly (readonly [RegExp, string])[] = [
  [/^(Get|Export)/, 'GET'],
  [/^(Create|Generate|ImportApiKeys$|ImportRestApi$|TestInvoke)/, 'POST'],
  [/^(Put|ImportDocumentationParts$|ImportApi$|ReimportApi$|TagResource$)/, 'PUT'],
  [/^(Delete|Flush|Reject|Reset|UntagResource$)/, 'DELETE'],
  [/^Update/, 'PATCH'],
];

/* CloudWatch signs as `monitoring`, and its actions are `cloudwatch:…`. All others sign as their actions begin. */
const otherPrefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/*
 * GetCallerIdentity asks for no permission (its page in the STS API reference says so). AssumeRole is decided by STS
 * itself: a role's trust policy that names the caller is enough without a policy of the caller's own.
 */
const free = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken', 'sts:AssumeRole']);

/**
 * The IAM action that a call needs, for example `lambda:InvokeFunction` for Invoke.
 * @returns undefined where none is needed
 */
export function actionOf(
  wire: WireIdentity,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  if (wire.signingName === 'apigateway') {
    const method = httpMethods.find(([name]) => name.test(operation))?.[1];
    if (method !== undefined) return `apigateway:${method}`;
  }
  const versioned = wire.id === 's3' && input['VersionId'] !== undefined ? withVersion[operation] : undefined;
  const prefix = otherPrefixes[wire.signingName] ?? wire.signingName;
  const action = `${prefix}:${versioned ?? otherNames[wire.id]?.[operation] ?? operation}`;
  return free.has(action) ? undefined : action;
}
