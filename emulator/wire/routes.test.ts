import { describe, expect, it } from 'vitest';
import { wires } from './round-trip/clients.ts';
import { RouteTable } from './route/routes.ts';
import { modelOf } from './schema/model.ts';
import { serviceWire } from './service-wire.ts';
import type { WireRequest } from './wire.ts';

const s3 = serviceWire(wires.s3);
const lambda = serviceWire(wires.lambda);

function request(method: string, target: string, headers: Record<string, string> = {}): WireRequest {
  const [path = '', query = ''] = target.split('?', 2);
  return { method, path, query, headers, body: new Uint8Array() };
}

describe('S3 routes', () => {
  it.each([
    ['GET', '/', 'ListBuckets', {}],
    ['GET', '/?x-id=ListBuckets', 'ListBuckets', {}],
    ['PUT', '/bucket', 'CreateBucket', {}],
    ['PUT', '/bucket/', 'CreateBucket', {}],
    ['HEAD', '/bucket', 'HeadBucket', {}],
    ['GET', '/bucket', 'ListObjects', {}],
    ['GET', '/bucket?prefix=a', 'ListObjects', {}],
    ['GET', '/bucket?list-type=2', 'ListObjectsV2', {}],
    ['GET', '/bucket?list-type=1', 'ListObjects', {}],
    ['GET', '/bucket?versions', 'ListObjectVersions', {}],
    ['GET', '/bucket?versioning', 'GetBucketVersioning', {}],
    ['GET', '/bucket?uploads', 'ListMultipartUploads', {}],
    ['GET', '/bucket?location', 'GetBucketLocation', {}],
    ['GET', '/bucket?location=', 'GetBucketLocation', {}],
    ['GET', '/bucket?tagging', 'GetBucketTagging', {}],
    ['GET', '/bucket?analytics', 'ListBucketAnalyticsConfigurations', {}],
    ['GET', '/bucket?analytics&id=a', 'GetBucketAnalyticsConfiguration', {}],
    ['POST', '/bucket?delete', 'DeleteObjects', {}],
    ['GET', '/bucket/key', 'GetObject', {}],
    ['GET', '/bucket/a/b//c', 'GetObject', {}],
    ['GET', '/bucket/key?x-id=GetObject', 'GetObject', {}],
    ['GET', '/bucket/key?partNumber=2', 'GetObject', {}],
    ['GET', '/bucket/key?tagging', 'GetObjectTagging', {}],
    ['GET', '/bucket/key?uploadId=u', 'ListParts', {}],
    ['GET', '/bucket/key?attributes', 'GetObjectAttributes', { 'x-amz-object-attributes': 'ETag' }],
    ['GET', '/bucket/key?attributes', 'GetObjectAttributes', {}],
    ['PUT', '/bucket/key', 'PutObject', {}],
    ['PUT', '/bucket/key?partNumber=1&uploadId=u', 'UploadPart', {}],
    ['PUT', '/bucket/key', 'CopyObject', { 'x-amz-copy-source': 'b/k' }],
    ['PUT', '/bucket/key?partNumber=1&uploadId=u', 'UploadPartCopy', { 'x-amz-copy-source': 'b/k' }],
    ['PUT', '/bucket/key?tagging', 'PutObjectTagging', {}],
    ['POST', '/bucket/key?uploads', 'CreateMultipartUpload', {}],
    ['POST', '/bucket/key?uploadId=u', 'CompleteMultipartUpload', {}],
    ['DELETE', '/bucket/key', 'DeleteObject', {}],
    ['DELETE', '/bucket/key?versionId=v', 'DeleteObject', {}],
    ['DELETE', '/bucket/key?uploadId=u', 'AbortMultipartUpload', {}],
    ['DELETE', '/bucket/key?tagging', 'DeleteObjectTagging', {}],
    ['DELETE', '/bucket', 'DeleteBucket', {}],
    ['GET', '/', 'ListObjects', { host: 'bucket.s3.localhost:4566' }],
    ['GET', '/key', 'GetObject', { host: 'bucket.localhost' }],
    ['GET', '/key', 'GetObject', { host: 'my.bucket.s3.us-east-1.localhost:4566' }],
    ['GET', '/', 'ListBuckets', { host: 's3.localhost:4566' }],
    ['GET', '/', 'ListBuckets', { host: '127.0.0.1:4566' }],
  ])('%s %s is %s (%o)', (method, target, operation, headers) => {
    expect(s3.operationOf(request(method, target, headers as Record<string, string>))).toBe(operation);
  });

  it('reads the bucket and the key from path and host', async () => {
    const path = await s3.read(request('GET', '/bucket/a%2Fb/%E2%82%AC//c'), 'GetObject');
    expect(path.input).toMatchObject({ Bucket: 'bucket', Key: 'a/b/€//c' });
    const headers = { host: 'my.bucket.s3.eu-west-1.localhost:4566' };
    const host = await s3.read(request('GET', '/a/b', headers), 'GetObject');
    expect(host.input).toMatchObject({ Bucket: 'my.bucket', Key: 'a/b' });
  });

  it('has no route for a method that S3 does not have', () => {
    expect(s3.operationOf(request('PATCH', '/bucket/key'))).toBeUndefined();
  });
});

