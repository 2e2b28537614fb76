import type { Cloud } from '../../../cloud.ts';
import { decide } from '../../../policy/decide.ts';
import type { Call } from '../../../service/call.ts';
import { isStranger } from '../../../service/access.ts';
import type { Need, ResourceAccess, ResourceQuestion } from '../../../service/access.ts';
import { pathWithBucket } from '../../../wire/route/routes.ts';
import { copySource } from '../object/copy-source.ts';
import { current } from '../object/versions.ts';
import { storeOf } from '../rows.ts';
import type { BucketRow } from '../rows.ts';
import { parsedPolicy } from './documents.ts';
import { isPublic, publicAccessOf } from './public-access.ts';

type Input = Readonly<Record<string, unknown>>;

/* Whoever locked everybody out can still mend it. */
const alwaysForRoot = new Set(['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:DeleteBucketPolicy']);

/** What bucket policies say of calls, and what calls need besides their own permission. */
export function bucketAccess(cloud: Cloud): ResourceAccess {
  const stores = storeOf(cloud);
  const text = (input: Input, name: string): string | undefined => {
    const value = input[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };

  const further = (call: Call, input: Input): Need[] => {
    const { operation, account } = call;
    const Bucket = text(input, 'Bucket') ?? '*';
    const object = `arn:aws:s3:::${Bucket}/${text(input, 'Key') ?? '*'}`;
    const needs: Need[] = [];
    const source = text(input, 'CopySource');
    if (source !== undefined) {
      const { bucket, key, versionId } = copySource(source);
      const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
      needs.push({ action, resource: `arn:aws:s3:::${bucket}/${key}` });
    }
    if (['PutObject', 'CopyObject', 'CreateMultipartUpload'].includes(operation)) {
      if (text(input, 'Tagging') !== undefined)
        needs.push({ action: 's3:PutObjectTagging', resource: object });
      if (text(input, 'ACL') !== undefined) needs.push({ action: 's3:PutObjectAcl', resource: object });
    }
    if (operation === 'GetObjectAttributes') needs.push({ action: 's3:GetObject', resource: object });
    if (operation === 'DeleteObjects') needs.push(...deletions(Bucket, input).slice(1));
    // Whoever may not list is not told that a key is missing.
    const reads = operation === 'GetObject' || operation === 'HeadObject';
    if (reads && input['VersionId'] === undefined && stores(account).buckets.has(Bucket)) {
      const there = current(stores(account), Bucket, text(input, 'Key') ?? '') !== undefined;
      if (!there) needs.push({ action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` });
    }
    return needs;
  };

  const context = (_call: Call, input: Input): Record<string, string> => {
    const keys: Record<string, string> = {
      'aws:SourceIp': '127.0.0.1',
      // The cloud stands for an endpoint of AWS's, which is reached by TLS.
      'aws:SecureTransport': 'true',
      'aws:CurrentTime': new Date(cloud.clock.now()).toISOString(),
    };
    for (const [member, key] of contextMembers) {
      const value = text(input, member);
      if (value !== undefined) keys[key] = value;
    }
    return keys;
  };

  return {
    further,
    context,
    decide(question: ResourceQuestion) {
      const { action, resource, call, input, requester } = question;
      const bucket = stores(call.account).buckets.get(bucketOf(resource));
      if (bucket?.policy === undefined || bucket.policy === null) return 'silent';
      if (call.principal.kind === 'root' && !isStranger(call.principal) && alwaysForRoot.has(action)) {
        return 'silent';
      }
      const policy = parsedPolicy(bucket.policy);
      const { arn, account } = call.principal;
      const said = decide([policy], {
        requester,
        action,
        resource,
        context: {
          ...context(call, input),
          ...(requester.kind === 'aws' && {
            'aws:PrincipalArn': requester.roleArn ?? arn,
            'aws:PrincipalAccount': account,
          }),
        },
      });
      if (said.decision === 'explicitDeny') return 'explicitDeny';
      // A statement for the whole account leaves it to the account's own policies.
      if (said.decision !== 'allow' || said.delegated === true) return 'silent';
      const restricted = isStranger(call.principal) && publicAccessOf(bucket).restrictPublicBuckets;
      return restricted && isPublic(policy) ? 'silent' : 'allow';
    },
    ownerOf(request) {
      const bucket = bucketOf(
        `arn:aws:s3:::${decodedPath(pathWithBucket({ ...request, body: new Uint8Array() }))}`,
      );
      return bucketsNamed(cloud, bucket).find(({ row }) => (row.policy ?? null) !== null)?.account;
    },
  };
}

/* https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
const contextMembers = [
  ['Prefix', 's3:prefix'],
  ['Delimiter', 's3:delimiter'],
  ['MaxKeys', 's3:max-keys'],
  ['VersionId', 's3:VersionId'],
  ['ACL', 's3:x-amz-acl'],
  ['ServerSideEncryption', 's3:x-amz-server-side-encryption'],
  ['StorageClass', 's3:x-amz-storage-class'],
  ['CopySource', 's3:x-amz-copy-source'],
  ['MetadataDirective', 's3:x-amz-metadata-directive'],
  ['IfNoneMatch', 's3:if-none-match'],
  ['LocationConstraint', 's3:LocationConstraint'],
] as const;

/** What deleting several objects needs: for each key its own permission. */
export function deletions(bucket: string, input: Input): Need[] {
  const { Objects = [] } = (input['Delete'] ?? {}) as {
    readonly Objects?: readonly { readonly Key?: string; readonly VersionId?: string }[];
  };
  return Objects.map(({ Key = '*', VersionId }) => ({
    action: VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    resource: `arn:aws:s3:::${bucket}/${Key}`,
  }));
}

/** The buckets of a name: each account has its own. */
export function bucketsNamed(
  cloud: Cloud,
  name: string,
): { readonly account: string; readonly row: BucketRow }[] {
  const table = cloud.state.table<BucketRow>('s3.buckets');
  return [...table.scopes()].flatMap((scope) => {
    const row = table.in(scope).get(name);
    return row === undefined ? [] : [{ account: scope.account, row }];
  });
}

function bucketOf(resource: string): string {
  return resource.replace(/^arn:aws:s3:::/, '').split('/')[0] ?? '';
}

/** The path without its first slash, decoded as far as it can be. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return path.slice(1);
  }
}
