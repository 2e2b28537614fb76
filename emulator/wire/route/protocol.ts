import type { Protocol, WireIdentity } from '../../service/service.ts';
import type { WireRequest } from '../wire.ts';
import { parametersOrRaw } from './query.ts';

/** What a request says of its protocol and, where the protocol says it in so many words, of its operation. */
export interface Addressed {
  readonly protocol: Protocol;
  /** Absent for REST protocols: there the route decides. */
  readonly operation?: string;
}

const rpcPath = /\/service\/([^/]+)\/operation\/([^/]+)\/?$/;

/** The protocol of a request, among those that the service speaks. */
export function addressed(request: WireRequest, wire: WireIdentity): Addressed {
  const spoken = (...wanted: Protocol[]) => wire.protocols.find((protocol) => wanted.includes(protocol));
  const cbor = rpcPath.exec(request.path)?.[2];
  if (cbor !== undefined && spoken('rpcv2Cbor')) return { protocol: 'rpcv2Cbor', operation: cbor };

  const target = request.headers['x-amz-target'];
  const json = spoken('awsJson1.0', 'awsJson1.1');
  if (target !== undefined && json !== undefined) {
    const said = request.headers['content-type']?.includes('x-amz-json-1.0') ? 'awsJson1.0' : 'awsJson1.1';
    return { protocol: spoken(said) ?? json, operation: target.slice(target.lastIndexOf('.') + 1) };
  }

  if (spoken('awsQuery')) {
    const action = formParameter(request, 'Action');
    if (action !== undefined || isForm(request)) return { protocol: 'awsQuery', operation: action ?? '' };
  }
  const rest = spoken('restJson1', 'restXml');
  if (rest !== undefined) return { protocol: rest };
  return { protocol: wire.protocols[0] ?? 'restJson1', operation: '' };
}

/** The `Prefix` of `X-Amz-Target: Prefix.Operation`. */
export function targetOf(request: WireRequest): string | undefined {
  const target = request.headers['x-amz-target'];
  if (target === undefined) return undefined;
  return target.slice(0, Math.max(target.lastIndexOf('.'), 0));
}

/** The service in an rpc-v2 path. */
export function rpcService(request: WireRequest): string | undefined {
  return rpcPath.exec(request.path)?.[1];
}

export function isForm(request: WireRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** A parameter of a form body or, as awsQuery also allows, of the query string. */
export function formParameter(request: WireRequest, name: string): string | undefined {
  const inQuery = parametersOrRaw(request.query).get(name)?.[0];
  if (inQuery !== undefined || request.body.length === 0 || !isForm(request)) return inQuery;
  const body = new TextDecoder().decode(request.body);
  // Forms may be long (policies, templates); `Action` and `Version` are found without decoding the rest.
  const found = new RegExp(`(?:^|&)${name}=([^&]*)`).exec(body)?.[1];
  return found === undefined ? undefined : parametersOrRaw(`v=${found}`).get('v')?.[0];
}
