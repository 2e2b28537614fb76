import type { Cloud } from '../../../cloud.ts';
import { stranger } from '../../../service/access.ts';
import type { FormGate, Forms } from '../../../service/access.ts';
import type { Principal } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { pathWithBucket } from '../../../wire/route/routes.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import { algorithms } from '../checksum/checksum.ts';
import { invalidArgument, invalidRequest } from '../failures.ts';
import type { Notifier } from '../notification/notifier.ts';
import { originOf } from '../notification/notifier.ts';
import { putObject } from '../object/write.ts';
import { bucketsNamed, decodedPath } from '../policy/access.ts';
import { readForm } from './multipart.ts';
import { checkForm, denied, readPostPolicy } from './post-policy.ts';

type Fields = ReadonlyMap<string, string>;

/** Uploads by forms of browsers. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export function postForms(cloud: Cloud, notifier: Notifier): Forms {
  return async (request, gate) => {
    const [bucket = '', ...rest] = decodedPath(pathWithBucket(request)).split('/');
    if (rest.join('') !== '') {
      throw new ServiceFailure(
        'MethodNotAllowed',
        'The specified method is not allowed against this resource.',
        { status: 405, members: { Method: 'POST', ResourceType: 'OBJECT' } },
      );
    }
    const { fields, file } = readForm(request.headers['content-type'] ?? '', request.body);
    const key = fields.get('key');
    if (key === undefined) throw missing('key');
    if (file === undefined) {
      throw invalidArgument('POST requires exactly one file upload per request.', 'file', '0');
    }
    const who = sender(cloud, gate, bucket, fields);
    if (fields.has('policy')) {
      checkForm(
        readPostPolicy(fields.get('policy') ?? ''),
        new Map([...fields, ['bucket', bucket]]),
        file.bytes.length,
      );
    }
    const input = {
      Bucket: bucket,
      Key: key.replaceAll('${filename}', file.name),
      Body: file.bytes,
      // What the browser says of the file does not count.
      ContentType: fields.get('content-type'),
      CacheControl: fields.get('cache-control'),
      ContentDisposition: fields.get('content-disposition'),
      ContentEncoding: fields.get('content-encoding'),
      StorageClass: fields.get('x-amz-storage-class') as 'STANDARD' | undefined,
      ACL: fields.get('acl') as 'private' | undefined,
      Metadata: Object.fromEntries(
        [...fields]
          .filter(([name]) => name.startsWith('x-amz-meta-'))
          .map(([name, value]) => [name.slice('x-amz-meta-'.length), value]),
      ),
      ...Object.fromEntries(
        algorithms.flatMap((name) => {
          const value = fields.get(`x-amz-checksum-${name.toLowerCase()}`);
          return value === undefined ? [] : [[`Checksum${name}`, value]];
        }),
      ),
    };
    const { ETag } = await gate.perform(who, 'PutObject', input, (call) =>
      putObject(cloud, notifier, originOf(call), input, 'ObjectCreated:Post'),
    );
    return answer(cloud, bucket, input.Key, ETag, fields);
  };
}

/** Who signed a form, once the policy's signature and time hold. */
function sender(
  cloud: Cloud,
  gate: FormGate,
  bucket: string,
  fields: Fields,
): { readonly principal: Principal; readonly region: string } {
  const policy = fields.get('policy');
  const old = fields.get('awsaccesskeyid');
  const credential = fields.get('x-amz-credential');
  if (policy === undefined && credential === undefined && old === undefined) {
    const open = bucketsNamed(cloud, bucket).find(({ row }) => (row.policy ?? null) !== null);
    if (open === undefined) throw new ServiceFailure('AccessDenied', 'Access Denied', { status: 403 });
    return { principal: stranger(open.account), region: open.row.region };
  }
  if (policy === undefined) throw missing('policy');
  if (old !== undefined && credential === undefined) return oldSender(gate, old, policy, fields);
  for (const name of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature'])
    if (!fields.has(name.toLowerCase())) throw missing(name);
  const [accessKeyId = '', ...scope] = (credential ?? '').split('/');
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw invalidArgument(
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"',
      'X-Amz-Algorithm',
      fields.get('x-amz-algorithm'),
    );
  }
  const signedAt = timeOf(fields.get('x-amz-date') ?? '');
  if (
    scope.length !== 4 ||
    scope[3] !== 'aws4_request' ||
    !/^[a-z0-9-]{1,32}$/.test(scope[1] ?? '') ||
    Number.isNaN(signedAt)
  ) {
    throw invalidArgument(
      'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      'X-Amz-Credential',
      credential,
    );
  }
  const sessionToken = fields.get('x-amz-security-token');
  const principal = gate.principal(accessKeyId, sessionToken);
  const signature = fields.get('x-amz-signature') ?? '';
  if (!gate.signed({ accessKeyId, sessionToken, scope: scope.join('/') }, policy, signature))
    throw mismatch();
  const signed = gate.signedAt(signature, signedAt);
  if (signed + gate.since(signed) > readPostPolicy(policy).expires) throw denied('Policy expired.');
  return { principal, region: scope[1] ?? 'us-east-1' };
}

/* The signature of version 2, which some tools still make by default; it cannot be verified here. */
function oldSender(gate: FormGate, accessKeyId: string, policy: string, fields: Fields) {
  if (!fields.has('signature')) throw missing('Signature');
  const sessionToken = fields.get('x-amz-security-token');
  const key = { accessKeyId, sessionToken, scope: '' };
  if (!gate.signed(key, policy, fields.get('signature') ?? '')) {
    throw invalidRequest(
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  // It says no time of its own: moves of the clock do not count.
  if (gate.since(readPostPolicy(policy).expires) > 0) throw denied('Policy expired.');
  return { principal: gate.principal(accessKeyId, sessionToken), region: 'us-east-1' };
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function answer(cloud: Cloud, bucket: string, key: string, etag: string, fields: Fields): WireAnswer {
  const Location = `${cloud.settings.origin}/${bucket}/${encodeURIComponent(key).replaceAll('%2F', '/')}`;
  const headers = { etag, location: Location };
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) to.searchParams.append(name, value);
    return { status: 303, headers: { etag, location: to.href }, body: new Uint8Array() };
  }
  const status = fields.get('success_action_status');
  if (status === '201') {
    const elements = Object.entries({ Location, Bucket: bucket, Key: key, ETag: etag })
      .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
      .join('');
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${elements}</PostResponse>`;
    return {
      status: 201,
      headers: { ...headers, 'content-type': 'application/xml' },
      body: Buffer.from(body),
    };
  }
  return { status: status === '200' ? 200 : 204, headers, body: new Uint8Array() };
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function missing(name: string): ServiceFailure {
  return invalidArgument(
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    '',
  );
}

function mismatch(): ServiceFailure {
  return new ServiceFailure(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { status: 403 },
  );
}
