import { randomUUID } from 'node:crypto';
import type { Principal } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Admission, Visit, Visitor } from '../../service/site.ts';
import type { WireIdentity } from '../../service/service.ts';
import type { Json, State } from '../../state/state.ts';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';
import { findCredentials, type Credentials } from '../access/credentials.ts';
import { refusals } from '../access/refusals.ts';
import { BodyTooLarge, ClientGone, type Exchange, type RequestHead } from '../http/exchange.ts';
import type { HostedService, ServiceHost } from './service-host.ts';

/** What answers at addresses of students' own making. */
export interface SiteParts {
  readonly host: ServiceHost;
  readonly identities: readonly WireIdentity[];
  readonly state: Pick<State, 'table' | 'commit'>;
  readonly authenticate: (
    request: WireRequest,
    credentials: Credentials,
    wire: WireIdentity,
  ) => Principal | ServiceFailure;
}

interface Place {
  /** Those that may know the id, in the order in which they are asked. */
  readonly wires: readonly WireIdentity[];
  readonly id: string;
  readonly label: string;
  readonly path: string;
}

/* `<id>.lambda-url.us-east-1.localhost:4566`; tools of other emulators leave the region out or have a name of their own. */
const hostForm = /^([a-z0-9-]+)\.([a-z-]+)(?:\.[a-z0-9-]+)?\.localhost(?:\.localstack\.cloud)?\.?(?::\d+)?$/i;
const pathForm = /^\/_aws\/([a-z-]+)\/([a-zA-Z0-9-]+)(\/.*)?$/;
/* Older than the other, and still what some tools make: the API, its stage, then the path. */
const userRequestForm = /^\/restapis\/([a-zA-Z0-9]+)\/([^/]+)\/_user_request_(\/.*)?$/;

/** Whether a request goes to an address of a student's own making, and which. */
function placeOf(head: RequestHead, identities: readonly WireIdentity[]): Place | undefined {
  const ownersOf = (label: string): readonly WireIdentity[] =>
    identities.filter(({ sites = [] }) => sites.includes(label));
  const [, hostId, hostLabel] = hostForm.exec(head.headers['host'] ?? '') ?? [];
  if (hostId !== undefined && hostLabel !== undefined) {
    const label = hostLabel.toLowerCase();
    const wires = ownersOf(label);
    if (wires.length > 0) return { wires, id: hostId.toLowerCase(), label, path: head.path };
  }
  const [, label, id, path = '/'] = pathForm.exec(head.path) ?? [];
  if (label !== undefined && id !== undefined) {
    const wires = ownersOf(label);
    return wires.length === 0 ? undefined : { wires, id, label, path };
  }
  const [, api, stage, rest = ''] = userRequestForm.exec(head.path) ?? [];
  const wires = ownersOf('execute-api');
  if (wires.length === 0 || api === undefined || stage === undefined) return undefined;
  return { wires, id: api, label: 'execute-api', path: `/${stage}${rest}` };
}

/**
 * Answers a request to a function URL or a stage of an API; undefined: it is none. Such addresses are open to
 * whoever the student opens them to, web pages too: their ids cannot be guessed, and nothing else is behind them.
 */
export async function answerAtSite(parts: SiteParts, exchange: Exchange): Promise<WireAnswer | undefined> {
  return await answerAt(parts, exchange, placeOf(exchange.head, parts.identities));
}

/** Answers a request to a domain name that a student has made; undefined: nobody has. */
export async function answerAtDomain(parts: SiteParts, exchange: Exchange): Promise<WireAnswer | undefined> {
  return await answerAt(parts, exchange, domainOf(parts, exchange.head));
}

function domainOf({ identities, state }: SiteParts, { headers, path }: RequestHead): Place | undefined {
  const id = (headers['host'] ?? '').replace(/\.?(?::\d+)?$/, '').toLowerCase();
  const wires = identities.filter(({ domains }) => {
    if (domains === undefined) return false;
    const table = state.table<Json>(domains);
    for (const scope of table.scopes()) {
      const rows = table.in(scope);
      if (rows.has(id) || rows.has(id.replace(/^[^.]+/, '*'))) return true;
    }
    return false;
  });
  return wires.length === 0 ? undefined : { wires, id, label: 'domain', path };
}

async function answerAt(
  parts: SiteParts,
  exchange: Exchange,
  place: Place | undefined,
): Promise<WireAnswer | undefined> {
  let body: Promise<Uint8Array | undefined> | undefined;
  const read = async (limit: number): Promise<Uint8Array | undefined> => {
    try {
      return await exchange.body(limit);
    } catch (error) {
      if (error instanceof BodyTooLarge) return undefined;
      throw error;
    }
  };
  const bodyOnce = (limit: number): Promise<Uint8Array | undefined> => (body ??= read(limit));
  const answer = await askAt(
    parts,
    exchange,
    place,
    bodyOnce,
    async ({ site }, visit) => await site?.(visit),
  );
  if (answer === undefined) return undefined;
  const { body: told } = answer;
  return told instanceof Uint8Array ? answer : { ...answer, body: cutWhereItBreaks(told) };
}

/** Whether a client may speak WebSocket at such an address; undefined: nothing there speaks it. */
export async function knockAtSite(
  parts: SiteParts,
  exchange: Exchange,
): Promise<WireAnswer | Admission | undefined> {
  const nothing = async (): Promise<Uint8Array> => await Promise.resolve(new Uint8Array());
  return await askAt(
    parts,
    exchange,
    placeOf(exchange.head, parts.identities),
    nothing,
    async ({ door }, visit) => await door?.(visit),
  );
}

/* Asks those who may know the address, in turn, until one does. */
async function askAt<T>(
  parts: SiteParts,
  exchange: Exchange,
  place: Place | undefined,
  body: Visit['body'],
  ask: (service: HostedService, visit: Visit) => Promise<T | undefined>,
): Promise<T | undefined> {
  if (place === undefined) return undefined;
  const visit = {
    id: place.id,
    label: place.label,
    head: { ...exchange.head, path: place.path },
    rawHeaders: exchange.rawHeaders,
    protocol: exchange.protocol,
    domain: (exchange.head.headers['host'] ?? '').replace(/:\d+$/, ''),
    sourceIp: '127.0.0.1',
    requestId: randomUUID(),
    signal: exchange.signal,
    body,
  };
  for (const wire of place.wires) {
    const service = await parts.host.service(wire.id);
    const visitor = async (): Promise<Visitor> => visitorOf(parts, exchange, wire, await body(largestSigned));
    const answer = service && (await ask(service, { ...visit, visitor }));
    if (answer === undefined) continue;
    parts.state.commit();
    return answer;
  }
  return undefined;
}

/* A student's function that fails in the middle of its answer is no failure of the cloud. */
async function* cutWhereItBreaks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new ClientGone();
  }
}

/** More than any site takes: what is longer is answered before its signature is asked. */
const largestSigned = 16 * 1024 * 1024;

function visitorOf(
  { authenticate }: SiteParts,
  { head }: Exchange,
  wire: WireIdentity,
  body: Uint8Array | undefined,
): Visitor {
  const found = findCredentials(head);
  if (found.kind === 'none') return { kind: 'anonymous' };
  if (found.kind === 'malformed') {
    return { kind: 'refused', failure: refusals.malformed(wire, found.where, found.message) };
  }
  const request = { ...head, body: body ?? new Uint8Array() };
  const principal = authenticate(request, found.credentials, wire);
  return principal instanceof ServiceFailure
    ? { kind: 'refused', failure: principal }
    : { kind: 'signed', principal };
}
