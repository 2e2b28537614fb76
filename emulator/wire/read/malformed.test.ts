import { cbor } from '@smithy/core/cbor';
import { describe, expect, it } from 'vitest';
import { wires } from '../round-trip/clients.ts';
import { serviceWire } from '../service-wire.ts';
import type { ReadRequest, WireRequest } from '../wire.ts';

type Headers = Record<string, string>;

function post(path: string, body: string | Uint8Array, headers: Headers = {}, query = ''): WireRequest {
  return { method: 'POST', path, query, headers, body: Buffer.from(body) };
}

const json = (body: string | Uint8Array) => post('/2015-03-31/functions', body);
const target = (body: string | Uint8Array) =>
  post('/', body, { 'x-amz-target': 'Logs_20140328.PutLogEvents' });
const form = (body: string) => post('/', body, { 'content-type': 'application/x-www-form-urlencoded' });
const boxed = (body: Uint8Array) =>
  post('/service/GraniteServiceVersion20100801/operation/PutMetricData', body, {
    'smithy-protocol': 'rpc-v2-cbor',
  });
const xml = (body: string | Uint8Array) => post('/bucket', body, {}, 'delete');

const create = (body: string | Uint8Array) => serviceWire(wires.lambda).read(json(body), 'CreateFunction');
const put = (body: string | Uint8Array) => serviceWire(wires.logs).read(target(body), 'PutLogEvents');
const role = (body: string) => serviceWire(wires.iam).read(form(body), 'CreateRole');
const metric = (body: Uint8Array) => serviceWire(wires.cloudwatch).read(boxed(body), 'PutMetricData');
const remove = (body: string | Uint8Array) => serviceWire(wires.s3).read(xml(body), 'DeleteObjects');

const deepJson = '{"Layers":'.concat('['.repeat(100_000));

describe('bodies that cannot be read', () => {
  it.each<[string, () => Promise<ReadRequest>]>([
    ['JSON that ends early', () => create('{"FunctionName": "f"')],
    ['JSON that is none', () => create('FunctionName=f')],
    ['JSON of another kind', () => create('[]')],
    ['a JSON scalar', () => create('"f"')],
    ['null', () => create('null')],
    ['invalid UTF-8', () => create(Uint8Array.of(0x22, 0xff, 0xfe, 0x22))],
    ['nesting without end', () => create(deepJson)],
    ['awsJson that ends early', () => put('{')],
    ['a list where a string should be', () => put('{"logGroupName":["g"]}')],
    ['a string where a list should be', () => put('{"logEvents":"m"}')],
    ['a structure where a list should be', () => put('{"logEvents":{}}')],
    ['a string where a number should be', () => put('{"logEvents":[{"timestamp":"1","message":"m"}]}')],
  ])('%s is a SerializationException', async (_name, reading) => {
    await expect(reading()).rejects.toMatchObject({ code: 'SerializationException', status: 400 });
  });

  it('says which value is of the wrong type, in AWS’s words', async () => {
    await expect(create('{"Timeout":"3"}')).rejects.toThrow(
      'STRING_VALUE can not be converted to an Integer',
    );
    await expect(create('{"FunctionName":3}')).rejects.toThrow(
      'NUMBER_VALUE can not be converted to a String',
    );
    await expect(create('{"Publish":"yes"}')).rejects.toThrow(
      'STRING_VALUE can not be converted to a Boolean',
    );
  });

  it.each([
    ['CBOR that ends early', cbor.serialize({ Namespace: 'namespace' }).slice(0, 8)],
    ['CBOR of another kind', cbor.serialize('text')],
    ['no CBOR at all', Uint8Array.of(0xff, 0x00)],
    ['a CBOR list of four billion', Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)],
    ['CBOR nesting without end', new Uint8Array(200_000).fill(0x81)],
  ])('%s is a SerializationException', async (_name, body) => {
    await expect(metric(body)).rejects.toMatchObject({ code: 'SerializationException', status: 400 });
  });

  it.each([
    ['text', 'hello'],
    ['an element that does not end', '<Delete><Object>'],
    ['tags that cross', '<Delete><a></Delete></a>'],
    ['another root', '<Remove/>'],
    ['two roots', '<Delete/><Delete/>'],
    ['a document type', '<!DOCTYPE Delete [<!ENTITY a "b">]><Delete>&a;</Delete>'],
    ['an entity', '<Delete><Quiet>&file;</Quiet></Delete>'],
    ['a number that is none', '<Delete><Object><Key>k</Key><Size>many</Size></Object></Delete>'],
    ['nesting without end', '<Delete>'.repeat(100_000)],
    ['invalid UTF-8', Uint8Array.of(0x3c, 0xff)],
  ])('%s is MalformedXML', async (_name, body) => {
    await expect(remove(body)).rejects.toMatchObject({
      code: 'MalformedXML',
      message: 'The XML you provided was not well-formed or did not validate against our published schema',
      status: 400,
    });
  });

  it.each([
    ['a broken escape', 'Action=CreateRole&RoleName=%zz'],
    ['a number that is none', 'Action=CreateRole&MaxSessionDuration=long'],
    ['members of a scalar', 'Action=CreateRole&RoleName.member.1=r'],
  ])('a form with %s is MalformedInput', async (_name, body) => {
    await expect(role(body)).rejects.toMatchObject({ code: 'MalformedInput', status: 400 });
  });

  it('S3 names the parameter that is no number', async () => {
    const request = { ...post('/bucket', ''), method: 'GET', query: 'list-type=2&max-keys=abc' };
    await expect(serviceWire(wires.s3).read(request, 'ListObjectsV2')).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: 'Provided max-keys not an integer or within integer range',
    });
  });

  it('a path or query with a broken escape is refused and does no harm', async () => {
    const wire = serviceWire(wires.lambda);
    const path = { ...post('/2015-03-31/functions/%E0%A4%A', ''), method: 'GET' };
    expect(wire.operationOf(path)).toBe('GetFunction');
    await expect(wire.read(path, 'GetFunction')).rejects.toMatchObject({ code: 'SerializationException' });
    const query = { ...post('/2015-03-31/functions/f', '', {}, 'Qualifier=%'), method: 'GET' };
    await expect(wire.read(query, 'GetFunction')).rejects.toMatchObject({ code: 'SerializationException' });
  });
});

