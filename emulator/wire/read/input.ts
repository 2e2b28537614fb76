import type { Protocol } from '../../service/service.ts';
import { isForm } from '../route/protocol.ts';
import { parseParameters } from '../route/query.ts';
import type { RouteTable } from '../route/routes.ts';
import type { Operation } from '../schema/model.ts';
import type { Member, StructureShape } from '../schema/shape.ts';
import type { WireRequest } from '../wire.ts';
import type { Bindings } from './bindings.ts';
import { readBound } from './bindings.ts';
import { readCborMembers } from './cbor.ts';
import { readFormMembers } from './form.ts';
import { readJsonMembers, readJsonValue, restJson, rpcJson } from './json.ts';
import { Unreadable } from './unreadable.ts';
import { readXmlPayload, readXmlMembers } from './xml.ts';

/** Reads an operation's input. @throws Unreadable where the request has not the form that the model asks for */
export function readInput(
  protocol: Protocol,
  request: WireRequest,
  operation: Operation,
  bindings: Bindings,
  routes: RouteTable,
): Record<string, unknown> {
  switch (protocol) {
    case 'awsJson1.0':
    case 'awsJson1.1':
      return readJsonMembers(operation.input.members, request.body, rpcJson);
    case 'rpcv2Cbor':
      return readCborMembers(operation.input.members, request.body);
    case 'awsQuery':
      return readForm(request, operation.input);
    case 'restJson1':
    case 'restXml': {
      const labels = routes.labels(request, operation.name);
      const bound = readBound(request, bindings, labels, routes.literals(operation.name));
      return Object.assign(bound, readRestBody(protocol, request, bindings));
    }
  }
}

function readForm(request: WireRequest, input: StructureShape): Record<string, unknown> {
  const body = isForm(request) ? new TextDecoder().decode(request.body) : '';
  try {
    return readFormMembers(input.members, parseParameters(`${request.query}&${body}`));
  } catch (error) {
    if (error instanceof URIError) throw new Unreadable('A percent sign starts no escape');
    throw error;
  }
}

function readRestBody(
  protocol: 'restJson1' | 'restXml',
  { body }: WireRequest,
  { payload, body: members }: Bindings,
): Record<string, unknown> {
  if (payload !== undefined) {
    const value = readPayload(protocol, payload, body);
    return value === undefined ? {} : { [payload.name]: value };
  }
  if (members.length === 0) return {};
  return protocol === 'restJson1' ? readJsonMembers(members, body, restJson) : readXmlMembers(members, body);
}

function readPayload(protocol: 'restJson1' | 'restXml', member: Member, body: Uint8Array): unknown {
  const { shape } = member;
  // A stream of no bytes is a stream: an empty object in S3.
  if (shape.kind === 'blob') return body.length > 0 || shape.streaming ? body : undefined;
  if (body.length === 0) return undefined;
  if (shape.kind === 'string') return new TextDecoder().decode(body);
  return protocol === 'restJson1' ? readJsonValue(shape, body, restJson) : readXmlPayload(member, body);
}
