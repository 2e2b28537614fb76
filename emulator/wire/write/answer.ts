import type { Protocol, WireIdentity } from '../../service/service.ts';
import { answer, idHeaders } from '../failure/write-failure.ts';
import type { Bindings } from '../read/bindings.ts';
import { restJson, rpcJson } from '../read/json.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { Operation } from '../schema/model.ts';
import type { StructureShape } from '../schema/shape.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { writeCbor } from './cbor.ts';
import type { EventBody } from './event-stream.ts';
import { eventStreamType, writeEvents } from './event-stream.ts';
import { writeBoundHeaders } from './headers.ts';
import { bytesOf, textOf } from './scalar.ts';
import type { TreeWriter } from './tree.ts';
import { writeMembers, writeTree } from './tree.ts';
import {
  element,
  escapeXml,
  textElement,
  writeXmlElement,
  writeXmlMembers,
  xmlDeclaration,
  xmlnsAttribute,
} from './xml.ts';

/** What is answered and for whom. */
export interface Answered {
  readonly request: WireRequest;
  readonly operation: Operation;
  readonly bindings: Bindings;
  readonly output: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly wire: WireIdentity;
  readonly dialect: Dialect;
}

export function writeAnswer(protocol: Protocol, answered: Answered): WireAnswer {
  switch (protocol) {
    case 'restJson1':
    case 'restXml':
      return restAnswer(protocol, answered);
    case 'awsJson1.0':
    case 'awsJson1.1': {
      const type = `application/x-amz-json-${protocol === 'awsJson1.0' ? '1.0' : '1.1'}`;
      return rpcAnswer(answered, type, {}, { type: 'application/json', write: jsonBody(rpcJson) });
    }
    case 'rpcv2Cbor':
      return rpcAnswer(
        answered,
        'application/cbor',
        { 'smithy-protocol': 'rpc-v2-cbor' },
        { type: 'application/cbor', write: writeCbor },
      );
    case 'awsQuery':
      return queryAnswer(answered);
  }
}

function jsonBody(format: TreeWriter): EventBody['write'] {
  return (members, value) => Buffer.from(JSON.stringify(writeMembers(members, value, format)), 'utf8');
}

function rpcAnswer(
  { operation, output, requestId, wire }: Answered,
  type: string,
  more: Readonly<Record<string, string>>,
  body: EventBody,
): WireAnswer {
  const headers = { ...more, ...idHeaders(requestId, wire) };
  const { members } = operation.output;
  const stream = eventStreamOf(operation);
  if (stream === undefined)
    return answer(200, body.write(members, output), { ...headers, 'content-type': type });
  const initial = { members: members.filter((member) => member.name !== stream.name), value: output };
  return {
    status: 200,
    headers: { ...headers, 'content-type': eventStreamType },
    body: writeEvents(stream.union, eventsOf(output[stream.name]), body, initial),
  };
}

function queryAnswer({ operation, output, requestId, wire }: Answered): WireAnswer {
  const { name } = operation;
  const result = operation.hasOutput
    ? element(`${name}Result`, writeXmlMembers(operation.output.members, output))
    : '';
  const metadata = element('ResponseMetadata', textElement('RequestId', requestId));
  const body = element(`${name}Response`, result + metadata, xmlnsAttribute(wire.xmlNamespace));
  return answer(200, body, { 'content-type': 'text/xml', ...idHeaders(requestId, wire) });
}

function restAnswer(protocol: 'restJson1' | 'restXml', answered: Answered): WireAnswer {
  const { request, operation, bindings, output, requestId, wire, dialect } = answered;
  const status =
    bindings.status === undefined ? undefined : (output[bindings.status.name] as number | undefined);
  const code = status ?? operation.http?.status ?? 200;
  const bound = writeBoundHeaders(bindings, output);
  const headers = { ...bound, ...idHeaders(requestId, wire) };
  // A HEAD answer keeps the content length that the operation states of the object.
  if (request.method === 'HEAD') return { status: code, headers, body: new Uint8Array() };

  const stream = eventStreamOf(operation);
  if (stream !== undefined) {
    const body: EventBody =
      protocol === 'restJson1'
        ? { type: 'application/json', write: jsonBody(restJson) }
        : { type: 'text/xml', write: (members, value) => Buffer.from(writeXmlMembers(members, value)) };
    return {
      status: code,
      headers: { ...headers, 'content-type': eventStreamType },
      body: writeEvents(stream.union, eventsOf(output[stream.name]), body, undefined),
    };
  }

  const unwrapped = dialect.unwrappedOutputs[operation.name];
  if (unwrapped !== undefined) {
    const text = escapeXml(textOf(output[unwrapped] ?? ''));
    const root = element(unwrapped, text, xmlnsAttribute(wire.xmlNamespace));
    return answer(code, xmlDeclaration + root, { ...headers, 'content-type': 'application/xml' });
  }
  if (bindings.payload !== undefined) return payloadAnswer(protocol, answered, code, headers);
  if (bindings.body.length === 0) return answer(code, '', headers);
  if (protocol === 'restJson1') {
    const body = jsonBody(restJson)(bindings.body, output);
    return answer(code, body, { 'content-type': 'application/json', ...headers });
  }
  const { output: shape } = operation;
  const root = element(
    shape.traits.xmlName ?? shape.name,
    writeXmlMembers(bindings.body, output),
    xmlnsAttribute(wire.xmlNamespace),
  );
  return answer(code, xmlDeclaration + root, { 'content-type': 'application/xml', ...headers });
}

function payloadAnswer(
  protocol: 'restJson1' | 'restXml',
  { bindings, output, wire, dialect }: Answered,
  code: number,
  headers: Readonly<Record<string, string>>,
): WireAnswer {
  const member = bindings.payload;
  const value = member && output[member.name];
  if (member === undefined || value === undefined || value === null) return answer(code, '', headers);
  const { shape } = member;
  if (shape.kind === 'blob') {
    const typed = { 'content-type': member.traits.mediaType ?? dialect.payloadType, ...headers };
    if (isStream(value)) return { status: code, headers: typed, body: value };
    return answer(code, bytesOf(value), typed);
  }
  if (shape.kind === 'string')
    return answer(code, textOf(value), { 'content-type': 'text/plain', ...headers });
  if (protocol === 'restJson1') {
    const body = JSON.stringify(writeTree(shape, value, restJson));
    return answer(code, body, { 'content-type': 'application/json', ...headers });
  }
  if (shape.kind !== 'structure') throw new TypeError(`${member.name} cannot be an XML document.`);
  const name = member.memberTraits.xmlName ?? shape.traits.xmlName ?? shape.name;
  const root = writeXmlElement(name, shape, value, xmlnsAttribute(wire.xmlNamespace));
  return answer(code, xmlDeclaration + root, { 'content-type': 'application/xml', ...headers });
}

/** The member of an output that is an event stream. */
function eventStreamOf(operation: Operation): { name: string; union: StructureShape } | undefined {
  for (const { name, shape } of operation.output.members)
    if (shape.kind === 'structure' && shape.union && shape.streaming) return { name, union: shape };
  return undefined;
}

async function* eventsOf(value: unknown): AsyncGenerator<unknown, void, undefined> {
  if (value !== undefined && value !== null) yield* value as AsyncIterable<unknown>;
}

function isStream(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