describe('keys that a client chose', () => {
  const clean = () => Object.getOwnPropertyNames(Object.prototype).includes('polluted');

  it.each<[string, () => Promise<ReadRequest>]>([
    [
      'JSON',
      () =>
        create(
          '{"FunctionName":"f","Role":"r","Code":{},"__proto__":{"Handler":"evil"},"Tags":{"__proto__":"p","constructor":"c"}}',
        ),
    ],
    [
      'JSON, nested',
      () =>
        create(
          '{"FunctionName":"f","Role":"r","Code":{"__proto__":{"ZipFile":"AAAA"}},"Tags":{"__proto__":"p","constructor":"c"}}',
        ),
    ],
  ])('%s: __proto__ is a key like any other', async (_name, reading) => {
    const { input } = await reading();
    const tags = input['Tags'] as Record<string, string>;
    expect(Object.keys(tags).sort()).toEqual(['__proto__', 'constructor']);
    expect('toString' in tags).toBe(false);
    expect((input as { Handler?: string }).Handler).toBeUndefined();
    expect((input['Code'] as { ZipFile?: unknown }).ZipFile).toBeUndefined();
    expect(clean()).toBe(false);
  });

  it('forms and headers too', async () => {
    const body =
      'Action=SendMessage&QueueUrl=q&MessageBody=b&MessageAttribute.1.Name=__proto__&MessageAttribute.1.Value.DataType=String';
    const { input } = await serviceWire(wires.sqs).read(form(body), 'SendMessage');
    expect(Object.keys(input['MessageAttributes'] as object)).toEqual(['__proto__']);
    const put = { ...post('/bucket/key', '', { 'x-amz-meta-constructor': 'c' }), method: 'PUT' };
    const { input: object } = await serviceWire(wires.s3).read(put, 'PutObject');
    expect('toString' in (object['Metadata'] as object)).toBe(false);
  });

  it('CBOR: a prototype that is sent gives no members', async () => {
    const body = Uint8Array.of(
      ...[0xa1, 0x69, ...Buffer.from('__proto__'), 0xa1, 0x69, ...Buffer.from('Namespace'), 0x61, 0x6e],
    );
    const { input } = await metric(body).catch(() => ({ input: {} }));
    expect(input).toEqual({});
    expect(clean()).toBe(false);
  });
});
