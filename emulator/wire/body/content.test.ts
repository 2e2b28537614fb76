import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { connect, wires } from '../round-trip/clients.ts';
import { loopback } from '../round-trip/loopback.ts';
import { serviceWire } from '../service-wire.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { decodeGzip, largestBody } from './gzip.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (source: string) => Buffer.from(source, 'latin1');
const incomplete = expect.objectContaining({ code: 'IncompleteBody' }) as unknown;

describe('aws-chunked', () => {
  it('reads signed chunks', () => {
    const body = bytes(
      '5;chunk-signature=ab\r\nhello\r\n6;chunk-signature=cd\r\n world\r\n0;chunk-signature=ef\r\n\r\n',
    );
    expect(text(decodeAwsChunked(body, '11').bytes)).toBe('hello world');
  });

  it('reads trailers', () => {
    const { bytes: content, trailers } = decodeAwsChunked(
      bytes('3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\nX-Amz-Trailer-Signature: 12\r\n\r\n'),
      '3',
    );
    expect(text(content)).toBe('abc');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'NSRBwg==', 'x-amz-trailer-signature': '12' });
  });

  it('keeps line breaks that are data', () => {
    expect(text(decodeAwsChunked(bytes('6\r\n\r\n0\r\n\n\r\n0\r\n\r\n'), '6').bytes)).toBe('\r\n0\r\n\n');
  });

  it('reads an empty body', () => {
    expect(decodeAwsChunked(bytes('0\r\n\r\n'), '0').bytes).toHaveLength(0);
  });

  it.each([
    ['nothing', ''],
    ['no size', 'hello'],
    ['a size that is no number', 'xyz\r\nabc\r\n0\r\n\r\n'],
    ['a chunk that ends early', '5\r\nhel'],
    ['a chunk that is longer than it says', '3\r\nhello\r\n0\r\n\r\n'],
    ['no last chunk', '5\r\nhello\r\n'],
    ['a size beyond all', 'ffffffff\r\nabc\r\n'],
    ['a negative size', '-1\r\nabc\r\n'],
  ])('refuses %s', (_name, body) => {
    expect(() => decodeAwsChunked(bytes(body), undefined)).toThrow(incomplete);
  });

  it('refuses another length than was said', () => {
    expect(() => decodeAwsChunked(bytes('3\r\nabc\r\n0\r\n\r\n'), '4')).toThrow(incomplete);
  });
});

describe('gzip', () => {
  it('is undone', async () => {
    expect(text(await decodeGzip(gzipSync('hello')))).toBe('hello');
  });

  it('refuses a bomb before it has grown', async () => {
    const bomb = gzipSync(new Uint8Array(largestBody + 1));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(decodeGzip(bomb)).rejects.toMatchObject({
      code: 'RequestEntityTooLargeException',
      status: 413,
    });
  });

  it('refuses what is not gzip', async () => {
    await expect(decodeGzip(bytes('hello'))).rejects.toMatchObject({ code: 'SerializationException' });
  });
});

describe('with the real clients', () => {
  it('an S3 upload of a stream arrives whole, with its checksum from the trailer', async () => {
    let seen: unknown;
    const server = await loopback(serviceWire(wires.s3), (_operation, input) => {
      seen = input;
      return { ETag: '"etag"' };
    });
    const client = connect.s3(server.origin);
    const chunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(10_000, index));
    const whole = Buffer.concat(chunks);
    const answer = await client.send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'key',
        Body: Readable.from(chunks),
        ContentLength: whole.length,
        ContentEncoding: 'gzip',
        Metadata: { constructor: 'x' },
      }),
    );
    expect(answer.ETag).toBe('"etag"');
    expect(server.requests[0]?.headers['content-encoding']).toContain('aws-chunked');
    // The object's own coding is kept and not undone; aws-chunked is the wire's.
    expect(seen).toMatchObject({ ContentLength: whole.length, ContentEncoding: 'gzip' });
    expect(seen).toMatchObject({
      ChecksumCRC32: expect.stringMatching(/=$/) as unknown,
      Metadata: { constructor: 'x' },
    });
    expect(Buffer.compare((seen as { Body: Uint8Array }).Body, whole)).toBe(0);
    client.destroy();
    await server.close();
  });

  it('metrics above ten kilobytes arrive zipped and are read', async () => {
    let seen: unknown;
    const server = await loopback(serviceWire(wires.cloudwatch), (_operation, input) => {
      seen = input;
      return {};
    });
    const client = connect.cloudwatch(server.origin);
    const MetricData = Array.from({ length: 500 }, (_, index) => ({
      MetricName: `metric-${index}`,
      Value: index,
    }));
    await client.send(new PutMetricDataCommand({ Namespace: 'n', MetricData }));
    expect(server.requests[0]?.headers['content-encoding']).toBe('gzip');
    expect(seen).toEqual({ Namespace: 'n', MetricData });
    client.destroy();
    await server.close();
  });
});