describe('Lambda routes', () => {
  it.each([
    ['GET', '/2015-03-31/functions', 'ListFunctions'],
    ['GET', '/2015-03-31/functions/', 'ListFunctions'],
    ['POST', '/2015-03-31/functions', 'CreateFunction'],
    ['GET', '/2015-03-31/functions/f', 'GetFunction'],
    ['GET', '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af', 'GetFunction'],
    ['GET', '/2015-03-31/functions/f/configuration', 'GetFunctionConfiguration'],
    ['POST', '/2015-03-31/functions/f/invocations', 'Invoke'],
    ['POST', '/2021-11-15/functions/f/response-streaming-invocations', 'InvokeWithResponseStream'],
    ['POST', '/2014-11-13/functions/f/invoke-async', 'InvokeAsync'],
    ['DELETE', '/2017-03-31/tags/arn%3Aaws?tagKeys=a', 'UntagResource'],
    ['DELETE', '/2017-03-31/tags/arn%3Aaws', 'UntagResource'],
    ['GET', '/2015-03-31/nothing', undefined],
    ['GET', '/2015-03-31/functions//configuration', undefined],
  ])('%s %s is %s', (method, target, operation) => {
    expect(lambda.operationOf(request(method, target))).toBe(operation);
  });
});

describe('every modelled route', () => {
  it.each([
    ['S3', wires.s3],
    ['Lambda', wires.lambda],
    ['API Gateway', wires.apigateway],
    ['API Gateway Management', wires.apigatewaymanagementapi],
  ])('of %s leads to its own operation, with the SDK’s x-id and without', (_name, { schemas }) => {
    const { operations } = modelOf(schemas);
    const table = new RouteTable(operations.values());
    const lost: string[] = [];
    for (const operation of operations.values()) {
      if (operation.http === undefined) continue;
      const asked = sampleRequest(operation.name, operation.http.method, operation.http.uri);
      if (table.match(asked)?.operation !== operation.name) lost.push(operation.name);
      const bare = { ...asked, query: asked.query.replace(/&?x-id=\w+/, '') };
      // Directory buckets are listed by another endpoint, with the same words.
      if (table.match(bare)?.operation !== operation.name && operation.name !== 'ListDirectoryBuckets')
        lost.push(`${operation.name} without x-id`);
    }
    expect(lost).toEqual([]);

    function sampleRequest(name: string, method: string, uri: string): WireRequest {
      const members = operations.get(name)?.input.members ?? [];
      const [path = '', query = ''] = uri.replaceAll(/\{\w+\+?\}/g, 'x').split('?', 2);
      const outside = members.filter(
        (member) => member.traits.httpLabel && !new RegExp(`\\{${member.name}\\+?\\}`).test(uri),
      );
      const required = members.filter((member) => member.required);
      const queries = required.flatMap(({ traits }) => (traits.httpQuery ? [`${traits.httpQuery}=1`] : []));
      const headers = required.flatMap(({ traits }) =>
        traits.httpHeader ? [[traits.httpHeader.toLowerCase(), '1'] as const] : [],
      );
      return {
        ...request(method, ''),
        path: outside.map(() => '/bucket').join('') + (path === '/' && outside.length > 0 ? '' : path),
        query: [query, ...queries].filter((part) => part !== '').join('&'),
        headers: Object.fromEntries(headers),
      };
    }
  });
});
