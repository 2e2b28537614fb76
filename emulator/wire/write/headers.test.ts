import { GetObjectCommand } from '@aws-sdk/client-s3';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { connect, wires } from '../round-trip/clients.ts';
import { loopback } from '../round-trip/loopback.ts';
import { serviceWire } from '../service-wire.ts';
import type { WireRequest } from '../wire.ts';

const hostile = 'a\r\nSet-Cookie: x=y\r\n\r\n<html>\u0000\u007f';

describe('values in headers of an answer', () => {
  it('cannot end their header, whatever an operation puts into them', async () => {
    const output = { StatusCode: 200, FunctionError: hostile, ExecutedVersion: '$LATEST' };
    const server = await loopback(serviceWire(wires.lambda), () => output);
    const client = connect.lambda(server.origin);
    const answer = await client.send(new InvokeCommand({ FunctionName: 'f' }));
    expect(answer.FunctionError).toBe('a Set-Cookie: x=y <html>');
    client.destroy();
    await server.close();
  });

  it('may be any text: metadata goes out as encoded words, the rest as UTF-8', async () => {
    const output = {
      ContentDisposition: 'attachment; filename="日本.txt"',
      Metadata: { plain: 'a b', wide: 'größe 日本', 'no name': 'x', 'a\r\nb': 'x' },
      Body: Buffer.from('x'),
    };
    const server = await loopback(serviceWire(wires.s3), () => output);
    const client = connect.s3(server.origin);
    const { Metadata, ContentDisposition, Body } = await client.send(
      new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }),
    );
    const word = Buffer.from('größe 日本').toString('base64');
    expect(Metadata).toEqual({ plain: 'a b', wide: `=?UTF-8?B?${word}?=` });
    expect(Buffer.from(ContentDisposition ?? '', 'latin1').toString('utf8')).toBe(output.ContentDisposition);
    expect(await Body?.transformToString()).toBe('x');
    client.destroy();
    await server.close();
  });
});

describe('values in headers of a request', () => {
  it('are read as UTF-8 where they are that, and as Latin-1 where not', async () => {
    const headers = (value: Buffer) => ({ 'x-amz-meta-name': value.toString('latin1') });
    const request = (value: Buffer): WireRequest => ({
      method: 'PUT',
      path: '/bucket/key',
      query: '',
      headers: headers(value),
      body: new Uint8Array(),
    });
    const wire = serviceWire(wires.s3);
    const wide = await wire.read(request(Buffer.from('日本', 'utf8')), 'PutObject');
    expect(wide.input).toMatchObject({ Metadata: { name: '日本' } });
    const narrow = await wire.read(request(Buffer.from('é', 'latin1')), 'PutObject');
    expect(narrow.input).toMatchObject({ Metadata: { name: 'é' } });
  });
});
