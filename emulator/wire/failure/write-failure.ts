import { createHash } from 'node:crypto';
import type { Protocol, WireIdentity } from '../../service/service.ts';
import { restJson, rpcJson } from '../read/json.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { writeCbor } from '../write/cbor.ts';
import { safeHeader, writeBoundHeaders } from '../write/headers.ts';
import { writeMembers } from '../write/tree.ts';
import { element, textElement, writeXmlMembers, xmlDeclaration, xmlnsAttribute } from '../write/xml.ts';
import type { Described } from './described.ts';

/** Writes a failure in a protocol's own form. */
export function writeFailure(
  request: WireRequest,
  protocol: Protocol,
  failure: Described,
  requestId: string,
  service: { wire: WireIdentity; dialect: Dialect },
): WireAnswer {
  switch (protocol) {
    case 'restJson1':
      return restJsonFailure(failure, requestId);
    case 'restXml':
      return restXmlFailure(request, failure, requestId, service);
    case 'awsQuery':
      return queryFailure(failure, requestId, service.wire);
    case 'awsJson1.0':
    case 'awsJson1.1':
      return jsonFailure(request, protocol, failure, requestId);
    case 'rpcv2Cbor':
      return cborFailure(request, failure, requestId);
  }
}

/** The headers that carry the request id: S3 has a pair of its own. */
export function idHeaders(requestId: string, wire: WireIdentity): Record<string, string> {
  if (wire.id !== 's3') return { 'x-amzn-requestid': requestId };
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) };
}

function hostId(requestId: string): string {
  return createHash('sha384').update(requestId).digest('base64');
}

function restJsonFailure(failure: Described, requestId: string): WireAnswer {
  const body = JSON.stringify(writeMembers(failure.bindings.body, failure.members, restJson));
  return answer(failure.error.status, body, {
    ...writeBoundHeaders(failure.bindings, failure.members),
    'content-type': 'application/json',
    'x-amzn-errortype': safeHeader(failure.error.name),
    'x-amzn-requestid': requestId,
  });
}

function jsonFailure(
  request: WireRequest,
  protocol: 'awsJson1.0' | 'awsJson1.1',
  failure: Described,
  requestId: string,
): WireAnswer {
  const { name, namespace } = failure.error;
  // awsJson1.0 services give the full shape id, awsJson1.1 services the bare name; clients take either.
  const type = protocol === 'awsJson1.0' && namespace !== '' ? `${namespace}#${name}` : name;
  const body = { __type: type, ...writeMembers(failure.error.members, failure.members, rpcJson) };
  return answer(failure.error.status, JSON.stringify(body), {
    ...queryError(request, failure),
    'content-type': `application/x-amz-json-${protocol === 'awsJson1.0' ? '1.0' : '1.1'}`,
    'x-amzn-requestid': requestId,
  });
}

function cborFailure(request: WireRequest, failure: Described, requestId: string): WireAnswer {
  const { name, namespace, members } = failure.error;
  const type = namespace === '' ? name : `${namespace}#${name}`;
  const body = writeCbor(members, failure.members, { __type: type });
  return answer(failure.error.status, body, {
    ...queryError(request, failure),
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  });
}

/**
 * The code and fault that the service had when it spoke awsQuery, for clients that ask for them.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
function queryError(request: WireRequest, { error }: Described): Record<string, string> {
  const compatible =
    error.query !== undefined || request.headers['x-amzn-query-mode']?.toLowerCase() === 'true';
  if (!compatible) return {};
  const fault = error.fault === 'server' ? 'Receiver' : 'Sender';
  return { 'x-amzn-query-error': safeHeader(`${error.query?.code ?? error.name};${fault}`) };
}

function queryFailure(failure: Described, requestId: string, wire: WireIdentity): WireAnswer {
  const { error } = failure;
  const others = error.members.filter((member) => !/^(message|code|type)$/i.test(member.name));
  const inside =
    textElement('Type', error.fault === 'server' ? 'Receiver' : 'Sender') +
    textElement('Code', error.query?.code ?? error.name) +
    textElement('Message', failure.message) +
    writeXmlMembers(others, failure.members);
  const content = element('Error', inside) + textElement('RequestId', requestId);
  const body = element('ErrorResponse', content, xmlnsAttribute(wire.xmlNamespace));
  return answer(error.query?.status ?? error.status, body, {
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
  });
}

function restXmlFailure(
  request: WireRequest,
  failure: Described,
  requestId: string,
  { wire, dialect }: { wire: WireIdentity; dialect: Dialect },
): WireAnswer {
  const { error } = failure;
  const others = failure.bindings.body.filter((member) => !/^(message|code|type)$/i.test(member.name));
  const headers = {
    ...writeBoundHeaders(failure.bindings, failure.members),
    ...idHeaders(requestId, wire),
    'content-type': 'application/xml',
  };
  // An answer to HEAD has no body, so a client knows the status alone.
  if (request.method === 'HEAD') return answer(error.status, '', headers);
  const inside =
    textElement('Code', error.name) +
    textElement('Message', failure.message) +
    writeXmlMembers(others, failure.members);
  if (dialect.bareXmlErrors) {
    const ids = textElement('RequestId', requestId) + textElement('HostId', hostId(requestId));
    return answer(error.status, xmlDeclaration + element('Error', inside + ids), headers);
  }
  const type = textElement('Type', error.fault === 'server' ? 'Receiver' : 'Sender');
  const content = element('Error', type + inside) + textElement('RequestId', requestId);
  return answer(error.status, element('ErrorResponse', content, xmlnsAttribute(wire.xmlNamespace)), headers);
}

/** An answer whose whole body is known. */
export function answer(
  status: number,
  content: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): WireAnswer {
  const body = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return { status, headers: { ...headers, 'content-length': String(body.byteLength) }, body };
}
